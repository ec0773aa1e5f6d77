package org.homeward.httpconnector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
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
import org.homeward.httpconnector.delivery.events.ConnectionRequests;
import org.homeward.httpconnector.digest.Credential;
import org.homeward.httpconnector.egress.EgressRule;
import org.homeward.kit.consumer.ConsumerSpec;
import org.homeward.kit.consumer.Consumers;
import org.homeward.kit.consumer.TailSpec;
import org.homeward.kit.events.EventFactory;
import org.homeward.kit.events.EventPublisher;
import org.homeward.kit.events.KafkaConfig;
import org.homeward.simulator.http.DigestServer;
import org.homeward.simulator.http.Headers;
import org.homeward.simulator.http.SmallHttpServer;
import org.homeward.simulator.http.SmallHttpServer.Answer;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Whether those that are dead delay those that live: Kafka to Kafka, with a CPE that challenges by Digest, and dead ones
 * of which half refuse and half swallow every packet. Modest by default; {@code -Dhomeward.load.http.rate=2000} and
 * {@code -Dhomeward.load.http.seconds=10} make it a measurement, which it logs.
 */
@Timeout(300)
class HttpLoadTest {

    private static final Logger LOG = Logger.getLogger(HttpLoadTest.class);
    private static final int RATE = Integer.getInteger("homeward.load.http.rate", 150);
    private static final int SECONDS = Integer.getInteger("homeward.load.http.seconds", 2);
    private static final Duration PATIENCE = Duration.ofSeconds(120);

    private final EmbeddedKafka broker = EmbeddedKafka.temporary().start();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final KafkaConfig kafka = KafkaConfig.forBroker(broker.bootstrapServers());
    private final EventPublisher publisher = new EventPublisher(kafka, meters).start();
    private final Consumers consumers = new Consumers(kafka, publisher, meters);
    private final EventFactory events = new EventFactory(Clock.systemUTC(), "/test");
    private final ConnectionRequestExchange exchange = new ConnectionRequestExchange(new ExchangeSettings(
            Duration.ofSeconds(3),
            Duration.ofSeconds(1),
            Credential.Policy.DIGEST_ONLY,
            ExchangeSettings.tls(false),
            false,
            List.of()));
    private final DigestServer digest = new DigestServer("cpe", "MD5");
    private final SmallHttpServer living = SmallHttpServer.start(0, this::answer);
    private final ServerSocket swallowing = swallowing();
    private final List<Socket> waiting = new ArrayList<>();
    private final Map<WakeUpId, Seen> results = new ConcurrentHashMap<>();
    private int device;

    private record Seen(WakeUpResult result, long nanos) {}

    /** Nothing is taken from its queue, and once that is full no connection comes about. */
    private static ServerSocket swallowing() {
        try {
            return new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private Answer answer(SmallHttpServer.Request request) {
        return digest.accepts(request.headers().first("Authorization"), "GET", name -> "secret")
                ? Answer.of(204)
                : new Answer(401, new Headers().add("WWW-Authenticate", digest.challenge()), new byte[0]);
    }

    @BeforeEach
    void start() throws Exception {
        for (int i = 0; i < 2; i++) {
            Socket one = new Socket();
            one.connect(swallowing.getLocalSocketAddress());
            waiting.add(one);
        }
        publisher.ready().toCompletableFuture().get(60, TimeUnit.SECONDS);
        consumers
                .follow(TailSpec.fromEnd(
                        "results",
                        Topic.WAKEUP_RESULTS,
                        deliveries -> deliveries.forEach(delivery -> {
                            if (delivery instanceof org.homeward.kit.consumer.Delivery.Arrived arrived
                                    && arrived.event().data() instanceof WakeUpResult result) {
                                results.put(result.request(), new Seen(result, System.nanoTime()));
                            }
                        })))
                .caughtUp()
                .toCompletableFuture()
                .get(60, TimeUnit.SECONDS);
        ConnectionRequests requests = new ConnectionRequests(
                new Delivery(
                        new EgressRule(List.of(), List.of(), InetAddress::getByName),
                        exchange,
                        Optional::of,
                        Duration.ofSeconds(5),
                        Duration.ofMillis(250),
                        new NetworkPace(1_000, System::nanoTime),
                        Clock.systemUTC()),
                publisher,
                events,
                10_000,
                Duration.ofSeconds(10),
                meters);
        var consumer =
                consumers.start(ConsumerSpec.of("http-connector", List.of(Topic.WAKEUP_REQUESTS_HTTP), requests));
        await().atMost(PATIENCE).until(consumer::isReady);
    }

    @AfterEach
    void stop() throws IOException {
        consumers.close();
        publisher.close();
        exchange.close();
        living.close();
        for (Socket each : waiting) {
            each.close();
        }
        swallowing.close();
        broker.close();
    }

    private WakeUpId wake(int port) {
        WakeUpId id = WakeUpId.random();
        publisher.publish(
                Topic.WAKEUP_REQUESTS_HTTP,
                events.event(
                        DeviceKey.parse("default/001122-Box-" + ++device),
                        new DeliverConnectionRequest(
                                id,
                                "http://127.0.0.1:" + port + "/cr",
                                "acs",
                                "secret",
                                "127.0.0.1",
                                Clock.systemUTC().instant().plusSeconds(60))));
        return id;
    }

    private Seen seen(WakeUpId id) {
        return Objects.requireNonNull(results.get(id));
    }

    /** What one round came to. @param millis of the living, sorted */
    private record Round(double[] millis, int dead, int inFlight, double attempted) {
        double at(double share) {
            return millis[(int) Math.min(millis.length - 1, millis.length * share)];
        }
    }

    /** As many living ones with the dead as without, or their own number would be what is measured. */
    private Round round(boolean withDead, int refusing, int seconds) {
        Map<WakeUpId, Long> live = new ConcurrentHashMap<>();
        List<WakeUpId> dead = new ArrayList<>();
        int inFlight = 0;
        long start = System.nanoTime();
        for (int i = 0; i < RATE * seconds; i++) {
            long due = start + i * 1_000_000_000L / RATE;
            while (System.nanoTime() < due) {
                LockSupport.parkNanos(due - System.nanoTime());
            }
            if (i % 3 != 0) {
                long began = System.nanoTime();
                live.put(wake(living.port()), began);
            } else if (withDead) {
                dead.add(wake(i % 6 == 0 ? refusing : swallowing.getLocalPort()));
            }
            if (i % 64 == 0) {
                inFlight = Math.max(inFlight, (int) meters.get("homeward.connection.requests.in.flight")
                        .gauge()
                        .value());
            }
        }
        double attempted = (live.size() + dead.size()) * 1e9 / (System.nanoTime() - start);
        await().atMost(PATIENCE)
                .until(() -> results.keySet().containsAll(live.keySet())
                        && results.keySet().containsAll(dead));
        assertThat(live.keySet())
                .allSatisfy(id -> assertThat(seen(id).result()).isInstanceOf(ConnectionRequestDelivered.class));
        assertThat(dead)
                .allSatisfy(id -> assertThat(seen(id).result()).isInstanceOf(ConnectionRequestUnreachable.class));
        double[] millis = live.entrySet().stream()
                .mapToDouble(each -> (seen(each.getKey()).nanos() - each.getValue()) / 1e6)
                .toArray();
        Arrays.sort(millis);
        return new Round(millis, dead.size(), inFlight, attempted);
    }

    private static void log(String what, Round round) {
        LOG.infof(
                "http, %s: %.0f/s attempted, %d living and %d dead, at most %d in flight; the living p50 %.1f ms,"
                        + " p99 %.1f ms, longest %.0f ms",
                what,
                round.attempted(),
                round.millis().length,
                round.dead(),
                round.inFlight(),
                round.at(0.5),
                round.at(0.99),
                round.at(1));
    }

    @Test
    void theDeadDoNotDelayTheLiving() throws Exception {
        try (Socket reserved = new Socket()) {
            // a port that is taken and that nobody listens on
            reserved.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            round(true, reserved.getLocalPort(), SECONDS);

            Round without = round(false, 0, SECONDS);
            Round with = round(true, reserved.getLocalPort(), SECONDS);

            log("nobody dead", without);
            log("a third dead", with);
            // those that are swallowed take 3 s each: had the others waited for them, all would have
            assertThat(with.at(0.5)).isLessThan(3_000);
        }
    }
}
