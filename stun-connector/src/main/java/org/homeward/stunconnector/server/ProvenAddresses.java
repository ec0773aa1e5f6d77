package org.homeward.stunconnector.server;

import java.net.InetAddress;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.function.LongSupplier;

/**
 * Addresses from which a device has signed something lately, so that nobody else can have forged them. Memory is the same
 * however many there are: of very many, some are forgotten early. For one thread.
 */
public final class ProvenAddresses {

    private static final int SLOTS = 1 << 18;
    private static final int TIME_BITS = 24;
    private static final long TIME = (1L << TIME_BITS) - 1;
    private static final long SECOND = 1_000_000_000L;

    private final long lifetime;
    private final LongSupplier nanos;
    private final long start;
    private final long seed = new SplittableRandom().nextLong();

    /** In each slot part of an address's hash, and the second in which it was proven. */
    private final long[] slots = new long[SLOTS];

    /** @param lifetime how long a proof holds */
    public ProvenAddresses(Duration lifetime, LongSupplier nanos) {
        this.lifetime = Math.min(lifetime.toSeconds(), TIME / 2);
        this.nanos = nanos;
        this.start = nanos.getAsLong();
    }

    void add(InetAddress address) {
        long hash = hash(address);
        int first = slot(hash);
        int second = first ^ 1;
        boolean takeFirst =
                isOf(slots[first], hash) || !isOf(slots[second], hash) && age(slots[first]) >= age(slots[second]);
        slots[takeFirst ? first : second] = hash & ~TIME | now();
    }

    boolean contains(InetAddress address) {
        long hash = hash(address);
        int slot = slot(hash);
        return holds(slots[slot], hash) || holds(slots[slot ^ 1], hash);
    }

    private boolean holds(long slot, long hash) {
        return isOf(slot, hash) && age(slot) <= lifetime;
    }

    private static boolean isOf(long slot, long hash) {
        return slot != 0 && (slot & ~TIME) == (hash & ~TIME);
    }

    private long age(long slot) {
        return slot == 0 ? TIME : now() - slot & TIME;
    }

    private long now() {
        return (nanos.getAsLong() - start) / SECOND + 1 & TIME;
    }

    private static int slot(long hash) {
        return (int) hash & SLOTS - 1;
    }

    private long hash(InetAddress address) {
        long hash = seed;
        for (byte part : address.getAddress()) {
            hash = (hash ^ part) * 0x9e37_79b9_7f4a_7c15L;
            hash ^= hash >>> 32;
        }
        return hash;
    }
}
