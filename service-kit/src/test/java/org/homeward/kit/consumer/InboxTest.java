package org.homeward.kit.consumer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.apache.kafka.common.TopicPartition;
import org.homeward.backends.testing.SharedBackends;
import org.homeward.contracts.Topic;
import org.homeward.contracts.device.DeviceEvent.DeviceDeleted;
import org.homeward.kit.KafkaFixture;
import org.homeward.kit.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class InboxTest {

    private final String name = "i" + UUID.randomUUID();
    private final AtomicInteger attempts = new AtomicInteger();
    private DataSource database;
    private Inbox inbox;
    private KafkaFixture kafka;

    @BeforeEach
    void connect() throws Exception {
        database = TestDatabase.fresh();
        TestDatabase.run(database, "create table effect (id bigint generated always as identity, word text)");
        inbox = new Inbox(database);
        kafka = new KafkaFixture(SharedBackends.kafkaBootstrapServers()).ready();
    }

    @AfterEach
    void stopClients() {
        kafka.close();
    }

    @Test
    void hasOneEffectWhenACrashComesBeforeTheCommit() throws Exception {
        publishWords(20);

        start(batch -> inTransaction(batch, true, attempts.incrementAndGet() == 1 ? Crash.BEFORE_COMMIT : Crash.NONE));

        awaitEffects(20);
    }

    @Test
    void hasOneEffectWhenACrashComesAfterTheCommit() throws Exception {
        publishWords(20);

        start(batch -> inTransaction(batch, true, attempts.incrementAndGet() == 1 ? Crash.AFTER_COMMIT : Crash.NONE));

        awaitEffects(20);
    }

    @Test
    void goesOnFromTheDatabaseWhateverKafkaRemembers() throws Exception {
        publishWords(10);
        BatchConsumer first = start(batch -> inTransaction(batch, true, Crash.NONE));
        awaitEffects(10);
        first.close();
        publishWords(5);
        // another group knows nothing of the first one's commits in Kafka, only of the inbox
        TestDatabase.run(database, "update inbox set consumer = consumer || '-b'");

        kafka.consumers.start(ConsumerSpec.of(
                        name + "-b", List.of(Topic.DEVICE_EVENTS), batch -> inTransaction(batch, true, Crash.NONE))
                .withInbox(inbox));

        awaitEffects(15);
    }

    @Test
    void passesAnEventThatFailsAlone() throws Exception {
        publishWords(6);
        kafka.publish(Topic.DEVICE_EVENTS, kafka.word("d1", name + "poison"));
        publishWords(6);

        start(batch -> {
            if (batch.events().stream().anyMatch(event -> event.data().equals(new DeviceDeleted(name + "poison")))) {
                throw new IllegalStateException("bad");
            }
            inTransaction(batch, true, Crash.NONE);
        });

        awaitEffects(12);
        await().atMost(KafkaFixture.patience()).until(() -> kafka.count("homeward.consumer.dead.lettered") == 1);
    }

    @Test
    void refusesToAdvanceFromAPlaceThatIsPassed() throws Exception {
        Batch batch = new Batch(name, List.of(), List.of(new Batch.Span(Topic.DEVICE_EVENTS, 3, 0, 5)));
        inbox.place(name, Map.of(new TopicPartition("device.events", 3), 0L));
        inbox.skip(batch);

        assertThatThrownBy(() -> inbox.skip(batch)).isInstanceOf(StalePosition.class);
    }

    @Test
    void startsAnewWhereATopicWasMadeAnew() throws Exception {
        publishWords(3);
        TestDatabase.run(
                database,
                "insert into inbox select '" + name + "', 'device.events', p, 1000000 from generate_series(0, 11) p");

        start(batch -> inTransaction(batch, true, Crash.NONE));

        awaitEffects(3);
    }

    private enum Crash {
        NONE,
        BEFORE_COMMIT,
        AFTER_COMMIT
    }

    private void inTransaction(Batch batch, boolean advance, Crash crash) throws SQLException {
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            try (PreparedStatement insert = connection.prepareStatement("insert into effect (word) values (?)")) {
                for (var event : batch.events()) {
                    if (event.data() instanceof DeviceDeleted deleted
                            && deleted.by().startsWith(name)) {
                        insert.setString(1, deleted.by());
                        insert.executeUpdate();
                    }
                }
            }
            if (advance) {
                inbox.advance(connection, batch);
            }
            if (crash == Crash.BEFORE_COMMIT) {
                throw new SQLTransientConnectionException("gone before the commit");
            }
            connection.commit();
            if (crash == Crash.AFTER_COMMIT) {
                throw new SQLTransientConnectionException("gone after the commit");
            }
        }
    }

    private BatchConsumer start(BatchHandler handler) {
        return kafka.consumers.start(
                ConsumerSpec.of(name, List.of(Topic.DEVICE_EVENTS), handler).withInbox(inbox));
    }

    private void publishWords(int count) throws Exception {
        for (int i = 1; i < count; i++) {
            kafka.publisher.publish(Topic.DEVICE_EVENTS, kafka.word("d" + i % 5, name + UUID.randomUUID()));
        }
        kafka.publish(Topic.DEVICE_EVENTS, kafka.word("d0", name + UUID.randomUUID()));
    }

    private void awaitEffects(int count) {
        await().atMost(KafkaFixture.patience())
                .untilAsserted(() -> assertThat(words()).hasSize(count));
        // a second effect would come with the next batches
        await().during(java.time.Duration.ofMillis(700))
                .untilAsserted(() -> assertThat(words()).hasSize(count).doesNotHaveDuplicates());
    }

    private List<String> words() throws SQLException {
        return TestDatabase.column(database, "select word from effect order by id");
    }
}
