package org.homeward.provisioning.plan.events;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * A while in which timers do not ring. It goes by the time that passes and not by the time of day: a clock that is set
 * back in it must not make it longer.
 */
final class QuietTime {

    private final LongSupplier nanos;
    private volatile long until;

    /** It is over at first. @param nanos as {@link System#nanoTime} */
    QuietTime(LongSupplier nanos) {
        this.nanos = nanos;
        this.until = nanos.getAsLong();
    }

    /** Lasts for so long from now. */
    void begin(Duration length) {
        until = nanos.getAsLong() + length.toNanos();
    }

    boolean isOver() {
        return nanos.getAsLong() - until >= 0;
    }
}
