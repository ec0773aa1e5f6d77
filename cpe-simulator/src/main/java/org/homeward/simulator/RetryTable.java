package org.homeward.simulator;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** How long a CPE waits before it tries a failed session again (TR-069 3.2.1.1). */
final class RetryTable {
    private static final int LAST_STEP = 10;

    private RetryTable() {}

    /**
     * A random time between {@code m * (k/1000)^(n-1)} and {@code m * (k/1000)^n} seconds.
     *
     * @param retry n, from 1
     * @param minimum m, CWMPRetryMinimumWaitInterval in seconds
     * @param multiplier k, CWMPRetryIntervalMultiplier
     */
    static Duration wait(int retry, int minimum, int multiplier, RandomGenerator random) {
        int step = Math.min(retry, LAST_STEP);
        double factor = multiplier / 1000.0;
        double from = minimum * Math.pow(factor, step - 1);
        double to = minimum * Math.pow(factor, step);
        double seconds = from < to ? random.nextDouble(from, to) : from;
        return Duration.ofMillis(Math.round(seconds * 1000));
    }
}
