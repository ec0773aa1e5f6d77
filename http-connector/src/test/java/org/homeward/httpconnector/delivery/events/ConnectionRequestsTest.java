package org.homeward.httpconnector.delivery.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.homeward.backends.kafka.EmbeddedKafka;
import org.homeward.contracts.DeviceKey;
import org.homeward.contracts.Topic;
import org.homeward.contracts.WakeUpId;
import org.homeward.contracts.wakeup.DeliverConnectionRequest;
import org.homeward.contracts.wakeup.WakeUpResult;
import org.homeward.contracts.wakeup.WakeUpResult.ConnectionRequestDelivered;
import org.homeward.contracts.wakeup.WakeUpResult.ConnectionRequestUnreachable;
import org.homeward.httpconnector.delivery.ConnectionRequestExchange;
import org.homeward.httpconnector.delivery.Delivery;
import org.homeward.httpconnector.delivery.ExchangeSettings;
import org.homeward.httpconnector.delivery.NetworkPace;
import org.homeward.httpconnector.delivery.ScriptedCpe;
import org.homeward.httpconnector.digest.Credential;
import org.homeward.httpconnector.egress.EgressRule;
import org.homeward.kit.consumer.ConsumerSpec;
import org.homeward.kit.consumer.Consumers;
import org.homeward.kit.consumer.TailSpec;
import org.homeward.kit.events.EventFactory;
import org.homeward.kit.events.EventPublisher;
import org.homeward.kit.events.KafkaConfig;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ConnectionRequestsTest {

    private static final Logger LOG = Logger.getLogger(ConnectionRequestsTest.class);
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(30);

    /** Its own: a connector that another test left running on the shared one would take half of the requests. */
    private static final EmbeddedKafka KAFKA = EmbeddedKafka.temporary().start();

    private record Seen(DeviceKey device, WakeUpResult result, long nanos) {}

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final KafkaConfig config = KafkaConfig.forBroker(KAFKA.bootstrapServers());
    private final EventPublisher publisher = new EventPublisher(config, meters).start();
    private final Consumers consumers = new Consumers(config, publisher, meters);
    private final EventFactory events = new EventFactory(Clock.systemUTC(), "/test");
    private final ConnectionRequestExchange exchange = new ConnectionRequestExchange(new ExchangeSettings(
            Duration.ofSeconds(1),
            Duration.ofMillis(100),
            Credential.Policy.DIGEST_ONLY,
            ExchangeSettings.tls(false),
            false,
            List.of()));
    private final Map<WakeUpId, Seen> results = new ConcurrentHashMap<>();

    @BeforeEach
    void followResults() throws Exception {
        publisher.ready().toCompletableFuture().get(30, TimeUnit.SECONDS);
        consumers
                .follow(TailSpec.fromEnd(
                        "results",
                        Topic.WAKEUP_RESULTS,
                        deliveries -> deliveries.forEach(delivery -> {
                            if (delivery instanceof org.homeward.kit.consumer.Delivery.Arrived arrived
                                    && arrived.event().data() instanceof WakeUpResult result) {
                                results.put(result.request(), new Seen(arrived.key(), result, System.nanoTime()));
                            }
                        })))
                .caughtUp()
                .toCompletableFuture()
                .get(30, TimeUnit.SECONDS);
    }

    @AfterAll
    static void stopKafka() {
        KAFKA.close();
    }

    @AfterEach
    void close() {
        consumers.close();
        publisher.close();
        exchange.close();
    }

    private ConnectionRequests connector(int maxInFlight) {
        ConnectionRequests requests = new ConnectionRequests(
                new Delivery(
                        new EgressRule(List.of(), List.of(), InetAddress::getByName),
                        exchange,
                        password -> Optional.of(password),
                        ANSWER_TIMEOUT,
                        Duration.ofMillis(50),
                        new NetworkPace(1_000, System::nanoTime),
                        Clock.systemUTC()),
                publisher,
                events,
                maxInFlight,
                Duration.ofSeconds(10),
                meters);
        var consumer =
                consumers.start(ConsumerSpec.of("http-connector", List.of(Topic.WAKEUP_REQUESTS_HTTP), requests));
        await().atMost(Duration.ofSeconds(30)).until(consumer::isReady);
        return requests;
    }

    private static DeviceKey device(int number) {
        return DeviceKey.parse("default/001122-Box-" + number);
    }

    private WakeUpId wake(DeviceKey device, ScriptedCpe cpe) {
        WakeUpId id = WakeUpId.random();
        publisher.publish(
                Topic.WAKEUP_REQUESTS_HTTP,
                events.event(
                        device,
                        new DeliverConnectionRequest(
                                id,
                                cpe.urlText(),
                                ScriptedCpe.USERNAME,
                                ScriptedCpe.PASSWORD,
                                "127.0.0.1",
                                Clock.systemUTC().instant().plusSeconds(30))));
        return id;
    }

    private Seen resultOf(WakeUpId id) {
        return await().atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(2))
                .until(() -> results.get(id), seen -> seen != null);
    }

    @Test
    void saysUnderTheDevicesKeyHowItWent() throws Exception {
        connector(10);
        try (ScriptedCpe cpe = ScriptedCpe.wellBehaved()) {
            WakeUpId id = wake(device(1), cpe);

            Seen seen = resultOf(id);

            assertThat(seen.device()).isEqualTo(device(1));
            assertThat(seen.result()).isInstanceOf(ConnectionRequestDelivered.class);
            assertThat(cpe.accepted).hasValue(1);
        }
    }

    @Test
    void isDoneWithinMillisecondsOnceWarm() throws Exception {
        connector(10);
        try (ScriptedCpe cpe = ScriptedCpe.wellBehaved()) {
            List<Long> micros = new ArrayList<>();
            for (int i = 0; i < 300; i++) {
                long began = System.nanoTime();
                WakeUpId id = wake(device(i), cpe);
                Seen seen = resultOf(id);
                if (i >= 100) {
                    micros.add((seen.nanos() - began) / 1_000);
                }
            }
            micros.sort(null);

            LOG.infof(
                    "one at a time, Kafka to Kafka: p50 %d µs, p99 %d µs",
                    micros.get(micros.size() / 2), micros.get(micros.size() * 99 / 100));
            assertThat(micros.get(micros.size() / 2)).isLessThan(200_000);
        }
    }

    @Test
    void letsNobodyWaitForThoseThatHang() throws Exception {
        connector(2_000);
        try (ScriptedCpe good = ScriptedCpe.wellBehaved();
                ScriptedCpe hanging = ScriptedCpe.that(ScriptedCpe.Connection::hang)) {
            resultOf(wake(device(0), good));
            long began = System.nanoTime();
            List<WakeUpId> stuck = new ArrayList<>();
            List<WakeUpId> others = new ArrayList<>();
            for (int i = 1; i <= 500; i++) {
                (i % 5 == 0 ? stuck : others).add(wake(device(i), i % 5 == 0 ? hanging : good));
            }

            List<Long> millis = others.stream()
                    .map(this::resultOf)
                    .peek(seen -> assertThat(seen.result()).isInstanceOf(ConnectionRequestDelivered.class))
                    .map(seen -> (seen.nanos() - began) / 1_000_000)
                    .sorted()
                    .toList();

            LOG.infof(
                    "400 at once beside 100 that hang: p50 %d ms, last %d ms after the first was asked for",
                    millis.get(millis.size() / 2), millis.getLast());
            assertThat(results).doesNotContainKeys(stuck.toArray(WakeUpId[]::new));
            hanging.close();
            assertThat(stuck)
                    .map(this::resultOf)
                    .allSatisfy(seen -> assertThat(seen.result()).isInstanceOf(ConnectionRequestUnreachable.class));
            assertThat(meters.get("homeward.connection.requests")
                            .tag("outcome", "unreachable")
                            .timer()
                            .count())
                    .isEqualTo(100);
        }
    }

    @Test
    void waitsForAPlaceWhenTooManyAreUnderWay() throws Exception {
        connector(3);
        CountDownLatch mayAnswer = new CountDownLatch(1);
        try (ScriptedCpe cpe = ScriptedCpe.that(connection -> {
            connection.request();
            try {
                mayAnswer.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            connection.accept();
        })) {
            List<WakeUpId> ids = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                ids.add(wake(device(i), cpe));
            }
            await().until(() -> cpe.connections.get() == 3);
            await().during(Duration.ofMillis(300)).until(() -> cpe.connections.get() == 3);

            mayAnswer.countDown();

            assertThat(ids)
                    .map(this::resultOf)
                    .allSatisfy(seen -> assertThat(seen.result()).isInstanceOf(ConnectionRequestDelivered.class));
        }
    }

    @Test
    void finishesWhatIsUnderWayBeforeItCloses() throws Exception {
        ConnectionRequests connector = connector(10);
        CountDownLatch mayAnswer = new CountDownLatch(1);
        CountDownLatch asked = new CountDownLatch(1);
        try (ScriptedCpe cpe = ScriptedCpe.that(connection -> {
            connection.request();
            asked.countDown();
            try {
                mayAnswer.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            connection.accept();
        })) {
            WakeUpId id = wake(device(1), cpe);
            asked.await();
            Thread closing = Thread.ofVirtual().start(connector::close);
            await().during(Duration.ofMillis(200)).until(closing::isAlive);

            mayAnswer.countDown();

            closing.join();
            assertThat(resultOf(id).result()).isInstanceOf(ConnectionRequestDelivered.class);
        }
    }
}
