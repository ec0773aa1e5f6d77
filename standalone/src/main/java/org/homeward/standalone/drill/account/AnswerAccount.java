package org.homeward.standalone.drill.account;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What CPEs were answered. While a gateway is being killed, is down or stands still, its connections break and its sessions are gone; at any other
 * time only a clean answer will do.
 */
public final class AnswerAccount {

    /** A connection that broke with its gateway may be noticed a little later, or have begun a little before. */
    private static final Duration EDGE = Duration.ofSeconds(2);

    private AnswerAccount() {}

    /** A time in which no gateway, or one less, is there to answer. */
    public record Outage(Instant from, Instant until) {
        boolean touches(Received received) {
            return !received.until().isBefore(from.minus(EDGE))
                    && !received.from().isAfter(until.plus(EDGE));
        }
    }

    /**
     * One POST.
     *
     * @param detail for people
     */
    public record Received(String device, Instant from, Instant until, Answer answer, String detail) {}

    public static List<Finding> findings(List<Received> all, List<Outage> outages) {
        List<Finding> findings = new ArrayList<>();
        for (Received received : all) {
            boolean excused = switch (received.answer()) {
                case SERVED, BUSY, FAULT -> true;
                case NOBODY, SILENCE, HALF, SESSION_GONE ->
                    outages.stream().anyMatch(outage -> outage.touches(received));
                case UNAUTHORIZED, STRANGE -> false;
            };
            if (!excused) {
                findings.add(new Finding(
                        Finding.Kind.UNCLEAN,
                        received.device() + " at " + received.from() + " got " + received.answer() + ": "
                                + received.detail()));
            }
        }
        return findings;
    }
}
