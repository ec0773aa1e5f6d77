package org.homeward.kit.events;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * Sends records at once while so few come that waiting for company would only cost latency.
 *
 * <p>A record waits {@code linger} for others of its partition, which saves most of the CPU at thousands of records a
 * second and nothing at ten, where it is paid at every hop between a click and its result. What gathers while a flush is
 * under way goes with it or with the next one.
 */
final class EagerFlush implements AutoCloseable {

    private static final long WINDOW = Duration.ofMillis(100).toNanos();

    private final Runnable flush;
    private final Thread thread;
    private final Pace pace;
    private volatile boolean due;
    private volatile boolean closed;

    /** @param upTo records a second from which on they wait for company; 0 for always */
    EagerFlush(int upTo, Runnable flush) {
        this.flush = flush;
        this.pace = new Pace(upTo, System.nanoTime());
        this.thread = Thread.ofPlatform().name("publisher-eager-flush").daemon().start(this::run);
    }

    /** To be called after each send. */
    void sent() {
        if (pace.isEasy(System.nanoTime())) {
            due = true;
            LockSupport.unpark(thread);
        }
    }

    private void run() {
        while (!closed) {
            if (due) {
                due = false;
                flush.run();
            } else {
                LockSupport.park(this);
            }
        }
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
    }

    /** Counts by windows of 100 ms, and compares the one at hand and the one before with the limit. */
    static final class Pace {

        private final int perWindow;
        private long windowBegan;
        private int before;
        private int now;

        Pace(int perSecond, long nanos) {
            this.perWindow = (int) (perSecond * WINDOW / Duration.ofSeconds(1).toNanos());
            this.windowBegan = nanos;
        }

        /** Counts one; true while not more than the limit come. */
        synchronized boolean isEasy(long nanos) {
            long windows = (nanos - windowBegan) / WINDOW;
            if (windows > 0) {
                before = windows == 1 ? now : 0;
                now = 0;
                windowBegan += windows * WINDOW;
            }
            now++;
            return before <= perWindow && now <= perWindow;
        }
    }
}
