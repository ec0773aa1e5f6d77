package org.homeward.kit.consumer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.homeward.backends.testing.SharedBackends;
import org.homeward.contracts.DeviceKey;
import org.homeward.contracts.Message;
import org.homeward.contracts.SessionId;
import org.homeward.contracts.Topic;
import org.homeward.contracts.device.DeviceCredentials;
import org.homeward.contracts.plan.GatewayCommand.EndSession;
import org.homeward.kit.KafkaFixture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TailReaderTest {

    private final String name = UUID.randomUUID().toString().substring(0, 8);
    private KafkaFixture kafka;

    @BeforeEach
    void connect() throws Exception {
        kafka = new KafkaFixture(SharedBackends.kafkaBootstrapServers()).ready();
    }

    @AfterEach
    void stopClients() {
        kafka.close();
    }

    @Test
    void holdsTheLatestOfEachKeyBeforeItSaysSo() throws Exception {
        DeviceKey kept = KafkaFixture.key("kept" + name);
        DeviceKey withdrawn = KafkaFixture.key("withdrawn" + name);
        kafka.publish(Topic.DEVICE_CREDENTIALS, kafka.events.event(kept, new DeviceCredentials("u1", "v1.a")));
        kafka.publish(Topic.DEVICE_CREDENTIALS, kafka.events.event(withdrawn, new DeviceCredentials("u2", "v1.b")));
        kafka.publish(Topic.DEVICE_CREDENTIALS, kafka.events.event(kept, new DeviceCredentials("u1", "v1.c")));
        kafka.publisher
                .withdraw(Topic.DEVICE_CREDENTIALS, withdrawn)
                .toCompletableFuture()
                .get(5, TimeUnit.SECONDS);
        Map<DeviceKey, Message> held = new ConcurrentHashMap<>();

        TailReader reader =
                kafka.consumers.follow(TailSpec.fromBeginning(name, Topic.DEVICE_CREDENTIALS, deliveries -> {
                    for (Delivery delivery : deliveries) {
                        switch (delivery) {
                            case Delivery.Arrived arrived ->
                                held.put(arrived.key(), arrived.event().data());
                            case Delivery.Withdrawn gone -> held.remove(gone.key());
                        }
                    }
                }));

        assertThat(reader.caughtUp()).succeedsWithin(KafkaFixture.patience());
        assertThat(held)
                .containsEntry(kept, new DeviceCredentials("u1", "v1.c"))
                .doesNotContainKey(withdrawn);
    }

    @Test
    void readsOnlyItsPartitionAndOnlyWhatComes() throws Exception {
        List<String> seen = new CopyOnWriteArrayList<>();
        sendEnd(5, "before");
        TailReader reader = kafka.consumers.follow(TailSpec.fromEnd(
                        name,
                        Topic.SESSION_PLANS,
                        deliveries -> deliveries.forEach(delivery -> seen.add(whyOf(delivery))))
                .ofPartition(5));
        assertThat(reader.caughtUp()).succeedsWithin(KafkaFixture.patience());

        sendEnd(4, "other partition");
        sendEnd(5, "mine");

        await().atMost(KafkaFixture.patience()).until(() -> seen.contains(name + "mine"));
        assertThat(Set.copyOf(seen)).containsOnly(name + "mine");
    }

    @Test
    void stopsWhenClosed() {
        TailReader reader = kafka.consumers.follow(TailSpec.fromEnd(name, Topic.ORDER_EVENTS, deliveries -> {}));
        assertThat(reader.caughtUp()).succeedsWithin(KafkaFixture.patience());

        reader.close();

        assertThat(reader.isCaughtUp()).isFalse();
    }

    private void sendEnd(int partition, String why) throws Exception {
        kafka.publisher
                .publish(
                        Topic.SESSION_PLANS,
                        partition,
                        kafka.events.event(KafkaFixture.key(name), new EndSession(new SessionId("s"), name + why)))
                .toCompletableFuture()
                .get(5, TimeUnit.SECONDS);
    }

    private static String whyOf(Delivery delivery) {
        return delivery instanceof Delivery.Arrived arrived && arrived.event().data() instanceof EndSession end
                ? end.why()
                : "";
    }
}
