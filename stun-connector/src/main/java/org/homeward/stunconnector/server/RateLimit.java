package org.homeward.stunconnector.server;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.LongSupplier;

/**
 * How many answers go to whom nobody vouches for: so many a second to an address, so many to its network (/24 or /48).
 * Memory is the same however many ask: addresses share counters by a hash that nobody outside can foresee. For one
 * thread.
 */
public final class RateLimit {

    private static final int ADDRESSES = 1 << 16;
    private static final int NETWORKS = 1 << 14;
    private static final long SECOND = 1_000_000_000L;

    private final int perAddress;
    private final int perNetwork;
    private final LongSupplier nanos;
    private final long seed = new SplittableRandom().nextLong();
    private final int[] byAddress = new int[ADDRESSES];
    private final int[] byNetwork = new int[NETWORKS];
    private long windowEnd;

    /** @param perAddress answers a second, as {@code perNetwork} */
    public RateLimit(int perAddress, int perNetwork, LongSupplier nanos) {
        this.perAddress = perAddress;
        this.perNetwork = perNetwork;
        this.nanos = nanos;
        this.windowEnd = nanos.getAsLong() + SECOND;
    }

    /** Whether one more answer may go there; if so it is counted. */
    boolean allows(InetAddress address) {
        long now = nanos.getAsLong();
        if (now - windowEnd >= 0) {
            Arrays.fill(byAddress, 0);
            Arrays.fill(byNetwork, 0);
            windowEnd = now + SECOND;
        }
        byte[] raw = address.getAddress();
        int one = hash(raw, raw.length) & ADDRESSES - 1;
        int many = hash(raw, raw.length == 4 ? 3 : 6) & NETWORKS - 1;
        if (byAddress[one] >= perAddress || byNetwork[many] >= perNetwork) {
            return false;
        }
        byAddress[one]++;
        byNetwork[many]++;
        return true;
    }

    private int hash(byte[] raw, int length) {
        long hash = seed ^ length;
        for (int i = 0; i < length; i++) {
            hash = (hash ^ raw[i]) * 0x9e37_79b9_7f4a_7c15L;
            hash ^= hash >>> 32;
        }
        return (int) (hash >>> 16);
    }
}
