package org.homeward.provisioning.order.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.agroal.api.AgroalDataSource;
import io.quarkus.agroal.DataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.homeward.backends.testing.KafkaBackend;
import org.homeward.backends.testing.PostgresBackend;
import org.homeward.provisioning.testing.SignedTokens;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(KafkaBackend.class)
@QuarkusTestResource(
        value = PostgresBackend.class,
        initArgs = @ResourceArg(name = "datasource", value = "provisioning"))
@QuarkusTestResource(SignedTokens.class)
class HousekeepingTest {

    @Inject
    Housekeeping housekeeping;

    @Inject
    @DataSource("provisioning")
    AgroalDataSource database;

    @Test
    void whatWasKeptLongEnoughGoesAndAllElseStays() throws SQLException {
        // more than go at once
        run("""
                insert into device_order (id, tenant, device, type, state, created_by, created_at, expires_at, finished_at)
                select 'sweep ended ' || n, 'acme', 'd', 'reboot', 'succeeded', 'a', now(), now() + interval '1 day',
                    now() - interval '31 days' from generate_series(1, 6000) n
                """);
        order("sweep never taken", "now() - interval '31 days'", "null");
        order("sweep ended lately", "now() - interval '40 days'", "now() - interval '29 days'");
        order("sweep open", "now() + interval '1 day'", "null");
        run("insert into idempotency (scope, key, fingerprint, created_at) values"
                + " ('sweep', 'old', '', now() - interval '25 hours'), ('sweep', 'young', '', now())");

        housekeeping.sweep();

        assertThat(column("select id from device_order where id like 'sweep%'"))
                .containsExactlyInAnyOrder("sweep ended lately", "sweep open");
        assertThat(column("select key from idempotency where scope = 'sweep'")).containsExactly("young");
    }

    private void order(String id, String expiresAt, String finishedAt) throws SQLException {
        run(
                "insert into device_order (id, tenant, device, type, state, created_by, created_at, expires_at, finished_at)"
                        + " values ('" + id + "', 'acme', 'd', 'reboot', 'queued', 'a', now(), " + expiresAt + ", "
                        + finishedAt
                        + ")");
    }

    private void run(String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private List<String> column(String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<String> values = new ArrayList<>();
            while (rows.next()) {
                values.add(rows.getString(1));
            }
            return values;
        }
    }
}
