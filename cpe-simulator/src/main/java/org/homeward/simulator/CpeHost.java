package org.homeward.simulator;

import java.io.Closeable;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** What the CPEs of one process share: a timer, and a listener for connection requests on the loopback address. */
public final class CpeHost implements Closeable {
    private final ScheduledThreadPoolExecutor timer;
    private final ConnectionRequestListener connectionRequests = new ConnectionRequestListener();

    public CpeHost() {
        timer = (ScheduledThreadPoolExecutor) Executors.newScheduledThreadPool(
                1, Thread.ofPlatform().daemon().name("cpe-timer").factory());
        timer.setRemoveOnCancelPolicy(true);
        timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    ConnectionRequestListener connectionRequests() {
        return connectionRequests;
    }

    /** Runs a task later, on a virtual thread of its own. */
    Future<?> after(Duration delay, Runnable task) {
        Runnable onVirtualThread = () -> Thread.ofVirtual().name("cpe").start(task);
        return timer.schedule(onVirtualThread, delay.toNanos(), TimeUnit.NANOSECONDS);
    }

    boolean isClosed() {
        return timer.isShutdown();
    }

    @Override
    public void close() {
        timer.shutdownNow();
        connectionRequests.close();
    }
}
