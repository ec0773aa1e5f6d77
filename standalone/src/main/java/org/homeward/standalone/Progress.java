package org.homeward.standalone;

import java.io.PrintStream;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Tells the person at the terminal what is ready and what is still waited for: on a terminal as one line
 * that changes every second, elsewhere as a line every five seconds.
 */
final class Progress implements AutoCloseable {

    private static final String CLEAR_LINE = "\r\u001b[K";

    private final PrintStream out;
    private final boolean terminal;
    private final long began = System.nanoTime();
    private final Set<String> waitedFor = new LinkedHashSet<>();
    private final ScheduledExecutorService ticker = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("progress").factory());

    Progress(PrintStream out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
        var every = terminal ? 1 : 5;
        var _ = ticker.scheduleAtFixedRate(this::tick, every, every, TimeUnit.SECONDS);
    }

    /** Runs one step and says when it is done. */
    void track(String name, String where, Runnable step) {
        var ready = waitFor(name, where);
        try {
            step.run();
            ready.run();
        } catch (RuntimeException e) {
            end(name, "  %-17s %-6s failed".formatted(name, where));
            throw e;
        }
    }

    /** Says that something is waited for until the returned action is run. */
    Runnable waitFor(String name, String where) {
        var start = System.nanoTime();
        synchronized (this) {
            waitedFor.add(name);
        }
        return () -> end(name, "  %-17s %-6s ready after %4.1f s".formatted(name, where, secondsSince(start)));
    }

    /** One line that stays. */
    synchronized void note(String line) {
        out.println((terminal ? CLEAR_LINE : "") + "  " + line);
    }

    @Override
    public synchronized void close() {
        ticker.shutdownNow();
        if (terminal) {
            out.print(CLEAR_LINE);
            out.flush();
        }
    }

    private synchronized void end(String name, String line) {
        waitedFor.remove(name);
        out.println((terminal ? CLEAR_LINE : "") + line);
    }

    private synchronized void tick() {
        if (waitedFor.isEmpty()) {
            return;
        }
        var line = "  waiting for %s, %.0f s".formatted(String.join(", ", waitedFor), secondsSince(began));
        if (terminal) {
            out.print(CLEAR_LINE + line);
            out.flush();
        } else {
            out.println(line);
        }
    }

    private static double secondsSince(long start) {
        return (System.nanoTime() - start) / 1e9;
    }
}
