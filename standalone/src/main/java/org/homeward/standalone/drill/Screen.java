package org.homeward.standalone.drill;

import java.io.PrintStream;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** What the person at the terminal sees: lines that stay, and below them how it goes, every second or every ten. */
final class Screen implements AutoCloseable {

    private static final String CLEAR_LINE = "\r\u001b[K";

    private final PrintStream out;
    private final boolean terminal;
    private final long began = System.nanoTime();
    private final ScheduledExecutorService ticker = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("screen").factory());
    private Supplier<String> status = () -> "";

    Screen(PrintStream out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
        int every = terminal ? 1 : 10;
        var unused = ticker.scheduleAtFixedRate(this::tick, every, every, TimeUnit.SECONDS);
    }

    /** A line that stays. */
    synchronized void say(String line) {
        out.println((terminal ? CLEAR_LINE : "") + time() + "  " + line);
    }

    /** What is shown from now on; an empty text shows nothing. */
    synchronized void show(Supplier<String> text) {
        status = text;
    }

    private synchronized void tick() {
        String text = status.get();
        if (text.isEmpty()) {
            return;
        }
        if (terminal) {
            out.print(CLEAR_LINE + time() + "  " + text);
            out.flush();
        } else {
            out.println(time() + "  " + text);
        }
    }

    private String time() {
        long seconds = (System.nanoTime() - began) / 1_000_000_000;
        return String.format(Locale.ROOT, "%3d:%02d", seconds / 60, seconds % 60);
    }

    @Override
    public synchronized void close() {
        ticker.shutdownNow();
        if (terminal) {
            out.print(CLEAR_LINE);
            out.flush();
        }
    }
}
