package org.homeward.registry.inventory;

import java.time.Duration;
import java.time.Instant;
import org.homeward.contracts.DeviceKey;

/**
 * An online device that was not heard for a while.
 *
 * @param interval at which it calls
 */
public record Silence(DeviceKey device, Instant lastInform, Duration interval) {

    /** What to make of it. */
    public sealed interface Verdict {
        Silence silence();
    }

    /** It is not late yet. */
    public record LookAgain(Silence silence, Instant at) implements Verdict {}

    /** It is gone. */
    public record Offline(Silence silence, String evidence) implements Verdict {}

    /**
     * Judges it.
     *
     * @param missed intervals without a call after which a device is offline
     * @param grace what is added to them
     * @param hearingSince silence counts from then at the earliest
     */
    public Verdict judge(int missed, Duration grace, Instant hearingSince, Instant now) {
        Instant from = lastInform.isAfter(hearingSince) ? lastInform : hearingSince;
        Instant due = from.plus(interval.multipliedBy(missed)).plus(grace);
        return due.isAfter(now)
                ? new LookAgain(this, due)
                : new Offline(this, "no Inform for " + missed + " intervals of " + interval.toSeconds() + " s");
    }
}
