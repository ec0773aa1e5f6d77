package org.homeward.registry.subscriber.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;
import org.homeward.contracts.DeviceKey;
import org.homeward.contracts.TenantId;
import org.homeward.kit.events.EventFactory;
import org.homeward.kit.events.EventPublisher;
import org.homeward.kit.events.KafkaConfig;
import org.homeward.kit.outbox.Outbox;
import org.homeward.registry.inventory.store.InventoryRows;
import org.homeward.registry.subscriber.Claim;
import org.homeward.registry.subscriber.SubscriberId;
import org.homeward.registry.subscriber.Wish;
import org.homeward.registry.testing.RegistryDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A device that first calls while somebody binds it: neither transaction sees the other. */
class BindingRaceTest {

    private static final DeviceKey DEVICE = DeviceKey.parse("default/00AABB-Box-1");
    private static final Claim CLAIM = Claim.serial("00AABB", "1");
    private static final Instant NOW = Instant.parse("2026-01-30T10:11:12Z");

    private final Bindings bindings = new Bindings(Clock.fixed(NOW, ZoneOffset.UTC));
    private final Bindings later = new Bindings(Clock.fixed(NOW.plusSeconds(60), ZoneOffset.UTC));
    private final EventPublisher publisher = new EventPublisher(KafkaConfig.of(Map.of()), new SimpleMeterRegistry());
    private DataSource database;
    private Facts facts;

    @BeforeEach
    void start() {
        database = RegistryDatabase.fresh("registry_binding_race");
        // never started: what is appended stays to be looked at
        var outbox = new Outbox("test", database, publisher, new SimpleMeterRegistry(), null);
        facts = new Facts(outbox, new EventFactory(Clock.fixed(NOW, ZoneOffset.UTC), "/test"));
    }

    @AfterEach
    void stop() {
        publisher.close();
    }

    private Connection transaction() throws SQLException {
        Connection connection = database.getConnection();
        connection.setAutoCommit(false);
        return connection;
    }

    private void register(Connection connection) throws SQLException {
        new InventoryRows(Duration.ofSeconds(2), Duration.ofMinutes(1)).register(connection, Map.of(DEVICE, NOW));
        bindings.settle(connection, Set.of(DEVICE), "", true);
    }

    private void bind(Connection connection) throws SQLException {
        var wish = new Wish(new SubscriberId("C-1"), CLAIM, false);
        var round = bindings.round(connection, TenantId.DEFAULT, List.of(CLAIM), "anna");
        round.begin(wish, (Wish.Begin) round.answer(wish));
        Set<DeviceKey> devices = round.write(connection, "moved");
        BindingRows.lock(connection, devices);
        bindings.settle(connection, devices, "anna", true);
    }

    private List<String> column(String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                ResultSet rows = connection.createStatement().executeQuery(sql)) {
            List<String> values = new java.util.ArrayList<>();
            while (rows.next()) {
                values.add(rows.getString(1));
            }
            return values;
        }
    }

    @Test
    void aDeviceThatNeitherTransactionSawIsBoundAMomentLater() throws SQLException {
        try (Connection calling = transaction();
                Connection binding = transaction()) {
            register(calling);
            bind(binding);
            calling.commit();
            binding.commit();
        }
        assertThat(column("select subscriber_id from device")).containsOnlyNulls();

        try (Connection looking = transaction()) {
            assertThat(later.lookAgain(looking, facts, 100)).isEqualTo(1);
            looking.commit();
        }

        assertThat(column("select subscriber_id from device")).containsExactly("C-1");
        assertThat(column("select event_type from outbox")).containsExactly("org.homeward.DeviceFacts");
        try (Connection looking = transaction()) {
            assertThat(later.lookAgain(looking, facts, 100)).isZero();
        }
    }

    @Test
    void aDeviceThatCalledWhileItsBindingEndedIsLetGoAMomentLater() throws SQLException {
        try (Connection binding = transaction()) {
            bind(binding);
            binding.commit();
        }
        try (Connection calling = transaction();
                Connection ending = transaction()) {
            register(calling);
            bindings.end(
                    ending,
                    BindingRows.open(ending, TenantId.DEFAULT, List.of(CLAIM)).values(),
                    "anna",
                    "unbound");
            ending.commit();
            calling.commit();
        }
        assertThat(column("select subscriber_id from device")).containsExactly("C-1");

        try (Connection looking = transaction()) {
            later.lookAgain(looking, facts, 100);
            looking.commit();
        }

        assertThat(column("select subscriber_id from device")).containsOnlyNulls();
        assertThat(column("select kind from happening order by at, kind"))
                .containsExactlyInAnyOrder("bound", "unbound");
    }
}
