package org.homeward.registry.subscriber.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.homeward.registry.testing.RegistryDatabase;
import org.junit.jupiter.api.Test;

/** What was said of devices before there were subscribers. */
class SubscriberMigrationTest {

    @Test
    void aDevicesSubscriberBecomesABinding() throws SQLException {
        DataSource database = RegistryDatabase.fresh("registry_subscriber_migration");
        migrate(database, "1.2", true);
        try (Connection connection = database.getConnection()) {
            connection.createStatement().execute("""
                    insert into device (key, tenant, id, oui, product_class, serial_number, subscriber_id, registered_at)
                    values ('default/00AABB-Box-1', 'default', '00AABB-Box-1', '00AABB', 'Box', '1', 'C-1', now()),
                           ('default/00AABB-Box-2', 'default', '00AABB-Box-2', '00AABB', 'Box', '2', 'C-1', now()),
                           ('default/00AABB-Box-3', 'default', '00AABB-Box-3', '00AABB', 'Box', '3', null, now())
                    """);
        }

        migrate(database, "latest", false);

        try (Connection connection = database.getConnection();
                ResultSet row = connection.createStatement().executeQuery("""
                        select (select count(*) from subscriber where id = 'C-1'),
                               (select count(*) from device d join subscriber_binding b on b.id = d.bound_by
                                where b.kind = 'device' and b.value = d.id and b.subscriber_id = d.subscriber_id),
                               (select count(*) from device where bound_by is null)
                        """)) {
            row.next();
            assertThat(new int[] {row.getInt(1), row.getInt(2), row.getInt(3)}).containsExactly(1, 2, 1);
        }
    }

    private static void migrate(DataSource database, String target, boolean clean) {
        Flyway flyway = Flyway.configure()
                .dataSource(database)
                .locations("db/kit", "db/registry")
                .cleanDisabled(false)
                .outOfOrder(true)
                .target(target)
                .load();
        if (clean) {
            flyway.clean();
        }
        flyway.migrate();
    }
}
