package org.homeward.httpconnector.delivery;

import java.net.InetAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.LongSupplier;

/**
 * How fast requests go to one network (/24 of IPv4, /48 of IPv6): so many a second, as many at once after a pause, the
 * rest one after another. Devices name their own URLs, and orders for a whole street come at once: neither is to flood
 * an access network. Our own host is none. Memory is the same however many networks there are: they share places by a
 * hash that nobody outside can foresee. Thread-safe.
 */
public final class NetworkPace {

    private static final int NETWORKS = 1 << 14;
    private static final long SECOND = 1_000_000_000L;

    private final long interval;
    private final LongSupplier nanos;
    private final long start;
    private final long seed = new SplittableRandom().nextLong();

    /** When what was let go to the network would be through, had it gone evenly. */
    private final AtomicLongArray through = new AtomicLongArray(NETWORKS);

    /** @param nanos {@link System#nanoTime}, or what stands for it */
    public NetworkPace(int perSecond, LongSupplier nanos) {
        this.interval = SECOND / perSecond;
        this.nanos = nanos;
        this.start = nanos.getAsLong();
    }

    /**
     * Takes a place for one request.
     *
     * @return how long to wait for it; empty where that would be longer than {@code patience}, and none is taken
     */
    Optional<Duration> take(InetAddress address, Duration patience) {
        if (address.isLoopbackAddress()) {
            return Optional.of(Duration.ZERO);
        }
        int network = place(address.getAddress());
        while (true) {
            long now = nanos.getAsLong() - start;
            long before = through.get(network);
            long after = Math.max(before, now) + interval;
            long wait = Math.max(0, after - SECOND - now);
            if (wait > patience.toNanos()) {
                return Optional.empty();
            }
            if (through.compareAndSet(network, before, after)) {
                return Optional.of(Duration.ofNanos(wait));
            }
        }
    }

    private int place(byte[] address) {
        long hash = seed;
        for (int i = 0; i < (address.length == 4 ? 3 : 6); i++) {
            hash = (hash ^ address[i]) * 0x9e37_79b9_7f4a_7c15L;
            hash ^= hash >>> 32;
        }
        return (int) hash & NETWORKS - 1;
    }
}
