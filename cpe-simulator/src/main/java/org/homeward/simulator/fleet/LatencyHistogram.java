package org.homeward.simulator.fleet;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;

/** Counts durations in buckets that are never more than about 3 % wide, from a microsecond to an hour. */
public final class LatencyHistogram {
    private static final int STEPS = 64;
    private static final int POWERS = 32;
    private final AtomicLongArray buckets = new AtomicLongArray(STEPS * POWERS);
    private final LongAdder nanos = new LongAdder();
    private final LongAccumulator longest = new LongAccumulator(Math::max, 0);

    public void add(Duration duration) {
        nanos.add(duration.toNanos());
        longest.accumulate(duration.toNanos());
        buckets.incrementAndGet(bucket(Math.max(0, duration.toNanos() / 1_000)));
    }

    private static int bucket(long micros) {
        if (micros < STEPS) {
            return (int) micros;
        }
        int power = 63 - Long.numberOfLeadingZeros(micros) - 5;
        int step = (int) (micros >> power);
        return Math.min(STEPS * POWERS - 1, power * (STEPS / 2) + step);
    }

    private static long upperMicros(int bucket) {
        if (bucket < STEPS) {
            return bucket;
        }
        int power = (bucket - STEPS / 2) / (STEPS / 2);
        long step = bucket - (long) power * (STEPS / 2);
        return (step + 1 << power) - 1;
    }

    public long count() {
        long count = 0;
        for (int i = 0; i < buckets.length(); i++) {
            count += buckets.get(i);
        }
        return count;
    }

    /** All durations together. */
    public Duration sum() {
        return Duration.ofNanos(nanos.sum());
    }

    /** The duration that a share of all stays under; zero when there are none. */
    public Duration percentile(double share) {
        long wanted = (long) Math.ceil(count() * share);
        long seen = 0;
        for (int i = 0; i < buckets.length() && wanted > 0; i++) {
            seen += buckets.get(i);
            if (seen >= wanted) {
                return Duration.ofNanos(Math.min(upperMicros(i) * 1_000, longest.get()));
            }
        }
        return Duration.ZERO;
    }

    /** Count, sum and percentiles at once. */
    public FleetStats.Latency latency() {
        return new FleetStats.Latency(count(), sum(), percentile(0.50), percentile(0.95), percentile(0.99));
    }
}
