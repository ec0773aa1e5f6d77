package org.homeward.kit.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.arjuna.ats.internal.jta.transaction.arjunacore.TransactionSynchronizationRegistryImple;
import com.arjuna.ats.jta.TransactionManager;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.homeward.backends.kafka.EmbeddedKafka;
import org.homeward.contracts.Topic;
import org.homeward.contracts.device.DeviceEvent.DeviceDeleted;
import org.homeward.kit.KafkaFixture;
import org.homeward.kit.TestDatabase;
import org.homeward.kit.consumer.Delivery;
import org.homeward.kit.consumer.TailReader;
import org.homeward.kit.consumer.TailSpec;
import org.homeward.kit.events.KafkaConfig;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OutboxTest {

    private static EmbeddedKafka broker;
    private final String name = UUID.randomUUID().toString().substring(0, 8);
    private final List<String> published = new CopyOnWriteArrayList<>();
    private DataSource database;
    private KafkaFixture kafka;
    private Outbox outbox;

    @BeforeAll
    static void startBroker() {
        broker = EmbeddedKafka.temporary().start();
    }

    @AfterAll
    static void removeBroker() {
        broker.close();
    }

    @BeforeEach
    void connect() throws Exception {
        database = TestDatabase.fresh();
        kafka = new KafkaFixture(KafkaConfig.forBroker(broker.bootstrapServers())).ready();
        outbox = outbox();
        TailReader reader = kafka.consumers.follow(
                TailSpec.fromEnd(name, Topic.DEVICE_EVENTS, deliveries -> deliveries.forEach(this::remember)));
        assertThat(reader.caughtUp()).succeedsWithin(KafkaFixture.patience());
    }

    @AfterEach
    void stopClients() {
        outbox.close();
        kafka.close();
    }

    @Test
    void publishesInOrderWhatWasCommitted() throws Exception {
        outbox.start();

        append(IntStream.range(0, 30).mapToObj(i -> name + i).toList(), true);

        await().atMost(KafkaFixture.patience()).until(() -> published.size() == 30);
        assertThat(published)
                .containsExactlyElementsOf(
                        IntStream.range(0, 30).mapToObj(i -> name + i).toList());
        await().untilAsserted(() -> assertThat(rows()).isZero());
    }

    @Test
    void doesNotPublishWhatWasRolledBack() throws Exception {
        outbox.start();

        append(List.of(name + "rolled back"), false);
        append(List.of(name + "committed"), true);

        await().atMost(KafkaFixture.patience()).until(() -> published.contains(name + "committed"));
        assertThat(published).containsExactly(name + "committed");
    }

    @Test
    void publishesWithoutWaitingForTheNextLook() throws Exception {
        outbox.start();
        append(List.of(name + "warm"), true);
        await().atMost(KafkaFixture.patience()).until(() -> published.contains(name + "warm"));

        Duration best = Duration.ofDays(1);
        for (int i = 0; i < 10; i++) {
            String word = name + "fast" + i;
            append(List.of(word), true);
            long committed = System.nanoTime();
            await().pollInSameThread()
                    .pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(1))
                    .until(() -> published.contains(word));
            Duration took = Duration.ofNanos(System.nanoTime() - committed);
            best = took.compareTo(best) < 0 ? took : best;
        }
        assertThat(best).as("from commit to a reader").isLessThan(Duration.ofMillis(250));
    }

    @Test
    void publishesWhatAKilledRelayLeft() throws Exception {
        append(List.of(name + "left 1", name + "left 2"), true);
        outbox.close();

        outbox = outbox().start();

        await().atMost(KafkaFixture.patience()).until(() -> published.size() == 2);
        assertThat(published).containsExactly(name + "left 1", name + "left 2");
    }

    @Test
    void keepsEventsAndTheirOrderWhileTheBrokerIsAway() throws Exception {
        outbox.start();
        broker.stop();
        for (int i = 0; i < 5; i++) {
            append(List.of(name + i), true);
        }
        assertThat(rows()).isEqualTo(5);

        broker.start();

        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(rows()).isZero());
        await().atMost(KafkaFixture.patience()).until(() -> published.contains(name + 4));
        assertThat(published.stream().distinct()).containsExactly(name + 0, name + 1, name + 2, name + 3, name + 4);
    }

    @Test
    void putsAsideWhatKafkaWillNeverTakeAndGoesOnWithItsKey() throws Exception {
        String tooLarge = name + "x".repeat(2_000_000);
        // more than a round's worth
        append(Collections.nCopies(600, name + "y".repeat(100)), true);
        append(List.of(name + "before", tooLarge, name + "after"), true);
        append(List.of(name + "z".repeat(34_000_000)), true);
        append(List.of(name + "last"), true);

        outbox.start();

        await().atMost(KafkaFixture.patience()).until(() -> published.contains(name + "last"));
        assertThat(published).endsWith(name + "before", name + "after", name + "last");
        await().untilAsserted(() -> assertThat(rows()).isZero());
        assertThat(TestDatabase.column(
                        database,
                        "select key || ' ' || (reason like '%RecordTooLarge%') || ' ' || (octet_length(value) > 2000000)"
                                + " || ' ' || (died_at >= created_at) from outbox_dead"))
                .hasSize(2)
                .containsOnly(kafka.word("o", "any").key() + " true true true");
        assertThat(kafka.count("homeward.outbox.dead")).isEqualTo(2);
    }

    @Test
    void letsGoOfDeadEventsThatWereKeptLongEnough() throws Exception {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.executeUpdate("""
                    insert into outbox_dead (id, topic, key, event_id, event_type, event_time, source, created_at, reason, died_at)
                    select days, 't', 'k', 'e', 'y', now(), 's', now(), 'r', now() - make_interval(days => days)
                    from unnest(array[29, 31, 400]) as ages (days)""");
        }
        Outboxes outboxes = new Outboxes(
                kafka.publisher,
                kafka.meters,
                new TransactionSynchronizationRegistryImple(),
                new SmallRyeConfigBuilder()
                        .addDiscoveredConverters()
                        .withMapping(OutboxConfig.class)
                        .withDefaultValue("homeward.outbox.sweep-interval", "20ms")
                        .build()
                        .getConfigMapping(OutboxConfig.class));
        outboxes.open(name, database);

        outboxes.onStart(new StartupEvent());

        await().atMost(KafkaFixture.patience())
                .untilAsserted(() -> assertThat(TestDatabase.column(database, "select id from outbox_dead"))
                        .containsExactly("29"));
        outboxes.onStop(new ShutdownEvent());
    }

    @Test
    void sharesADatabaseWithAnotherRelay() throws Exception {
        outbox.start();
        Outbox second = outbox().start();
        try {
            for (int i = 0; i < 40; i++) {
                append(List.of(name + i), true);
                second.wake();
            }
            await().atMost(KafkaFixture.patience()).until(() -> published.contains(name + 39));
        } finally {
            second.close();
        }
        assertThat(published)
                .containsExactlyElementsOf(
                        IntStream.range(0, 40).mapToObj(i -> name + i).toList());
    }

    @Test
    void isWokenByTheCommitOfAJtaTransaction() throws Exception {
        outbox.close();
        outbox = new Outbox(
                        name, database, kafka.publisher, kafka.meters, new TransactionSynchronizationRegistryImple())
                .start();
        for (int i = 0; i < 8; i++) {
            String word = name + "jta" + i;
            TransactionManager.transactionManager().begin();
            try (Connection connection = database.getConnection()) {
                outbox.append(connection, Topic.DEVICE_EVENTS, kafka.word("o", word));
            }
            TransactionManager.transactionManager().commit();
            // without being woken it would look within a second: eight times in a row it is not that lucky
            await().pollInterval(Duration.ofMillis(5))
                    .atMost(Duration.ofMillis(700))
                    .until(() -> published.contains(word));
        }
    }

    private Outbox outbox() {
        return new Outbox(name, database, kafka.publisher, kafka.meters, null);
    }

    private void append(List<String> words, boolean commit) throws SQLException {
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            outbox.append(
                    connection,
                    words.stream()
                            .map(word -> new Outgoing(Topic.DEVICE_EVENTS, kafka.word("o", word)))
                            .toList());
            if (commit) {
                connection.commit();
                outbox.wake();
            } else {
                connection.rollback();
            }
        }
    }

    private int rows() throws SQLException {
        return Integer.parseInt(
                TestDatabase.column(database, "select count(*) from outbox").getFirst());
    }

    private void remember(Delivery delivery) {
        if (delivery instanceof Delivery.Arrived arrived
                && arrived.event().data() instanceof DeviceDeleted deleted
                && deleted.by().startsWith(name)) {
            published.add(deleted.by());
        }
    }
}
