package org.homeward.simulator;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;

/**
 * How time goes by for a CPE: the clock it looks at, and how much faster than ours it runs. Everything a CPE waits for
 * (boots, periodic informs, retries, delays that the ACS asks for) takes its own time divided by the speed; HTTP timeouts
 * do not, for the ACS lives in real time.
 *
 * @param speed 60 means that a minute of the CPE's passes in a second of ours
 */
public record Pace(Clock clock, double speed) {

    public Pace {
        if (!(speed > 0)) {
            throw new IllegalArgumentException("time runs at a speed above 0, not " + speed);
        }
    }

    /** Real time. */
    public static Pace real() {
        return new Pace(Clock.systemUTC(), 1);
    }

    /** Time that runs this much faster from now on. */
    public static Pace times(double speed) {
        Clock real = Clock.systemUTC();
        return speed == 1 ? real() : new Pace(new FasterClock(real, real.instant(), speed), speed);
    }

    /** How long we wait for what takes the CPE this long. */
    public Duration waiting(Duration ofTheCpe) {
        return speed == 1 ? ofTheCpe : Duration.ofNanos(Math.round(ofTheCpe.toNanos() / speed));
    }

    /** How long it is to the CPE while this passes for us. */
    Duration passing(Duration ours) {
        return speed == 1 ? ours : Duration.ofNanos(Math.round(ours.toNanos() * speed));
    }

    private static final class FasterClock extends Clock {
        private final Clock real;
        private final Instant start;
        private final double speed;

        FasterClock(Clock real, Instant start, double speed) {
            this.real = real;
            this.start = start;
            this.speed = speed;
        }

        @Override
        public ZoneId getZone() {
            return real.getZone();
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return new FasterClock(real.withZone(zone), start, speed);
        }

        @Override
        public Instant instant() {
            Duration passed = Duration.between(start, real.instant());
            return start.plusNanos(Math.round(passed.toNanos() * speed));
        }
    }
}
