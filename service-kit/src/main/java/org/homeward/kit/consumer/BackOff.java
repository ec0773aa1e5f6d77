package org.homeward.kit.consumer;

import java.time.Duration;

/** Waiting times that double from a tenth of a second up to a limit. */
final class BackOff {

    private static final Duration FIRST = Duration.ofMillis(100);

    private final Duration longest;
    private Duration next = FIRST;

    BackOff(Duration longest) {
        this.longest = longest;
    }

    Duration next() {
        Duration now = next.compareTo(longest) < 0 ? next : longest;
        next = now.multipliedBy(2);
        return now;
    }

    void reset() {
        next = FIRST;
    }
}
