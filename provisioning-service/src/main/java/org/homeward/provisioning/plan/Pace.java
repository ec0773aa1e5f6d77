package org.homeward.provisioning.plan;

import java.time.Duration;
import java.time.Instant;

/**
 * Spreads the calls that no order asks for, lest a change that concerns many devices make a storm of them all. Tells the
 * time, like a clock: of those who ask at once each gets a later turn. Thread-safe.
 */
public final class Pace {

    private final Duration step;
    private Instant last = Instant.MIN;

    /** @param perSecond turns that come within a second */
    public Pace(int perSecond) {
        step = Duration.ofSeconds(1).dividedBy(perSecond);
    }

    /** The next turn, now at the earliest. */
    synchronized Instant next(Instant now) {
        Instant turn = last.equals(Instant.MIN) ? now : last.plus(step);
        last = turn.isAfter(now) && turn.isBefore(now.plus(Duration.ofDays(1))) ? turn : now;
        return last;
    }
}
