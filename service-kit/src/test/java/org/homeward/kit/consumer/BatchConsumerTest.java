package org.homeward.kit.consumer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.homeward.backends.kafka.EmbeddedKafka;
import org.homeward.contracts.Topic;
import org.homeward.contracts.device.DeviceEvent.DeviceDeleted;
import org.homeward.kit.KafkaFixture;
import org.homeward.kit.events.CloudEvents;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BatchConsumerTest {

    private static EmbeddedKafka broker;
    private KafkaFixture kafka;
    private final String name = "c" + UUID.randomUUID();
    private final List<String> handled = new CopyOnWriteArrayList<>();

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
        kafka = new KafkaFixture(broker.bootstrapServers()).ready();
    }

    @AfterEach
    void stopClients() {
        kafka.close();
    }

    @Test
    void handlesTheEventsOfADeviceInTheirOrder() throws Exception {
        for (int i = 0; i < 50; i++) {
            kafka.publisher.publish(Topic.DEVICE_EVENTS, kafka.word("a", name + i));
        }
        kafka.publish(Topic.DEVICE_EVENTS, kafka.word("a", name + 50));

        kafka.consumers.start(ConsumerSpec.of(name, List.of(Topic.DEVICE_EVENTS), this::remember));

        await().atMost(KafkaFixture.patience()).until(() -> handled.size() == 51);
        assertThat(handled).startsWith(name + 0, name + 1, name + 2).endsWith(name + 50);
    }

    @Test
    void goesOnAfterARestartWhereItEnded() throws Exception {
        kafka.publish(Topic.DEVICE_EVENTS, kafka.word("a", name + "first"));
        var first = kafka.consumers.start(ConsumerSpec.of(name, List.of(Topic.DEVICE_EVENTS), this::remember));
        await().atMost(KafkaFixture.patience()).until(() -> handled.size() == 1);
        first.close();
        kafka.publish(Topic.DEVICE_EVENTS, kafka.word("a", name + "second"));

        kafka.consumers.start(ConsumerSpec.of(name, List.of(Topic.DEVICE_EVENTS), this::remember));

        await().atMost(KafkaFixture.patience()).until(() -> handled.size() == 2);
        assertThat(handled).containsExactly(name + "first", name + "second");
    }

    @Test
    void putsAsideOnlyTheEventThatFailsAlone() throws Exception {
        for (int i = 0; i < 40; i++) {
            kafka.publisher.publish(Topic.DEVICE_EVENTS, kafka.word("d" + i % 7, name + (i == 17 ? "poison" : i)));
        }
        kafka.publish(Topic.DEVICE_EVENTS, kafka.word("d1", name + "last"));

        kafka.consumers.start(ConsumerSpec.of(name, List.of(Topic.DEVICE_EVENTS), batch -> {
            if (batch.events().stream().anyMatch(event -> wordOf(event.data()).equals(name + "poison"))) {
                throw new IllegalStateException("can't read this");
            }
            remember(batch);
        }));

        await().atMost(KafkaFixture.patience()).until(() -> handled.size() == 40);
        assertThat(handled).doesNotHaveDuplicates().doesNotContain(name + "poison");
        ConsumerRecord<String, byte[]> dead = onlyDeadLetter();
        assertThat(new String(dead.value(), StandardCharsets.UTF_8)).contains(name + "poison");
        assertThat(CloudEvents.header(dead.headers(), "dead_exception")).contains("java.lang.IllegalStateException");
        assertThat(CloudEvents.header(dead.headers(), "dead_message")).contains("can't read this");
        assertThat(CloudEvents.header(dead.headers(), "dead_topic")).contains("device.events");
        assertThat(CloudEvents.header(dead.headers(), "ce_type")).contains("org.homeward.DeviceDeleted");
    }

    @Test
    void putsAsideWhatIsNoEvent() throws Exception {
        kafka.publisher.publish(new ProducerRecord<>(
                "device.events", KafkaFixture.key("x").toString(), name.getBytes(StandardCharsets.UTF_8)));
        kafka.publish(Topic.DEVICE_EVENTS, kafka.word("x", name + "good"));

        kafka.consumers.start(ConsumerSpec.of(name, List.of(Topic.DEVICE_EVENTS), this::remember));

        await().atMost(KafkaFixture.patience()).until(() -> handled.contains(name + "good"));
        assertThat(new String(onlyDeadLetter().value(), StandardCharsets.UTF_8)).isEqualTo(name);
    }

    @Test
    void waitsForWhatIsDownAndStaysInItsGroup() throws Exception {
        AtomicBoolean down = new AtomicBoolean(true);
        AtomicInteger tries = new AtomicInteger();
        AtomicInteger assignments = new AtomicInteger();
        kafka.publish(Topic.DEVICE_EVENTS, kafka.word("a", name + "waits"));

        kafka.consumers.start(ConsumerSpec.of(name, List.of(Topic.DEVICE_EVENTS), batch -> {
                    tries.incrementAndGet();
                    if (down.get()) {
                        throw new DependencyUnavailable("the database is away", new java.io.IOException("refused"));
                    }
                    remember(batch);
                })
                .withListener(new AssignmentListener() {
                    @Override
                    public void assigned(java.util.Set<TopicPartition> partitions) {
                        assignments.incrementAndGet();
                    }
                }));
        await().atMost(KafkaFixture.patience()).until(() -> tries.get() >= 3);
        assertThat(handled).isEmpty();
        down.set(false);

        await().atMost(KafkaFixture.patience()).until(() -> handled.contains(name + "waits"));
        assertThat(assignments).hasValue(1);
        assertThat(kafka.count("homeward.consumer.dead.lettered")).isZero();
    }

    @Test
    void goesOnWhenTheBrokerComesBack() throws Exception {
        kafka.consumers.start(ConsumerSpec.of(name, List.of(Topic.DEVICE_EVENTS), this::remember));
        kafka.publish(Topic.DEVICE_EVENTS, kafka.word("a", name + "before"));
        await().atMost(KafkaFixture.patience()).until(() -> handled.contains(name + "before"));

        broker.stop();
        broker.start();
        await().atMost(KafkaFixture.patience())
                .until(() -> kafka.publisher
                        .publish(Topic.DEVICE_EVENTS, kafka.word("a", name + "after"))
                        .toCompletableFuture()
                        .handle((done, e) -> e == null)
                        .join());

        await().atMost(Duration.ofSeconds(30)).until(() -> handled.contains(name + "after"));
        assertThat(handled.stream().distinct()).containsExactly(name + "before", name + "after");
    }

    @Test
    void givesPartitionsOfOneNumberToOneMember() throws Exception {
        Map<String, java.util.Set<TopicPartition>> owned = new ConcurrentHashMap<>();
        List<Topic> both = List.of(Topic.SESSION_EVENTS, Topic.DEVICE_ORDERS);
        try (KafkaFixture other = new KafkaFixture(broker.bootstrapServers()).ready()) {
            kafka.consumers.start(ConsumerSpec.of(name, both, batch -> {}).withListener(noting(owned, "one")));
            other.consumers.start(ConsumerSpec.of(name, both, batch -> {}).withListener(noting(owned, "two")));

            await().atMost(KafkaFixture.patience())
                    .untilAsserted(() -> assertThat(owned).hasSize(2).allSatisfy((member, partitions) -> {
                        assertThat(partitions).hasSize(12);
                        assertThat(partitions)
                                .allSatisfy(partition -> assertThat(both.stream()
                                                .map(topic ->
                                                        new TopicPartition(topic.topicName(), partition.partition())))
                                        .isSubsetOf(partitions));
                    }));
        }
    }

    private static AssignmentListener noting(Map<String, java.util.Set<TopicPartition>> owned, String member) {
        return new AssignmentListener() {
            @Override
            public void assigned(java.util.Set<TopicPartition> partitions) {
                owned.put(member, partitions);
            }

            @Override
            public void revoked(java.util.Set<TopicPartition> partitions) {
                owned.remove(member);
            }
        };
    }

    private void remember(Batch batch) {
        batch.events().stream()
                .map(event -> wordOf(event.data()))
                .filter(word -> word.startsWith(name))
                .forEach(handled::add);
    }

    private static String wordOf(Object message) {
        return message instanceof DeviceDeleted deleted ? deleted.by() : "";
    }

    /** The one dead letter of this consumer that is this test's. */
    private ConsumerRecord<String, byte[]> onlyDeadLetter() {
        try (KafkaConsumer<String, byte[]> reader = new KafkaClients(kafka.config).reader("dead")) {
            TopicPartition dead = new TopicPartition(Topic.DEVICE_EVENTS.deadLetters(name), 0);
            reader.assign(List.of(dead));
            reader.seekToBeginning(List.of(dead));
            List<ConsumerRecord<String, byte[]>> found = new CopyOnWriteArrayList<>();
            await().atMost(KafkaFixture.patience()).until(() -> {
                reader.poll(Duration.ofMillis(200)).forEach(found::add);
                return found.stream().anyMatch(this::isOurs);
            });
            List<ConsumerRecord<String, byte[]>> ours =
                    found.stream().filter(this::isOurs).toList();
            assertThat(ours).hasSize(1);
            return ours.getFirst();
        }
    }

    private boolean isOurs(ConsumerRecord<String, byte[]> dead) {
        return new String(dead.value(), StandardCharsets.UTF_8).contains(name);
    }
}
