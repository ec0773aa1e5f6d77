package org.homeward.gateway;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import org.homeward.backends.kafka.EmbeddedKafka;

/**
 * What a steady session costs: Inform, empty POST, 204, with a brain that plans nothing. Gateway, broker and brain run in
 * this process; the CPU time of the threads that play CPEs is taken off. Arguments: sessions a second (0 for as many as
 * go), seconds to measure, seconds to warm
 * up.
 */
public final class SteadyLoad {

    private static final int CLIENTS = 24;

    private SteadyLoad() {}

    public static void main(String... arguments) throws Exception {
        int rate = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 0;
        int seconds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 20;
        int warmUp = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 15;
        try (EmbeddedKafka broker = EmbeddedKafka.temporary().start();
                GatewayFixture fixture = new GatewayFixture(broker.bootstrapServers(), "open", "true")) {
            LongAdder sessions = new LongAdder();
            LongAdder failed = new LongAdder();
            List<Thread> clients = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                String serial = "LOAD" + i;
                clients.add(
                        Thread.ofPlatform().daemon().start(() -> play(fixture.port(), serial, rate, sessions, failed)));
            }
            TimeUnit.SECONDS.sleep(warmUp);
            Map<String, Long> before = byThread();
            long count = sessions.sum();
            long cpu = processCpu() - cpuOf(clients);
            long began = System.nanoTime();
            TimeUnit.SECONDS.sleep(seconds);
            double took = (System.nanoTime() - began) / 1e9;
            double used = (processCpu() - cpuOf(clients) - cpu) / 1e9;
            long done = sessions.sum() - count;
            System.out.printf(
                    "%.0f sessions/s, %.0f sessions per CPU-second of gateway, broker and brain, %d failed, plan wait p99 %.1f ms%n",
                    done / took,
                    done / used,
                    failed.sum(),
                    fixture.meters
                                    .get("homeward.cwmp.plan.wait")
                                    .timer()
                                    .takeSnapshot()
                                    .percentileValues()[1]
                                    .value()
                            / 1e6);
            byThread().entrySet().stream()
                    .map(thread -> Map.entry(
                            thread.getKey(),
                            (thread.getValue() - before.getOrDefault(thread.getKey(), 0L)) / 1_000.0 / done))
                    .sorted(Map.Entry.<String, Double>comparingByValue().reversed())
                    .limit(12)
                    .forEach(thread ->
                            System.out.printf("  %6.1f µs a session  %s%n", thread.getValue(), thread.getKey()));
            clients.forEach(Thread::interrupt);
        }
        System.exit(0);
    }

    private static void play(int port, String serial, int rate, LongAdder sessions, LongAdder failed) {
        long pause = rate == 0 ? 0 : 1_000_000_000L * CLIENTS / rate;
        long next = System.nanoTime();
        try (RawCpe cpe = new RawCpe(port, serial)) {
            while (!Thread.currentThread().isInterrupted()) {
                boolean well =
                        cpe.inform("2 PERIODIC").status() == 200 && cpe.empty().status() == 204;
                (well ? sessions : failed).increment();
                cpe.cookie(null);
                next += pause;
                LockSupport.parkNanos(Math.max(0, next - System.nanoTime()));
            }
        }
    }

    /** CPU nanoseconds of Java threads, those of a kind together. */
    private static Map<String, Long> byThread() {
        var bean = ManagementFactory.getThreadMXBean();
        Map<String, Long> cpu = new HashMap<>();
        for (var thread : bean.getThreadInfo(bean.getAllThreadIds())) {
            if (thread != null) {
                cpu.merge(
                        thread.getThreadName().replaceAll("[0-9]+", "#"),
                        Math.max(0, bean.getThreadCpuTime(thread.getThreadId())),
                        Long::sum);
            }
        }
        return cpu;
    }

    private static long processCpu() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
    }

    private static long cpuOf(List<Thread> threads) {
        var bean = ManagementFactory.getThreadMXBean();
        return threads.stream()
                .mapToLong(thread -> bean.getThreadCpuTime(thread.threadId()))
                .sum();
    }
}
