package org.homeward.simulator;

import com.sun.management.UnixOperatingSystemMXBean;
import java.io.Closeable;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.homeward.simulator.nat.UdpLoop;
import org.jspecify.annotations.Nullable;

/**
 * What the CPEs of one process share: a timer, a listener for connection requests, by default on the loopback address, and
 * room for so many sessions at a time. Who finds no room waits for it before connecting.
 */
public final class CpeHost implements Closeable {
    /** Files that the process needs for other things than sessions. */
    private static final int OTHER_FILES = 500;
    /** Below the number of ports that one address has for outgoing connections. */
    private static final int MAX_SESSIONS = 20_000;

    private static final int MIN_SESSIONS = 50;
    private final ScheduledThreadPoolExecutor timer;
    private final Semaphore room;
    private final ConnectionRequestListener connectionRequests;

    /** Made when the first CPE speaks STUN; guarded by this. */
    private @Nullable UdpLoop udp;

    /** Room for as many sessions as this process may open files, each with two: its own and that of an ACS in here. */
    public CpeHost() {
        this(sessionsByFiles());
    }

    /** Room for a given number of sessions at a time. */
    public CpeHost(int sessions) {
        this(sessions, InetAddress.getLoopbackAddress());
    }

    /** @param here the address that connection requests come to */
    public CpeHost(int sessions, InetAddress here) {
        connectionRequests = new ConnectionRequestListener(here);
        room = new Semaphore(sessions);
        timer = (ScheduledThreadPoolExecutor) Executors.newScheduledThreadPool(
                1, Thread.ofPlatform().daemon().name("cpe-timer").factory());
        timer.setRemoveOnCancelPolicy(true);
        timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    ConnectionRequestListener connectionRequests() {
        return connectionRequests;
    }

    synchronized UdpLoop udp() {
        UdpLoop loop = udp;
        if (loop == null) {
            loop = new UdpLoop();
            udp = loop;
        }
        return loop;
    }

    private static int sessionsByFiles() {
        if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system) {
            long each = (system.getMaxFileDescriptorCount() - OTHER_FILES) / 2;
            return (int) Math.clamp(each, MIN_SESSIONS, MAX_SESSIONS);
        }
        return MAX_SESSIONS;
    }

    /** Runs a session once there is room for it. */
    void inRoom(Runnable session) {
        room.acquireUninterruptibly();
        try {
            session.run();
        } finally {
            room.release();
        }
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
        synchronized (this) {
            if (udp != null) {
                udp.close();
            }
        }
    }
}
