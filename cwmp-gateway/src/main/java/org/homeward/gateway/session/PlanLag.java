package org.homeward.gateway.session;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/**
 * How far the brain is behind: the time from an Inform to its plan, smoothed. Past a bound the gateway turns away the
 * sessions that nobody waits for, before it parses them, so that lag never turns into a state in which every session
 * fails. Ten such sessions a second are let through, to find out whether it has become better.
 */
public final class PlanLag {

    private static final Duration BETWEEN_PROBES = Duration.ofMillis(100);
    /** How long the average remembers: a backlog that is gone keeps nobody out any longer than that. */
    private static final double MEMORY_MILLIS = 500;
    /** Least part of a new measurement in the average, however soon it follows on the last one. */
    private static final double LEAST_WEIGHT = 0.02;
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
        return average > bound && !isStale(now);
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
