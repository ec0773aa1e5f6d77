package org.homeward.provisioning.plan;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.homeward.contracts.WakeUpId;
import org.jspecify.annotations.Nullable;

/** Where the efforts to make a device call stand. One effort serves all its orders. */
public sealed interface Reach {

    /** Whether the device is called though no order may wait for it. */
    boolean anyway();

    /** Nobody calls it. */
    record Quiet() implements Reach {
        @Override
        public boolean anyway() {
            return false;
        }
    }

    /**
     * Connection requests are on their way, or were accepted and the session should begin.
     *
     * @param tries what left, in that order; at least one
     * @param left ways that are still to be tried, the likeliest first
     * @param deadline of all its connection requests; no other leaves after it
     * @param failures efforts in a row before this one that came to nothing
     * @param anyway whether the device is called though no order may wait for it
     */
    record Calling(List<Try> tries, List<Transport> left, Instant deadline, int failures, boolean anyway)
            implements Reach {

        /** A connector may be late with its word by so much. */
        private static final Duration GRACE = Duration.ofSeconds(5);

        public Calling {
            tries = List.copyOf(tries);
            left = List.copyOf(left);
        }

        Optional<Try> underWay(WakeUpId request) {
            return tries.stream()
                    .filter(each -> each.isUnderWay() && each.request().equals(request))
                    .findFirst();
        }

        /** When the next way is taken, if there is one: at once where what was tried before it came to nothing. */
        Instant nextAt(PlanPolicy policy) {
            Instant at = Instant.EPOCH;
            for (Try each : tries) {
                if (each.accepted() != null) {
                    at = latest(at, each.accepted().plus(policy.nextAfterAcceptance()));
                }
            }
            Try last = tries.getLast();
            return last.isUnderWay() ? latest(at, last.at().plus(policy.nextWayAfter())) : at;
        }

        /** When nothing is to be expected any more of what was tried. */
        Instant until(PlanPolicy policy) {
            Instant until = Instant.EPOCH;
            for (Try each : tries) {
                if (each.accepted() != null) {
                    until = latest(until, each.accepted().plus(policy.sessionWithin()));
                } else if (each.isUnderWay()) {
                    until = latest(until, silentAt());
                }
            }
            return until;
        }

        /** When a connector has been silent for too long. */
        Instant silentAt() {
            return deadline.plus(GRACE);
        }

        /** What most likely brought a session that begins now: what last left or was accepted, and did not fail. */
        Optional<Try> likeliest() {
            return tries.stream().filter(each -> each.failure() == null).max(Comparator.comparing(Try::latestSign));
        }

        Calling trying(Try next, List<Transport> after) {
            List<Try> more = new ArrayList<>(tries);
            more.add(next);
            return new Calling(more, after, deadline, failures, anyway);
        }

        Calling with(Try changed) {
            return new Calling(
                    tries.stream()
                            .map(each -> each.request().equals(changed.request()) ? changed : each)
                            .toList(),
                    left,
                    deadline,
                    failures,
                    anyway);
        }

        Calling withLeft(List<Transport> ways) {
            return new Calling(tries, ways, deadline, failures, anyway);
        }

        boolean tried(Transport transport) {
            return left.contains(transport) || tries.stream().anyMatch(each -> each.transport() == transport);
        }

        private static Instant latest(Instant a, Instant b) {
            return a.isAfter(b) ? a : b;
        }
    }

    /**
     * One connection request.
     *
     * @param at when it left
     * @param accepted when it was said to be delivered; null as long as it was not. By UDP that says only that it was sent
     * @param failure what became of it instead; null for nothing
     */
    record Try(
            WakeUpId request,
            Transport transport,
            String address,
            Instant at,
            @Nullable Instant accepted,
            @Nullable Failure failure) {

        boolean isUnderWay() {
            return accepted == null && failure == null;
        }

        Instant latestSign() {
            return accepted == null ? at : accepted;
        }

        Try acceptedAt(String where, Instant now) {
            return new Try(request, transport, where, at, now, null);
        }

        Try failed(String where, Failure why) {
            return new Try(request, transport, where, at, null, why);
        }
    }

    /**
     * Why a connection request came to nothing.
     *
     * @param outcome {@code refused}, {@code unreachable} or {@code silent}
     * @param code the CPE's own, such as an HTTP status; 0 for none
     * @param cause for people, with what to do next
     */
    record Failure(String outcome, int code, String cause) {}

    /**
     * The last effort came to nothing, or there is no hurry; the next one waits.
     *
     * @param anyway whether the device is called then though no order may wait for it
     */
    record Resting(Instant since, Instant notBefore, int failures, boolean anyway) implements Reach {

        @SuppressWarnings("ConstantValue") // efforts of before there were several ways are read as this, and begun anew
        public Resting {
            since = since == null ? Instant.EPOCH : since;
            notBefore = notBefore == null ? since : notBefore;
        }
    }
}
