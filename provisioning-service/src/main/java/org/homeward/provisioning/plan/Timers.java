package org.homeward.provisioning.plan;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** When time alone changes what is to be done. */
final class Timers {

    private Timers() {}

    /** The earliest such moment after now; what lay before it has been dealt with. */
    static @Nullable Instant next(Turn turn) {
        DeviceLedger ledger = turn.ledger;
        Earliest earliest = new Earliest(turn.now);
        OpenSession session = ledger.session();
        if (session != null && (!session.idle() || !ledger.orders().isEmpty())) {
            earliest.of(session.silentAt(turn.policy.silence()));
        }
        if (session != null && session.heldUntil() != null) {
            earliest.of(session.heldUntil());
        }
        for (OpenOrder order : ledger.orders()) {
            switch (order.progress()) {
                case Progress.Due due -> {
                    earliest.of(due.notBefore());
                    earliest.of(order.expiresAt());
                }
                case Progress.InFlight flight -> {}
                case Progress.Held held -> earliest.of(held.until());
                case Progress.Awaiting awaiting -> earliest.of(awaiting.until());
                case Progress.Unresolved unresolved -> earliest.of(unresolved.until());
            }
        }
        switch (ledger.reach()) {
            case Reach.Calling calling -> {
                if (!calling.left().isEmpty()) {
                    earliest.of(calling.nextAt(turn.policy));
                    earliest.of(calling.deadline());
                }
                earliest.of(calling.silentAt());
                earliest.of(calling.until(turn.policy));
            }
            case Reach.Resting resting -> {
                if (resting.anyway() || !ledger.orders().isEmpty()) {
                    earliest.of(resting.notBefore());
                }
            }
            case Reach.Quiet quiet -> {}
        }
        return earliest.found;
    }

    private static final class Earliest {
        private final Instant now;
        private @Nullable Instant found;

        Earliest(Instant now) {
            this.now = now;
        }

        void of(Instant moment) {
            if (moment.isAfter(now) && (found == null || moment.isBefore(found))) {
                found = moment;
            }
        }
    }
}
