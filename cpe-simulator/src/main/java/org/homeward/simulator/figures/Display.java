package org.homeward.simulator.figures;

import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.homeward.simulator.figures.RunFigures.MilestoneFigures;
import org.homeward.simulator.fleet.FleetStats.Latency;
import org.homeward.simulator.fleet.FleetStats.Snapshot;

/** Shows a run to people: one block that refreshes on a terminal, a line now and then elsewhere, a table at the end. */
public final class Display {
    private static final Duration BETWEEN_LINES = Duration.ofSeconds(5);
    private static final int BAR = 24;
    private static final String NO_WRAP = "\033[?7l";
    private static final String WRAP = "\033[?7h";
    private final PrintStream out;
    private final boolean terminal;
    private int shownLines;
    private Duration lastLine = Duration.ZERO;
    private Duration before = Duration.ZERO;
    private long sessionsBefore;
    private double recentRate;

    /** On a terminal the block is drawn over itself; else nothing is ever taken back. */
    public Display(PrintStream out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    /** Shows how things stand; call it about twice a second. */
    public void tick(RunFigures run) {
        Duration since = run.elapsed().minus(before);
        if (since.toMillis() >= 900) {
            recentRate = (run.sessions().sessions() - sessionsBefore) / (since.toNanos() / 1e9);
            sessionsBefore = run.sessions().sessions();
            before = run.elapsed();
        }
        if (terminal) {
            List<String> block = block(run);
            out.print(erase());
            // a line that the terminal wrapped would be two to erase: it is cut there instead
            block.forEach(line -> out.print(NO_WRAP + line + WRAP + "\033[K\n"));
            out.flush();
            shownLines = block.size();
        } else if (run.elapsed().minus(lastLine).compareTo(BETWEEN_LINES) >= 0) {
            lastLine = run.elapsed();
            out.println(line(run));
        }
    }

    /** Takes the block off a terminal, so that what follows stands alone. */
    public void clear() {
        out.print(erase());
        out.flush();
        shownLines = 0;
    }

    private String erase() {
        return shownLines == 0 ? "" : "\033[" + shownLines + "A\033[J";
    }

    private List<String> block(RunFigures run) {
        Snapshot now = run.sessions();
        List<String> lines = new ArrayList<>();
        lines.add(format(
                "%s, %d devices, %d s",
                run.title(), run.devices(), run.elapsed().toSeconds()));
        lines.add(format(
                "  sessions  %d (%.0f/s)   ok %d   failed %d   refused (503) %d   retries %d   in session %d",
                now.sessions(), recentRate, now.ok(), now.failed(), now.refused(), now.retries(), now.inSession()));
        lines.add("  session   " + latency(now.session()));
        lines.add("  answer    " + latency(now.exchange()));
        lines.add("  RPCs      " + now.rpcCount() + most(now.rpcs()) + "   faults " + now.cwmpFaults());
        for (MilestoneFigures milestone : run.milestones()) {
            int filled = run.devices() == 0 ? 0 : (int) ((long) BAR * milestone.reached() / run.devices());
            lines.add(format(
                    "  [%s%s] %d  %s",
                    "#".repeat(filled), "-".repeat(BAR - filled), milestone.reached(), milestone.name()));
        }
        return lines;
    }

    private static String most(Map<String, Long> rpcs) {
        return rpcs.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                .limit(4)
                .map(e -> "   " + e.getKey() + " " + e.getValue())
                .collect(Collectors.joining());
    }

    private String line(RunFigures run) {
        Snapshot now = run.sessions();
        String milestones = run.milestones().stream()
                .map(m -> "  " + m.name() + " " + m.reached())
                .collect(Collectors.joining());
        return format(
                "%4d s  %d sessions (%.0f/s)  ok %d  failed %d  refused %d  in session %d  p50 %s  p99 %s  RPCs %d"
                        + "  retries %d%s",
                run.elapsed().toSeconds(),
                now.sessions(),
                recentRate,
                now.ok(),
                now.failed(),
                now.refused(),
                now.inSession(),
                millis(now.session().p50()),
                millis(now.session().p99()),
                now.rpcCount(),
                now.retries(),
                milestones);
    }

    /** The table at the end. */
    public static String summary(RunFigures run) {
        Snapshot now = run.sessions();
        List<String> rows = new ArrayList<>();
        rows.add(row("run", run.title()));
        rows.add(row("devices", Integer.toString(run.devices())));
        rows.add(row("time", format("%.1f s", run.elapsed().toMillis() / 1000.0)));
        rows.add(row("sessions", format("%d, %.1f/s", now.sessions(), run.rate())));
        rows.add(row("  ok", Long.toString(now.ok())));
        rows.add(row("  failed", Long.toString(now.failed())));
        rows.add(row("  refused (503)", Long.toString(now.refused())));
        rows.add(row("  retries", Long.toString(now.retries())));
        rows.add(row("  duration", latency(now.session())));
        rows.add(row("HTTP answers", latency(now.exchange())));
        rows.add(row("RPCs of the ACS", Long.toString(now.rpcCount())));
        now.rpcs().forEach((method, count) -> rows.add(row("  " + method, Long.toString(count))));
        rows.add(row("CWMP faults", Long.toString(now.cwmpFaults())));
        for (MilestoneFigures m : run.milestones()) {
            String share = m.reached() + " of " + run.devices();
            rows.add(row(m.name(), m.reached() == 0 ? share : share + ", " + latency(m.latency())));
        }
        now.failures().forEach((reason, count) -> rows.add("not ok " + count + " times: " + reason));
        return String.join("\n", rows) + "\n";
    }

    private static String row(String name, String value) {
        return format("%-40s %s", name, value);
    }

    private static String latency(Latency latency) {
        return "p50 " + millis(latency.p50()) + "  p95 " + millis(latency.p95()) + "  p99 " + millis(latency.p99());
    }

    private static String millis(Duration duration) {
        return format(duration.toMillis() < 10_000 ? "%.1f ms" : "%.0f ms", duration.toNanos() / 1e6);
    }

    private static String format(String text, Object... values) {
        return String.format(Locale.ROOT, text, values);
    }
}
