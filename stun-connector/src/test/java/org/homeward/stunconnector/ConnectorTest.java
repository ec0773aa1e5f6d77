package org.homeward.stunconnector;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.homeward.backends.kafka.EmbeddedKafka;
import org.homeward.contracts.DeviceKey;
import org.homeward.contracts.Topic;
import org.homeward.contracts.WakeUpId;
import org.homeward.contracts.wakeup.UdpBinding;
import org.homeward.contracts.wakeup.UdpWakeUp.DeliverUdpConnectionRequest;
import org.homeward.contracts.wakeup.UdpWakeUp.StopUdpConnectionRequest;
import org.homeward.contracts.wakeup.WakeUpResult;
import org.homeward.contracts.wakeup.WakeUpResult.ConnectionRequestDelivered;
import org.homeward.contracts.wakeup.WakeUpResult.ConnectionRequestUnreachable;
import org.homeward.kit.consumer.Consumers;
import org.homeward.kit.consumer.Delivery.Arrived;
import org.homeward.kit.consumer.TailSpec;
import org.homeward.kit.events.EventFactory;
import org.homeward.kit.events.EventPublisher;
import org.homeward.kit.events.KafkaConfig;
import org.homeward.stunconnector.binding.Whereabouts;
import org.homeward.stunconnector.server.udp.PortTaken;
import org.homeward.stunconnector.server.udp.Question;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Connectors on a real broker and real sockets: who is asked, who sends, and what others learn of it. */
@Timeout(180)
class ConnectorTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final EmbeddedKafka KAFKA = EmbeddedKafka.temporary().start();

    private volatile Instant now = Instant.parse("2026-11-21T12:00:00Z");
    private final Clock clock = ((InstantSource) () -> now).withZone(ZoneOffset.UTC);
    private final KafkaConfig kafka = KafkaConfig.forBroker(KAFKA.bootstrapServers());
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final EventPublisher publisher = new EventPublisher(kafka, meters).start();
    private final Consumers consumers = new Consumers(kafka, publisher, meters);
    private final EventFactory events = new EventFactory(clock, "/test");
    private final Map<WakeUpId, WakeUpResult> results = new ConcurrentHashMap<>();
    private final List<Arrived> bindings = new CopyOnWriteArrayList<>();
    private final List<RunningConnector> running = new CopyOnWriteArrayList<>();

    @BeforeEach
    void follow() throws Exception {
        publisher.ready().toCompletableFuture().get(60, TimeUnit.SECONDS);
        for (var reader : List.of(
                TailSpec.fromEnd(
                        "results",
                        Topic.WAKEUP_RESULTS,
                        deliveries -> deliveries.forEach(delivery -> {
                            if (delivery instanceof Arrived arrived
                                    && arrived.event().data() instanceof WakeUpResult result) {
                                results.put(result.request(), result);
                            }
                        })),
                TailSpec.fromEnd(
                        "bindings",
                        Topic.WAKEUP_BINDINGS,
                        deliveries -> deliveries.forEach(delivery -> {
                            if (delivery instanceof Arrived arrived) {
                                bindings.add(arrived);
                            }
                        })))) {
            consumers.follow(reader).caughtUp().toCompletableFuture().get(60, TimeUnit.SECONDS);
        }
    }

    @AfterEach
    void close() {
        running.forEach(RunningConnector::close);
        consumers.close();
        publisher.close();
    }

    @AfterAll
    static void stopKafka() {
        KAFKA.close();
    }

    private RunningConnector instance(String id) throws PortTaken {
        return instance(id, Map.of());
    }

    private RunningConnector instance(String id, Map<String, String> more) throws PortTaken {
        RunningConnector instance = new RunningConnector(KAFKA.bootstrapServers(), id, clock, more);
        running.add(instance);
        return instance;
    }

    private void stop(RunningConnector instance) {
        running.remove(instance);
        instance.close();
    }

    private WakeUpId wake(DeviceKey device, int partition) {
        WakeUpId id = WakeUpId.random();
        publisher.publish(
                Topic.WAKEUP_REQUESTS_STUN,
                partition,
                events.event(
                        device, new DeliverUdpConnectionRequest(id, "acs", "s3cret", "", "", now.plusSeconds(20))));
        return id;
    }

    private WakeUpResult resultOf(WakeUpId id) {
        return await().atMost(PATIENCE).until(() -> results.get(id), result -> result != null);
    }

    private List<UdpBinding> told(DeviceKey device) {
        return bindings.stream()
                .filter(arrived -> arrived.key().equals(device))
                .map(arrived -> (UdpBinding) arrived.event().data())
                .toList();
    }

    private UdpBinding binding(DeviceKey device) {
        await().atMost(PATIENCE).until(() -> !told(device).isEmpty());
        return told(device).getLast();
    }

    private static String request(Question cpe) throws Exception {
        return new String(cpe.next(30_000).orElseThrow().bytes(), US_ASCII);
    }

    @Test
    void sendsFromThePortThatTheDeviceKnowsAndSaysSo() throws Exception {
        DeviceKey device = DeviceKey.parse("default/001122-Box-1");
        RunningConnector one = instance("one");
        try (Question cpe = new Question("127.0.0.1")) {
            one.keepAlive(cpe, device);
            UdpBinding binding = binding(device);
            WakeUpId id = wake(device, binding.partition());

            Question.Got got = cpe.next(30_000).orElseThrow();

            assertThat(got.from().getPort()).isEqualTo(one.connector.port());
            assertThat(resultOf(id)).isInstanceOfSatisfying(ConnectionRequestDelivered.class, delivered -> {
                assertThat(delivered.transport()).isEqualTo("stun");
                assertThat(delivered.address()).isEqualTo(binding.address());
            });
            assertThat(binding.connector()).isEqualTo("one");
            assertThat(binding.lapsed()).isFalse();
        }
    }

    @Test
    void tellsKafkaOfABindingOnceAndNotOfItsKeepAlives() throws Exception {
        DeviceKey device = DeviceKey.parse("default/001122-Box-2");
        RunningConnector one = instance("one");
        try (Question cpe = new Question("127.0.0.1");
                Question moved = new Question("127.0.0.1")) {
            for (int i = 0; i < 50; i++) {
                one.keepAlive(cpe, device);
            }
            one.keepAlive(moved, device);

            await().atMost(PATIENCE).until(() -> told(device).size() >= 2);
            assertThat(told(device))
                    .extracting(UdpBinding::address)
                    .containsExactly(
                            "127.0.0.1:" + cpe.address().getPort(),
                            "127.0.0.1:" + moved.address().getPort());
        }
    }

    @Test
    void asksTheInstanceThatHoldsTheBinding() throws Exception {
        DeviceKey left = DeviceKey.parse("default/001122-Box-3");
        DeviceKey right = DeviceKey.parse("default/001122-Box-4");
        RunningConnector one = instance("one");
        RunningConnector two = instance("two");
        try (Question atOne = new Question("127.0.0.1");
                Question atTwo = new Question("127.0.0.1")) {
            one.keepAlive(atOne, left);
            two.keepAlive(atTwo, right);
            await().atMost(PATIENCE)
                    .until(() -> binding(left).connector().equals("one")
                            && binding(right).connector().equals("two")
                            && binding(left).partition() != binding(right).partition());

            WakeUpId first = wake(left, binding(left).partition());
            WakeUpId second = wake(right, binding(right).partition());

            assertThat(atOne.next(30_000).orElseThrow().from().getPort()).isEqualTo(one.connector.port());
            assertThat(atTwo.next(30_000).orElseThrow().from().getPort()).isEqualTo(two.connector.port());
            assertThat(resultOf(first)).isInstanceOf(ConnectionRequestDelivered.class);
            assertThat(resultOf(second)).isInstanceOf(ConnectionRequestDelivered.class);
        }
    }

    @Test
    void letsGoOfADeviceThatAsksAnotherInstance() throws Exception {
        DeviceKey device = DeviceKey.parse("default/001122-Box-5");
        RunningConnector one = instance("one");
        RunningConnector two = instance("two");
        try (Question cpe = new Question("127.0.0.1")) {
            one.keepAlive(cpe, device);
            int partition = binding(device).partition();
            await().pollDelay(Duration.ofMillis(1_100)).until(() -> true); // seconds tell which is newer
            two.keepAlive(cpe, device);
            await().atMost(PATIENCE).until(() -> binding(device).connector().equals("two"));
            await().atMost(PATIENCE).until(() -> one.connector.bindings().of(device) instanceof Whereabouts.Unheard);

            WakeUpId id = wake(device, one.connector.partition().orElse(partition));

            assertThat(resultOf(id)).isInstanceOf(ConnectionRequestUnreachable.class);
        }
    }

    @Test
    void knowsItsBindingsAgainAfterItWasKilled() throws Exception {
        DeviceKey device = DeviceKey.parse("default/001122-Box-6");
        RunningConnector one = instance("one");
        try (Question cpe = new Question("127.0.0.1")) {
            one.keepAlive(cpe, device);
            UdpBinding binding = binding(device);
            stop(one);
            WakeUpId lost = wake(device, binding.partition());

            RunningConnector again = instance("one");
            int partition = again.connector.partition().orElseThrow();
            WakeUpId id = wake(device, partition);

            assertThat(resultOf(id)).isInstanceOf(ConnectionRequestDelivered.class);
            assertThat(request(cpe)).startsWith("GET http://127.0.0.1:");
            // What nobody took has no result: whoever asked sees that and asks again.
            assertThat(results).doesNotContainKey(lost);
        }
    }

    @Test
    void whatWasUnderWayEndsWithTheConnectorAndTheNextRequestGoesOut() throws Exception {
        DeviceKey device = DeviceKey.parse("default/001122-Box-10");
        Map<String, String> slow = Map.of("homeward.stun-connector.copies", "0ms,3s,6s,9s");
        RunningConnector one = instance("one", slow);
        try (Question cpe = new Question("127.0.0.1")) {
            one.keepAlive(cpe, device);
            wake(device, binding(device).partition());
            String underWay = request(cpe);
            stop(one);

            RunningConnector again = instance("one", slow);
            WakeUpId id = wake(device, again.connector.partition().orElseThrow());

            assertThat(resultOf(id)).isInstanceOf(ConnectionRequestDelivered.class);
            assertThat(request(cpe)).isNotEqualTo(underWay);
        }
    }

    @Test
    void tellsThatABindingLapsed() throws Exception {
        DeviceKey device = DeviceKey.parse("default/001122-Box-7");
        RunningConnector one = instance("one", Map.of("homeward.stun-connector.binding-lifetime", "1s"));
        try (Question cpe = new Question("127.0.0.1")) {
            one.keepAlive(cpe, device);

            await().atMost(PATIENCE).until(() -> binding(device).lapsed());

            WakeUpId id = wake(device, binding(device).partition());
            assertThat(resultOf(id))
                    .isInstanceOfSatisfying(
                            ConnectionRequestUnreachable.class,
                            unreachable -> assertThat(unreachable.cause()).startsWith("binding expired "));
        }
    }

    @Test
    void sendsCopiesUntilItIsToldToStop() throws Exception {
        DeviceKey device = DeviceKey.parse("default/001122-Box-8");
        RunningConnector one = instance("one", Map.of("homeward.stun-connector.copies", "0ms,10ms,20ms,30s"));
        try (Question cpe = new Question("127.0.0.1")) {
            one.keepAlive(cpe, device);
            int partition = binding(device).partition();
            WakeUpId id = wake(device, partition);
            String first = request(cpe);
            assertThat(request(cpe)).isEqualTo(first);
            assertThat(request(cpe)).isEqualTo(first);

            publisher.publish(
                    Topic.WAKEUP_REQUESTS_STUN, partition, events.event(device, new StopUdpConnectionRequest(id)));

            WakeUpId next = wake(device, partition);
            resultOf(next);
            assertThat(request(cpe)).isNotEqualTo(first);
        }
    }

    @Test
    void goesOnWhenTheClockIsPutBack() throws Exception {
        DeviceKey device = DeviceKey.parse("default/001122-Box-9");
        RunningConnector one = instance("one", Map.of("homeward.stun-connector.copies", "0ms"));
        try (Question cpe = new Question("127.0.0.1")) {
            one.keepAlive(cpe, device);
            int partition = binding(device).partition();
            resultOf(wake(device, partition));
            String before = request(cpe).replaceAll(".*ts=(\\d+).*(?s:.*)", "$1");

            now = now.minus(Duration.ofHours(3));

            assertThat(resultOf(wake(device, partition))).isInstanceOf(ConnectionRequestDelivered.class);
            assertThat(request(cpe).replaceAll(".*ts=(\\d+).*(?s:.*)", "$1")).isEqualTo(before);
        }
    }
}
