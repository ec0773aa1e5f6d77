package org.homeward.xmppconnector.stream;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** Waiting times that double up to a limit, each cut by chance to between a half and the whole, so that many spread. */
final class Retry {

    private final Duration shortest;
    private final Duration longest;
    private final RandomGenerator chance;
    private Duration next;

    Retry(Duration shortest, Duration longest, RandomGenerator chance) {
        this.shortest = shortest;
        this.longest = longest;
        this.chance = chance;
        this.next = shortest;
    }

    Duration next() {
        Duration whole = next.compareTo(longest) < 0 ? next : longest;
        next = whole.multipliedBy(2);
        long half = whole.toMillis() / 2;
        return Duration.ofMillis(half + chance.nextLong(half + 1));
    }

    void reset() {
        next = shortest;
    }
}
