package org.homeward.gateway.session;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/**
 * How far the brain is behind: the time from an Inform to its plan, smoothed, and what that time will be for whoever
 * comes now, reckoned from how many wait and how many a second are served. Past a bound the gateway turns away the
 * sessions that nobody waits for, before it parses them, so that lag never turns into a state in which every session
 * fails. A CPE that is turned away keeps its events and comes again (TR-069 3.2.1.1), a new box too: better later than
 * with a session that ends before it was told anything. Ten such sessions a second are let through, to find out whether
 * it has become better.
 */
public final class PlanLag {

    private static final Duration BETWEEN_PROBES = Duration.ofMillis(100);
    /** How long the average remembers: a backlog that is gone keeps nobody out any longer than that. */
    private static final double MEMORY_MILLIS = 500;
    /** Least part of a new measurement in the average, however soon it follows on the last one. */
    private static final double LEAST_WEIGHT = 0.02;
    /** Without any measurement for so long, the average says nothing any more. */
    private static final Duration STALE = Duration.ofSeconds(30);

    /** Over which first plans are counted: a brain that pauses for a second is as fast as it was. */
    private static final double RATE_MILLIS = 5_000;
    /** First plans a millisecond that any brain is trusted with before it has shown what it can do. */
    private static final double LEAST_RATE = 1 / 30.0;

    /** Somebody waits for what these bring. */
    private static final byte[][] RESERVED = {
        lower("6 CONNECTION REQUEST"), lower("7 TRANSFER COMPLETE"), lower("8 DIAGNOSTICS")
    };

    private final long bound;
    private int waiting;
    /** First plans a millisecond, as of {@link #measuredAt}. */
    private double rate;

    private double average;
    private Instant measuredAt = Instant.MIN;
    private Instant probedAt = Instant.MIN;

    /** @param bound how late plans may be */
    public PlanLag(Duration bound) {
        this.bound = bound.toMillis();
    }

    /** A session waits for its first plan from now on. */
    synchronized void awaited() {
        waiting++;
    }

    /** A session that waited for its first plan ended otherwise. */
    synchronized void left() {
        waiting--;
    }

    /** A session got its first plan, or gave up waiting, so long after its Inform. */
    synchronized void measured(Duration lag, Instant now) {
        waiting--;
        rate = rate(now) + 1 / RATE_MILLIS;
        average = isStale(now) ? lag.toMillis() : average + weight(now) * (lag.toMillis() - average);
        measuredAt = now;
    }

    /** By time, not by number: the few measurements of a time of refusals must not count less than those of the rush. */
    private double weight(Instant now) {
        double since = Duration.between(measuredAt, now).toMillis();
        return Math.max(LEAST_WEIGHT, 1 - Math.exp(-since / MEMORY_MILLIS));
    }

    /** Milliseconds, smoothed. */
    synchronized double average() {
        return average;
    }

    /** Whether this Inform is to be read at all. @param envelope as it came, not parsed */
    boolean admits(byte[] envelope, Instant now) {
        return !isTooLong(now) || isReserved(envelope) || isProbe(now);
    }

    private synchronized boolean isTooLong(Instant now) {
        return average > bound && !isStale(now) || waiting > bound * Math.max(LEAST_RATE, rate(now));
    }

    private double rate(Instant now) {
        if (isStale(now)) {
            return 0;
        }
        return rate * Math.exp(-Math.max(0, Duration.between(measuredAt, now).toMillis()) / RATE_MILLIS);
    }

    private synchronized boolean isProbe(Instant now) {
        if (now.isBefore(probedAt.plus(BETWEEN_PROBES)) && !isAhead(probedAt, now)) {
            return false;
        }
        probedAt = now;
        return true;
    }

    private boolean isStale(Instant now) {
        return measuredAt.equals(Instant.MIN) || measuredAt.plus(STALE).isBefore(now) || isAhead(measuredAt, now);
    }

    /** The clock was set back since. */
    private static boolean isAhead(Instant moment, Instant now) {
        return moment.isAfter(now.plus(STALE));
    }

    private static boolean isReserved(byte[] envelope) {
        for (int at = 0; at < envelope.length; at++) {
            for (byte[] event : RESERVED) {
                if (matches(envelope, at, event)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean matches(byte[] text, int at, byte[] lower) {
        if (at + lower.length > text.length) {
            return false;
        }
        for (int i = 0; i < lower.length; i++) {
            if (Character.toLowerCase((char) text[at + i]) != lower[i]) {
                return false;
            }
        }
        return true;
    }

    private static byte[] lower(String text) {
        return text.toLowerCase(Locale.ROOT).getBytes(StandardCharsets.US_ASCII);
    }
}
