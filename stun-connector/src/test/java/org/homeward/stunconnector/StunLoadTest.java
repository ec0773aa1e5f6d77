package org.homeward.stunconnector;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.homeward.backends.kafka.EmbeddedKafka;
import org.homeward.contracts.DeviceKey;
import org.homeward.contracts.Topic;
import org.homeward.contracts.WakeUpId;
import org.homeward.contracts.wakeup.UdpWakeUp.DeliverUdpConnectionRequest;
import org.homeward.kit.events.EventFactory;
import org.homeward.kit.events.EventPublisher;
import org.homeward.kit.events.KafkaConfig;
import org.homeward.simulator.nat.UdpLoop;
import org.homeward.stunconnector.binding.BindingTimes;
import org.homeward.stunconnector.binding.Bindings;
import org.homeward.stunconnector.server.udp.Question;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What many devices cost. It counts on every run; what it logs is a figure where nothing else runs on the machine. */
@Timeout(300)
class StunLoadTest {

    private static final Logger LOG = Logger.getLogger(StunLoadTest.class);
    private static final int DEVICES = 10_000;
    private static final int MANY = 200_000;

    private static DeviceKey device(int number) {
        return DeviceKey.parse("default/001122-HG2400-SN%08d".formatted(number));
    }

    private static long usedHeap() {
        for (int i = 0; i < 4; i++) {
            System.gc();
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    @Test
    void holdsManyBindings() {
        Bindings bindings = new Bindings(
                new BindingTimes(Duration.ofMinutes(3), Duration.ofHours(1), Duration.ofMinutes(30)), System::nanoTime);
        long before = usedHeap();
        for (int i = 0; i < MANY; i++) {
            bindings.heard(device(i), new InetSocketAddress(InetAddress.ofLiteral("192.0.2.7"), 1_024 + i % 60_000));
        }

        long after = usedHeap();

        LOG.infof("%d bindings: %d bytes each", MANY, (after - before) / MANY);
        assertThat(bindings.size()).isEqualTo(MANY);
    }

    @Test
    void takesManyKeepAlives() throws Exception {
        try (EmbeddedKafka kafka = EmbeddedKafka.temporary().start();
                RunningConnector running =
                        new RunningConnector(kafka.bootstrapServers(), "one", Clock.systemUTC(), Map.of());
                Question cpe = new Question("127.0.0.1")) {
            List<byte[]> keepAlives = new ArrayList<>();
            for (int i = 0; i < DEVICES; i++) {
                keepAlives.add(RunningConnector.keepAliveOf(device(i)));
            }
            for (int warmUp = 0; warmUp < 4; warmUp++) {
                all(keepAlives, cpe, running.connector.port());
            }
            long cpu = cpuOfSockets();
            long began = System.nanoTime();

            all(keepAlives, cpe, running.connector.port());

            LOG.infof(
                    "%d keep-alives, signed and answered signed: %d µs of CPU each on the socket's thread, %d a second with"
                            + " 32 under way",
                    DEVICES,
                    (cpuOfSockets() - cpu) / 1_000 / DEVICES,
                    DEVICES * 1_000_000_000L / (System.nanoTime() - began));
            assertThat(running.connector.bindings().size()).isEqualTo(DEVICES);
        }
    }

    /** Some of them under way at a time, as many as come back. */
    private static void all(List<byte[]> questions, Question cpe, int port) throws Exception {
        int underWay = 0;
        for (byte[] question : questions) {
            cpe.send(question, port);
            if (++underWay == 32) {
                assertThat(cpe.next(20_000)).isPresent();
                underWay--;
            }
        }
        while (underWay-- > 0) {
            assertThat(cpe.next(20_000)).isPresent();
        }
    }

    private static long cpuOfSockets() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        return Arrays.stream(threads.getThreadInfo(threads.getAllThreadIds()))
                .filter(info -> info != null && info.getThreadName().matches("stun-\\d+-\\d+"))
                .mapToLong(info -> threads.getThreadCpuTime(info.getThreadId()))
                .sum();
    }

    @Test
    void sendsWithinMillisecondsOfAnOrder() throws Exception {
        int perSecond = 200;
        int requests = 15 * perSecond;
        Map<String, Long> arrived = new ConcurrentHashMap<>();
        UdpLoop loop = new UdpLoop();
        try (loop;
                EmbeddedKafka kafka = EmbeddedKafka.temporary().start();
                RunningConnector running = new RunningConnector(
                        kafka.bootstrapServers(),
                        "one",
                        Clock.systemUTC(),
                        Map.of("homeward.stun-connector.copies", "0ms"))) {
            var meters = new io.micrometer.core.instrument.simple.SimpleMeterRegistry();
            EventPublisher publisher =
                    new EventPublisher(KafkaConfig.forBroker(kafka.bootstrapServers()), meters).start();
            publisher.ready().toCompletableFuture().get(60, TimeUnit.SECONDS);
            EventFactory events = new EventFactory(Clock.systemUTC(), "/test");
            UdpLoop.Port cpes = loop.open(new InetSocketAddress("127.0.0.1", 0), (from, datagram) -> {
                String text = new String(datagram, US_ASCII);
                int name = text.indexOf("&un=");
                if (name >= 0) {
                    arrived.put(text.substring(name + 4, text.indexOf('&', name + 4)), System.nanoTime());
                }
            });
            for (int i = 0; i < 1_000; i++) {
                cpes.send(
                        RunningConnector.keepAliveOf(device(i)),
                        new InetSocketAddress("127.0.0.1", running.connector.port()));
                LockSupport.parkNanos(20_000);
            }
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> running.connector.bindings().size() > 900);
            int partition = running.connector.partition().orElseThrow();
            long[] asked = new long[requests];
            long start = System.nanoTime();

            for (int i = 0; i < requests; i++) {
                LockSupport.parkNanos(start + i * 1_000_000_000L / perSecond - System.nanoTime());
                asked[i] = System.nanoTime();
                publisher.publish(
                        Topic.WAKEUP_REQUESTS_STUN,
                        partition,
                        events.event(
                                device(i % 900),
                                new DeliverUdpConnectionRequest(
                                        WakeUpId.random(),
                                        "r" + i,
                                        "s3cret",
                                        "",
                                        "",
                                        Clock.systemUTC().instant().plusSeconds(30))));
            }

            await().atMost(Duration.ofSeconds(60)).until(() -> arrived.size() > requests * 9 / 10);
            List<Long> micros = new ArrayList<>();
            // the first seconds are those of a JVM that wakes up
            for (int i = 5 * perSecond; i < requests; i++) {
                Long at = arrived.get("r" + i);
                if (at != null) {
                    micros.add((at - asked[i]) / 1_000);
                }
            }
            micros.sort(null);
            LOG.infof(
                    "%d requests a second, published to received by UDP: p50 %d µs, p99 %d µs, longest %d µs; %d of %d"
                            + " arrived",
                    perSecond,
                    micros.get(micros.size() / 2),
                    micros.get(micros.size() * 99 / 100),
                    micros.getLast(),
                    arrived.size(),
                    requests);
            publisher.close();
            assertThat(micros).isNotEmpty();
        }
    }
}
