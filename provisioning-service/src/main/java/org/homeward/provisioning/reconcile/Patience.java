package org.homeward.provisioning.reconcile;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How long one goes on with a device that does not do as it is told.
 *
 * @param attempts how often the same is tried before it is left alone
 * @param first wait after the first attempt; doubled each time
 * @param most longest wait
 * @param silence after which a session unheard of has ended
 */
public record Patience(int attempts, Duration first, Duration most, Duration silence) {

    /** More writes of one parameter than this within {@link #WINDOW} are a quarrel, whoever began it. */
    static final int WRITES = 6;

    static final Duration WINDOW = Duration.ofHours(1);

    Duration after(int times) {
        Duration wait = first.multipliedBy(1L << Math.clamp(times - 1L, 0, 20));
        return wait.compareTo(most) < 0 ? wait : most;
    }

    /** When it may be tried again after so many times; null for not at all. */
    @Nullable
    Instant next(int times, Instant now) {
        return times >= attempts ? null : now.plus(after(times));
    }
}
