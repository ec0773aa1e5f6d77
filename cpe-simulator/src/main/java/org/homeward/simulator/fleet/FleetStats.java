package org.homeward.simulator.fleet;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.homeward.simulator.SessionReport;

/** Counts what the devices of a fleet go through, from any number of threads. */
public final class FleetStats {

    /** Percentiles of a duration. */
    public record Latency(Duration p50, Duration p95, Duration p99) {}

    /**
     * The figures so far.
     *
     * @param exchange the time from an HTTP request to its answer
     * @param session the time from connecting to the end of the session
     * @param rpcs RPCs of the ACS by method
     * @param failures failed sessions by reason
     */
    public record Snapshot(
            long sessions,
            long failed,
            long cwmpFaults,
            Map<String, Long> rpcs,
            Map<String, Long> failures,
            Latency exchange,
            Latency session) {}

    private static final int MAX_REASONS = 50;
    private final LongAdder sessions = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final LongAdder faults = new LongAdder();
    private final Map<String, LongAdder> rpcs = new ConcurrentHashMap<>();
    private final Map<String, LongAdder> failures = new ConcurrentHashMap<>();
    private final LatencyHistogram exchanges = new LatencyHistogram();
    private final LatencyHistogram durations = new LatencyHistogram();

    void add(SessionReport report) {
        sessions.increment();
        durations.add(report.duration());
        report.whyFailed().ifPresent(why -> {
            failed.increment();
            String reason = failures.size() < MAX_REASONS || failures.containsKey(why) ? why : "other";
            failures.computeIfAbsent(reason, r -> new LongAdder()).increment();
        });
        faults.add(report.faults().size());
        report.rpcs()
                .forEach(method ->
                        rpcs.computeIfAbsent(method, m -> new LongAdder()).increment());
        report.exchanges().forEach(e -> exchanges.add(e.duration()));
    }

    public Snapshot snapshot() {
        return new Snapshot(
                sessions.sum(),
                failed.sum(),
                faults.sum(),
                sums(rpcs),
                sums(failures),
                latency(exchanges),
                latency(durations));
    }

    private static Map<String, Long> sums(Map<String, LongAdder> adders) {
        Map<String, Long> sums = new TreeMap<>();
        adders.forEach((name, adder) -> sums.put(name, adder.sum()));
        return sums;
    }

    private static Latency latency(LatencyHistogram histogram) {
        return new Latency(histogram.percentile(0.50), histogram.percentile(0.95), histogram.percentile(0.99));
    }
}
