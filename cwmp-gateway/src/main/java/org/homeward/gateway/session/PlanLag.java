package org.homeward.gateway.session;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/**
 * How far the brain is behind: the time from an Inform to its plan, smoothed. Past a bound the gateway turns away the
 * sessions that nobody waits for, before it parses them, so that lag never turns into a state in which every session
 * fails. One such session a second is let through, to find out whether it has become better.
 */
public final class PlanLag {

    private static final Duration BETWEEN_PROBES = Duration.ofSeconds(1);
    /** Part of a new measurement in the average. */
    private static final double WEIGHT = 0.1;
    /** Without any measurement for so long, the average says nothing any more. */
    private static final Duration STALE = Duration.ofSeconds(30);

    /** Somebody waits for these, or they come once and must not be lost (TR-069 3.7.1.5). */
    private static final byte[][] RESERVED = {
        lower("0 BOOTSTRAP"), lower("6 CONNECTION REQUEST"), lower("7 TRANSFER COMPLETE"), lower("8 DIAGNOSTICS")
    };

    private final long bound;
    private double average;
    private Instant measuredAt = Instant.MIN;
    private Instant probedAt = Instant.MIN;

    /** @param bound how late plans may be */
    public PlanLag(Duration bound) {
        this.bound = bound.toMillis();
    }

    /** A session got its first plan, or gave up waiting, so long after its Inform. */
    synchronized void measured(Duration lag, Instant now) {
        average = isStale(now) ? lag.toMillis() : average + WEIGHT * (lag.toMillis() - average);
        measuredAt = now;
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
        return average > bound && !isStale(now);
    }

    private synchronized boolean isProbe(Instant now) {
        if (now.isBefore(probedAt.plus(BETWEEN_PROBES))) {
            return false;
        }
        probedAt = now;
        return true;
    }

    private boolean isStale(Instant now) {
        return measuredAt.equals(Instant.MIN) || measuredAt.plus(STALE).isBefore(now);
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
