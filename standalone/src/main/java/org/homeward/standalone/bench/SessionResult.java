package org.homeward.standalone.bench;

import java.util.List;
import java.util.Map;
import org.homeward.standalone.bench.server.Registry;
import org.jspecify.annotations.Nullable;

/**
 * The figures of one scenario of sessions.
 *
 * @param registered devices that the system knew at the end, -1 if it cannot be asked
 * @param rate sessions a second that were asked for, 0 for as many as were answered
 * @param sessions that ended well
 * @param seconds from the first session's begin to the last one's end
 * @param drainSeconds from then until the servers had dealt with everything
 * @param cpuSeconds of the servers, until then
 * @param cpuApart of servers that sessions do not need
 * @param sessionsPerCpuSecond by all of {@code cpuSeconds}
 * @param rpcs requests of the ACS that were answered
 * @param refused sessions that were answered 503
 * @param failures by kind
 * @param memory proportional set size by server, MiB
 * @param findings what the registry knows of the devices; null if it cannot be asked
 */
record SessionResult(
        String scenario,
        int devices,
        long registered,
        int concurrency,
        double rate,
        int sessions,
        double seconds,
        double sessionsPerSecond,
        double drainSeconds,
        Map<String, Double> cpuSeconds,
        Map<String, Double> cpuApart,
        double sessionsPerCpuSecond,
        long rpcs,
        Percentiles session,
        Percentiles request,
        int refused,
        Map<String, Integer> failures,
        Map<String, Long> memory,
        Registry.@Nullable Findings findings) {

    /** With more that was looked at: so many values that are right, and some that are not, in words. */
    SessionResult and(long right, List<String> wrong) {
        return new SessionResult(
                scenario,
                devices,
                registered,
                concurrency,
                rate,
                sessions,
                seconds,
                sessionsPerSecond,
                drainSeconds,
                cpuSeconds,
                cpuApart,
                sessionsPerCpuSecond,
                rpcs,
                session,
                request,
                refused,
                failures,
                memory,
                findings == null ? null : findings.and(right, wrong));
    }

    /** Whether every device was served, none worse than that it had to come again, and the registry knows what they know. */
    boolean isWhole() {
        return failures.isEmpty()
                && sessions >= devices
                && (findings == null || findings.differing() == 0 && findings.inventoryRows() == devices);
    }
}
