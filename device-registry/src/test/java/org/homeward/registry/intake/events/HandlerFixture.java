package org.homeward.registry.intake.events;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.homeward.backends.testing.SharedBackends;
import org.homeward.contracts.Event;
import org.homeward.contracts.Topic;
import org.homeward.kit.consumer.Batch;
import org.homeward.kit.consumer.Delivery;
import org.homeward.kit.consumer.Inbox;
import org.homeward.kit.events.EventFactory;
import org.homeward.kit.events.EventPublisher;
import org.homeward.kit.events.KafkaConfig;
import org.homeward.kit.outbox.Outbox;
import org.homeward.registry.intake.Intake;
import org.homeward.registry.inventory.Hearing;
import org.homeward.registry.inventory.store.InventoryRows;
import org.homeward.registry.session.store.MongoTranscriptStore;
import org.homeward.registry.testing.RegistryDatabase;
import org.homeward.registry.twin.NoisyParameters;
import org.homeward.registry.twin.TwinStore;
import org.homeward.registry.twin.Twins;
import org.homeward.registry.twin.store.MongoTwinStore;

/** The handler on a real PostgreSQL and the MongoDB stand-in, given its polls by hand. */
final class HandlerFixture implements AutoCloseable {

    final DataSource database;
    final MongoClient mongo = MongoClients.create(SharedBackends.mongodbUri());
    final TwinStore twins;
    final RegistryHandler handler;
    final Intake intake;
    private final EventPublisher publisher;
    private long offset;

    HandlerFixture(String name) throws SQLException {
        database = RegistryDatabase.kept(RegistryDatabase.fresh(name));
        mongo.getDatabase(name).drop();
        twins = new MongoTwinStore(mongo, name);
        var noisy = new NoisyParameters(List.of("*.UpTime"));
        intake = new Intake(
                new Twins(twins, noisy, 600, 100_000), new MongoTranscriptStore(mongo, name), noisy, 100_000);
        var clock = Clock.systemUTC();
        publisher = new EventPublisher(KafkaConfig.of(Map.of()), new SimpleMeterRegistry());
        handler = new RegistryHandler(
                intake,
                new InventoryRows(Duration.ofSeconds(2), Duration.ofMinutes(1)),
                database,
                new Inbox(database),
                // never started: what is appended stays to be looked at
                new Outbox("test", database, publisher, new SimpleMeterRegistry(), null),
                new EventFactory(clock, "/device-registry/test"),
                new Hearing(clock.instant(), Duration.ofMinutes(2), 20),
                clock);
        try (Connection connection = database.getConnection()) {
            connection
                    .createStatement()
                    .executeUpdate("insert into inbox values ('registry', 'cwmp.session.events', 0, 0)");
        }
    }

    /** A poll of events, not handled yet. */
    Batch poll(List<? extends Event<?>> events) {
        List<Delivery> deliveries = new ArrayList<>();
        long from = offset;
        for (Event<?> event : events) {
            deliveries.add(new Delivery.Arrived(Topic.SESSION_EVENTS, 0, offset++, event));
        }
        return new Batch("registry", deliveries, List.of(new Batch.Span(Topic.SESSION_EVENTS, 0, from, offset)));
    }

    void handle(List<? extends Event<?>> events) throws SQLException {
        handler.handle(poll(events));
    }

    List<String> column(String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                ResultSet rows = connection.createStatement().executeQuery(sql)) {
            List<String> values = new ArrayList<>();
            while (rows.next()) {
                values.add(rows.getString(1));
            }
            return values;
        }
    }

    void execute(String sql) throws SQLException {
        try (Connection connection = database.getConnection()) {
            connection.createStatement().execute(sql);
        }
    }

    @Override
    public void close() {
        mongo.close();
        publisher.close();
    }
}
