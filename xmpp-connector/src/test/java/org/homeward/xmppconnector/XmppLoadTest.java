package org.homeward.xmppconnector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.homeward.backends.kafka.EmbeddedKafka;
import org.homeward.contracts.WakeUpId;
import org.homeward.contracts.wakeup.WakeUpResult.ConnectionRequestDelivered;
import org.homeward.contracts.wakeup.XmppWakeUp.DeliverXmppConnectionRequest;
import org.homeward.xmppconnector.server.FakeFleet;
import org.homeward.xmppconnector.server.Prosody;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What many devices cost. It counts on every run; what it logs is a figure where nothing else runs on the machine. */
@Timeout(300)
class XmppLoadTest {

    private static final Logger LOG = Logger.getLogger(XmppLoadTest.class);
    private static final int DEVICES = 10_000;
    private static final String SECRET = "s3cret-s3cret-s3cret-s3cre";

    private static EmbeddedKafka kafka;
    private static Prosody server;
    private static Desk desk;

    @BeforeAll
    static void start() throws Exception {
        server = Prosody.started();
        kafka = EmbeddedKafka.temporary().start();
        desk = new Desk(kafka.bootstrapServers());
    }

    @AfterAll
    static void stop() throws Exception {
        if (server != null) {
            desk.close();
            kafka.close();
            server.close();
        }
    }

    private static RunningConnector connector() {
        return new RunningConnector(
                        kafka.bootstrapServers(), server, "one", Map.of("homeward.xmpp-connector.answer-timeout", "4m"))
                .signedIn();
    }

    private static WakeUpId ask(int number) {
        WakeUpId id = WakeUpId.random();
        Instant deadline = Clock.systemUTC().instant().plusSeconds(240);
        desk.askMany(
                Desk.device(number),
                new DeliverXmppConnectionRequest(id, FakeFleet.jabberId(number), "acs", SECRET, deadline));
        return id;
    }

    private static long usedHeap() {
        for (int i = 0; i < 4; i++) {
            System.gc();
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    @Test
    void holdsManyRequestsThatWaitForAnAnswer() throws Exception {
        try (RunningConnector running = connector();
                FakeFleet fleet = FakeFleet.at(server)) {
            WakeUpId warm = ask(0);
            await().atMost(Desk.PATIENCE).until(() -> desk.results.containsKey(warm));
            fleet.hold();
            int threads = Thread.getAllStackTraces().size();
            long before = usedHeap();
            long cpu = server.cpu();
            List<WakeUpId> asked = new ArrayList<>();
            for (int i = 0; i < DEVICES; i++) {
                asked.add(ask(i));
                LockSupport.parkNanos(200_000);
            }
            await().atMost(Duration.ofSeconds(120)).until(() -> fleet.asked() > DEVICES);

            int underWay = running.connector.stream().underWay();
            int threadsMore = Thread.getAllStackTraces().size() - threads;
            long bytes = (usedHeap() - before) / DEVICES;
            fleet.answerAll();

            await().atMost(Duration.ofSeconds(120))
                    .until(() -> desk.results.keySet().containsAll(asked));
            LOG.infof(
                    "%d requests wait for an answer: %d bytes of heap each, those of the fake devices that hold them"
                            + " included, %d threads more; then all answered, at %d µs of CPU each in Prosody",
                    underWay, bytes, threadsMore, (server.cpu() - cpu) / 1_000 / DEVICES);
            assertThat(underWay).isGreaterThanOrEqualTo(DEVICES);
            assertThat(threadsMore).isLessThan(100);
            assertThat(asked).allMatch(id -> desk.results.get(id) instanceof ConnectionRequestDelivered);
        }
    }

    @Test
    void answersWithinMillisecondsOfARequest() throws Exception {
        int perSecond = 200;
        int requests = 15 * perSecond;
        try (RunningConnector running = connector();
                FakeFleet fleet = FakeFleet.at(server)) {
            WakeUpId warm = ask(0);
            await().atMost(Desk.PATIENCE).until(() -> desk.results.containsKey(warm));
            WakeUpId[] asked = new WakeUpId[requests];
            long[] at = new long[requests];
            long start = System.nanoTime();

            for (int i = 0; i < requests; i++) {
                LockSupport.parkNanos(start + i * 1_000_000_000L / perSecond - System.nanoTime());
                at[i] = System.nanoTime();
                asked[i] = ask(i);
            }

            await().atMost(Desk.PATIENCE).until(() -> desk.arrivals.keySet().containsAll(List.of(asked)));
            List<Long> micros = new ArrayList<>();
            // the first seconds are those of a JVM that wakes up
            for (int i = 5 * perSecond; i < requests; i++) {
                micros.add((desk.arrivals.getOrDefault(asked[i], Long.MAX_VALUE) - at[i]) / 1_000);
            }
            micros.sort(null);
            LOG.infof(
                    "%d requests a second, published to the result read: p50 %d µs, p99 %d µs, longest %d µs",
                    perSecond, micros.get(micros.size() / 2), micros.get(micros.size() * 99 / 100), micros.getLast());
            assertThat(fleet.asked()).isGreaterThanOrEqualTo(requests);
            assertThat(running.connector.stream().underWay()).isZero();
        }
    }
}
