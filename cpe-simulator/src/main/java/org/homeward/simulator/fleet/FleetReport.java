package org.homeward.simulator.fleet;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.homeward.simulator.fleet.FleetStats.Latency;
import org.homeward.simulator.fleet.FleetStats.Snapshot;

/** Shows a fleet's figures: a line per second, and a table at the end; or JSON, one object per line. */
public final class FleetReport {
    private final PrintStream out;
    private final boolean json;
    private final int devices;
    private long sessionsBefore;

    public FleetReport(PrintStream out, boolean json, int devices) {
        this.out = out;
        this.json = json;
        this.devices = devices;
    }

    /** One line on how things stand. */
    public void tick(Snapshot now, Duration elapsed) {
        long recent = now.sessions() - sessionsBefore;
        sessionsBefore = now.sessions();
        if (json) {
            out.println(json("tick", now, elapsed));
        } else {
            out.printf(
                    Locale.ROOT,
                    "%5ds  %d devices  %d sessions (%d/s)  %d failed  %d RPCs  answer p50 %s p95 %s p99 %s%n",
                    elapsed.toSeconds(),
                    devices,
                    now.sessions(),
                    recent,
                    now.failed(),
                    rpcCount(now),
                    millis(now.exchange().p50()),
                    millis(now.exchange().p95()),
                    millis(now.exchange().p99()));
        }
    }

    /** The figures at the end. */
    public void summary(Snapshot now, Duration elapsed) {
        if (json) {
            out.println(json("summary", now, elapsed));
            return;
        }
        out.println();
        row("devices", Integer.toString(devices));
        row("time", elapsed.toSeconds() + " s");
        row("sessions", Long.toString(now.sessions()));
        row("  failed", Long.toString(now.failed()));
        row("  duration", latency(now.session()));
        row("HTTP answers", latency(now.exchange()));
        row("RPCs of the ACS", Long.toString(rpcCount(now)));
        now.rpcs().forEach((method, count) -> row("  " + method, Long.toString(count)));
        row("CWMP faults", Long.toString(now.cwmpFaults()));
        now.failures().forEach((reason, count) -> out.println("failed " + count + " times: " + reason));
    }

    private void row(String name, String value) {
        out.printf(Locale.ROOT, "%-28s %s%n", name, value);
    }

    private static long rpcCount(Snapshot now) {
        return now.rpcs().values().stream().mapToLong(Long::longValue).sum();
    }

    private static String latency(Latency latency) {
        return "p50 " + millis(latency.p50()) + "  p95 " + millis(latency.p95()) + "  p99 " + millis(latency.p99());
    }

    private static String millis(Duration duration) {
        return String.format(Locale.ROOT, "%.1f ms", duration.toNanos() / 1e6);
    }

    private String json(String type, Snapshot now, Duration elapsed) {
        return String.format(
                Locale.ROOT,
                "{\"type\":\"%s\",\"elapsedMs\":%d,\"devices\":%d,\"sessions\":%d,\"failed\":%d,\"cwmpFaults\":%d,"
                        + "\"exchangeMs\":%s,\"sessionMs\":%s,\"rpcs\":%s,\"failures\":%s}",
                type,
                elapsed.toMillis(),
                devices,
                now.sessions(),
                now.failed(),
                now.cwmpFaults(),
                json(now.exchange()),
                json(now.session()),
                json(now.rpcs()),
                json(now.failures()));
    }

    private static String json(Latency latency) {
        return String.format(
                Locale.ROOT,
                "{\"p50\":%.3f,\"p95\":%.3f,\"p99\":%.3f}",
                latency.p50().toNanos() / 1e6,
                latency.p95().toNanos() / 1e6,
                latency.p99().toNanos() / 1e6);
    }

    private static String json(Map<String, Long> counts) {
        return counts.entrySet().stream()
                .map(e -> quote(e.getKey()) + ":" + e.getValue())
                .collect(Collectors.joining(",", "{", "}"));
    }

    private static String quote(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (char c : text.toCharArray()) {
            if (c == '"' || c == '\\') {
                quoted.append('\\').append(c);
            } else if (c < 0x20) {
                quoted.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
            } else {
                quoted.append(c);
            }
        }
        return quoted.append('"').toString();
    }
}
