package org.homeward.simulator.fleet;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.homeward.simulator.CpeIdentity;
import org.homeward.simulator.SessionReport;

/** Counts what the devices of a fleet go through, from any number of threads. */
public final class FleetStats {

    /** How long something took, how often. */
    public record Latency(long count, Duration sum, Duration p50, Duration p95, Duration p99) {}

    /**
     * The figures so far.
     *
     * @param failed sessions that failed, those apart that were refused
     * @param refused sessions that the ACS answered with HTTP 503
     * @param retries sessions of devices whose last one had failed or was refused
     * @param inSession devices in a session at this moment
     * @param exchange the time from an HTTP request to its answer
     * @param session the time from connecting to the end of the session
     * @param rpcs RPCs of the ACS by method
     * @param failures failed sessions by reason
     */
    public record Snapshot(
            long sessions,
            long failed,
            long refused,
            long retries,
            int inSession,
            long cwmpFaults,
            Map<String, Long> rpcs,
            Map<String, Long> failures,
            Latency exchange,
            Latency session) {

        /** Sessions that succeeded. */
        public long ok() {
            return sessions - failed - refused;
        }

        /** RPCs of the ACS, of whatever method. */
        public long rpcCount() {
            return rpcs.values().stream().mapToLong(Long::longValue).sum();
        }
    }

    private static final int MAX_REASONS = 50;
    private final LongAdder sessions = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final LongAdder retries = new LongAdder();
    private final LongAdder faults = new LongAdder();
    /** Devices whose last session did not succeed. */
    private final Set<CpeIdentity> troubled = ConcurrentHashMap.newKeySet();

    private final Map<String, LongAdder> rpcs = new ConcurrentHashMap<>();
    private final Map<String, LongAdder> failures = new ConcurrentHashMap<>();
    private final LatencyHistogram exchanges = new LatencyHistogram();
    private final LatencyHistogram durations = new LatencyHistogram();

    void add(SessionReport report) {
        sessions.increment();
        durations.add(report.duration());
        if (report.succeeded() ? troubled.remove(report.cpe()) : !troubled.add(report.cpe())) {
            retries.increment();
        }
        report.whyFailed().ifPresent(why -> {
            (isRefused(report) ? refused : failed).increment();
            String reason = failures.size() < MAX_REASONS || failures.containsKey(why) ? why : "other";
            failures.computeIfAbsent(reason, r -> new LongAdder()).increment();
        });
        faults.add(report.faults().size());
        report.rpcs()
                .forEach(method ->
                        rpcs.computeIfAbsent(method, m -> new LongAdder()).increment());
        report.exchanges().forEach(e -> exchanges.add(e.duration()));
    }

    private static boolean isRefused(SessionReport report) {
        return !report.exchanges().isEmpty() && report.exchanges().getLast().status() == 503;
    }

    Snapshot snapshot(int inSession) {
        return new Snapshot(
                sessions.sum(),
                failed.sum(),
                refused.sum(),
                retries.sum(),
                inSession,
                faults.sum(),
                sums(rpcs),
                sums(failures),
                exchanges.latency(),
                durations.latency());
    }

    private static Map<String, Long> sums(Map<String, LongAdder> adders) {
        Map<String, Long> sums = new TreeMap<>();
        adders.forEach((name, adder) -> sums.put(name, adder.sum()));
        return sums;
    }
}
