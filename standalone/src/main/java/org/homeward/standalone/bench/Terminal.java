package org.homeward.standalone.bench;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.homeward.standalone.bench.cpe.Tally;

/** What the person at the terminal sees: what is going on, and the tables in the end. */
final class Terminal {

    private static final int EVERY_SECONDS = 5;
    private static final int TIMELINE_ROWS = 20;

    private final PrintStream out;

    Terminal(PrintStream out) {
        this.out = out;
    }

    void say(String line) {
        out.println("  " + line);
    }

    /** Says every few seconds how far a run is, until it is closed. */
    Ticking ticking(String what, Tally tally) {
        return new Ticking(what, tally);
    }

    /** A run that is told of while it lasts. */
    final class Ticking implements AutoCloseable {
        private volatile String what;
        private final Tally tally;
        private final long began = System.nanoTime();
        private final ScheduledExecutorService ticker = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("bench-progress").factory());

        private Ticking(String what, Tally tally) {
            this.what = what;
            this.tally = tally;
            var every = ticker.scheduleAtFixedRate(this::tell, EVERY_SECONDS, EVERY_SECONDS, TimeUnit.SECONDS);
            if (every.isDone()) {
                throw new IllegalStateException("the ticker does not run");
            }
        }

        /** Something else goes on from now. */
        void what(String now) {
            what = now;
        }

        private void tell() {
            say("%s: %,d sessions in %.0f s, %d open%s"
                    .formatted(
                            what,
                            tally.served(),
                            (System.nanoTime() - began) / 1e9,
                            tally.open(),
                            tally.refused() == 0 ? "" : ", " + tally.refused() + " refused"));
        }

        @Override
        public void close() {
            ticker.shutdownNow();
            tell();
        }
    }

    void show(SessionResult result) {
        String each = "%-22s %s%n";
        out.println();
        // another ACS tells nobody how many it knows
        String registered = result.registered() < 0
                ? ""
                : String.format(Locale.ROOT, ", %,d registered in all", result.registered());
        out.printf(Locale.ROOT, "%s: %,d devices%s%n", result.scenario(), result.devices(), registered);
        line(each, "sessions/s", "%.0f", result.sessionsPerSecond());
        line(each, "sessions/CPU-second", "%.0f", result.sessionsPerCpuSecond());
        line(
                each,
                "session ms",
                "p50 %.1f  p95 %.1f  p99 %.1f  max %.0f",
                result.session().p50(),
                result.session().p95(),
                result.session().p99(),
                result.session().max());
        line(
                each,
                "request ms",
                "p50 %.1f  p95 %.1f  p99 %.1f  max %.0f",
                result.request().p50(),
                result.request().p95(),
                result.request().p99(),
                result.request().max());
        line(
                each,
                "sessions",
                "%,d in %.1f s, %.1f RPCs each; %d refused, failed %s",
                result.sessions(),
                result.seconds(),
                (double) result.rpcs() / Math.max(1, result.sessions()),
                result.refused(),
                result.failures().isEmpty() ? "none" : result.failures());
        line(
                each,
                "CPU seconds",
                "%s; until all was dealt with, %.1f s later",
                cpu(result.cpuSeconds()),
                result.drainSeconds());
        if (!result.cpuApart().isEmpty()) {
            line(each, "  not counted", "%s", cpu(result.cpuApart()));
        }
        line(
                each,
                "memory MiB",
                "%s, in all %d",
                result.memory(),
                result.memory().values().stream().mapToLong(Long::longValue).sum());
        var findings = result.findings();
        if (findings != null) {
            line(
                    each,
                    "compared",
                    "%,d inventory rows, %,d twins with %,d values; %d differ",
                    findings.inventoryRows(),
                    findings.twins(),
                    findings.values(),
                    findings.differing());
            findings.differences().forEach(difference -> out.println("    " + difference));
        }
        out.println();
    }

    private void line(String each, String name, String format, Object... values) {
        out.printf(each, name, String.format(Locale.ROOT, format, values));
    }

    private static String cpu(Map<String, Double> seconds) {
        StringBuilder text = new StringBuilder();
        seconds.forEach((name, used) ->
                text.append(text.isEmpty() ? "" : ", ").append(name).append(String.format(Locale.ROOT, " %.1f", used)));
        return text.toString();
    }

    void show(StormResult result) {
        String each = "%-22s %s%n";
        out.printf(
                Locale.ROOT,
                "%nstorm: %,d devices come back within %.0f s%n",
                result.devices(),
                result.withinSeconds());
        line(each, "served, refused", "%,d, %,d", result.served(), result.refused());
        line(each, "other failed attempts", "%s", result.failures().isEmpty() ? "none" : result.failures());
        line(
                each,
                "all home, steady after",
                "%.0f s, %.0f s",
                result.secondsUntilAllHome(),
                result.secondsUntilSteady());
        line(
                each,
                "session ms",
                "p50 %.0f  p95 %.0f  p99 %.0f  max %.0f",
                result.session().p50(),
                result.session().p95(),
                result.session().p99(),
                result.session().max());
        line(
                each,
                "orders",
                "%d at %.0f a second, p50 %.0f  p95 %.0f  p99 %.0f  max %.0f ms; %d failed",
                result.orders().count(),
                result.ordersPerSecond(),
                result.orders().p50(),
                result.orders().p95(),
                result.orders().p99(),
                result.orders().max(),
                result.orderFailures().size());
        result.orderFailures().stream().limit(10).forEach(failure -> out.println("    " + failure));
        timeline(result.timeline());
        line(each, "CPU seconds", "%s", cpu(result.cpuSeconds()));
        line(each, "memory MiB", "%s", result.memory());
        line(
                each,
                "compared",
                "%,d inventory rows, %,d twins with %,d values; %d differ",
                result.findings().inventoryRows(),
                result.findings().twins(),
                result.findings().values(),
                result.findings().differing());
        result.findings().differences().forEach(difference -> out.println("    " + difference));
        out.println();
    }

    private void timeline(List<Timeline.Moment> moments) {
        int step = Math.max(1, (moments.size() + TIMELINE_ROWS - 1) / TIMELINE_ROWS);
        out.println("  from s   served/s  refused/s    open  orders/s  slowest order ms");
        for (int from = 0; from < moments.size(); from += step) {
            List<Timeline.Moment> some = moments.subList(from, Math.min(moments.size(), from + step));
            out.printf(
                    Locale.ROOT,
                    "  %6d  %9.0f  %9.0f  %6d  %8.1f  %16.0f%n",
                    from,
                    some.stream().mapToInt(Timeline.Moment::served).average().orElse(0),
                    some.stream().mapToInt(Timeline.Moment::refused).average().orElse(0),
                    some.getLast().open(),
                    some.stream().mapToInt(Timeline.Moment::orders).average().orElse(0),
                    some.stream()
                            .mapToDouble(Timeline.Moment::slowestOrder)
                            .max()
                            .orElse(0));
        }
    }

    void show(OrderBench.Result result) {
        Percentiles p = result.millis();
        out.printf(
                Locale.ROOT,
                "%norders  devices  failed  p50 ms  p95 ms  p99 ms  max ms%n%6d  %7d  %6d  %6.1f  %6.1f  %6.1f  %6.1f%n",
                p.count(),
                result.devices(),
                result.failures().size(),
                p.p50(),
                p.p95(),
                p.p99(),
                p.max());
        result.failures().forEach(failure -> out.println("failed: " + failure));
    }
}
