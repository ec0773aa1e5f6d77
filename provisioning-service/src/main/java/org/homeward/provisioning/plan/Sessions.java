package org.homeward.provisioning.plan;

import org.homeward.contracts.SessionId;
import org.homeward.contracts.plan.GatewayCommand.EndSession;
import org.homeward.contracts.session.InformEvent;
import org.homeward.contracts.session.SessionEvent.InformReceived;
import org.homeward.contracts.session.SessionEvent.PlanRefused;
import org.homeward.contracts.session.SessionEvent.RpcCompleted;
import org.jspecify.annotations.Nullable;

/** Which session counts. The newest of a device does; of all others it is only recorded what they did. */
final class Sessions {

    /** How a session ended, as far as its steps are concerned. */
    enum End {
        /** Steps without an answer may have been played, or not. */
        CLOSED,
        /** It got no plan in time, so none was played. */
        UNPLANNED
    }

    /** As after so many failed attempts. */
    private static final int UNPLANNED_REST = 4;

    private Sessions() {}

    /** A CPE called. Whether its gateway waits for a plan, be it an empty one. */
    static boolean began(Turn turn, InformReceived inform) {
        OpenSession before = turn.ledger.session();
        if (before != null && before.id().equals(inform.session())) {
            turn.ledger = turn.ledger.withSession(before.heard(turn.now));
            return false;
        }
        if (turn.ledger.ended().contains(inform.session())) {
            return false;
        }
        Orders.proven(turn, inform);
        if (before != null) {
            turn.send(before, new EndSession(before.id(), "a newer session of the device began"));
            turn.ledger = turn.ledger.withEnded(before.id()).withSession(null);
            FirstContact.sessionReplaced(turn, before.id());
            Upkeep.sessionReplaced(turn, before.id());
            Orders.sessionReplaced(turn, before.id());
        }
        Known known = turn.ledger.known();
        Known now = known.after(inform);
        boolean fresh = !known.informed() || inform.has("0 BOOTSTRAP");
        if (fresh) {
            // what an earlier life of the box said does not hold any more
            now = known.forgotten().after(inform);
        }
        if (!now.equals(known)) {
            turn.ledger = turn.ledger.with(now);
        }
        FirstContact.began(turn, inform, fresh, known);
        Upkeep.began(turn, inform, fresh, known);
        turn.ledger = turn.ledger.withSession(new OpenSession(
                inform.session(),
                inform.gateway(),
                inform.replyTo(),
                inform.planBy(),
                turn.now,
                turn.now,
                0,
                null,
                false,
                inform.events().stream().map(InformEvent::code).toList(),
                null));
        WakeUps.answered(turn, inform.has("6 CONNECTION REQUEST"));
        return turn.now.isBefore(inform.planBy());
    }

    /** Whether its gateway was kept waiting for what the registry says. */
    static boolean isHeld(Turn turn) {
        OpenSession current = turn.ledger.session();
        return current != null && current.isHeld();
    }

    /** Whether it has been kept waiting for long enough. */
    static boolean wasHeld(Turn turn) {
        OpenSession current = turn.ledger.session();
        return current != null && current.isHeld() && !current.mayBeHeld(turn.now);
    }

    static void heard(Turn turn, SessionId session) {
        OpenSession current = turn.ledger.session();
        if (current != null && current.id().equals(session)) {
            turn.ledger = turn.ledger.withSession(current.heard(turn.now));
        }
    }

    /** An RPC ended, and with it perhaps a plan. Whether the gateway now waits for the next one. */
    static boolean played(Turn turn, RpcCompleted completed) {
        OpenSession current = turn.ledger.session();
        if (current == null || !current.id().equals(completed.session())) {
            return false;
        }
        OpenSession after = current.heard(turn.now);
        boolean done = completed.planDone() && completed.plan().equals(current.playing());
        if (done) {
            after = after.played(completed.plan());
        }
        turn.ledger = turn.ledger.withSession(after);
        return done && after.waits();
    }

    /** The session could not play a plan any more, so it is over but for what it still plays. */
    static void refused(Turn turn, PlanRefused refused) {
        OpenSession current = turn.ledger.session();
        if (current == null || !current.id().equals(refused.session())) {
            return;
        }
        boolean playing = turn.ledger
                        .order(order -> order.progress() instanceof Progress.InFlight flight
                                && flight.session().equals(current.id()))
                        .isPresent()
                || turn.ledger.setup().inFlight(current.id())
                || Upkeep.isInFlight(turn, current.id());
        if (playing) {
            turn.ledger = turn.ledger.withSession(current.takingNoMore(turn.policy.plansPerSession()));
        } else {
            turn.ledger = turn.ledger.withEnded(current.id()).withSession(null);
            if (Upkeep.isWanting(turn)) {
                WakeUps.callAnyway(turn, 1);
            }
        }
    }

    static void ended(Turn turn, SessionId session, End end) {
        OpenSession current = turn.ledger.session();
        boolean late = false;
        if (current != null && current.id().equals(session)) {
            turn.ledger = turn.ledger.withSession(null);
            late = current.plans() == 0 || end == End.UNPLANNED;
        }
        if (!turn.ledger.ended().contains(session)) {
            turn.ledger = turn.ledger.withEnded(session);
        }
        FirstContact.sessionEnded(turn, session, end);
        Orders.sessionEnded(turn, session, end);
        Upkeep.sessionEnded(turn, session, end);
        if (late) {
            // we were too late for it; to call the device again at once would only add to what keeps us late
            if (Upkeep.isWanting(turn)) {
                WakeUps.callAnyway(turn, UNPLANNED_REST);
            } else if (!turn.ledger.orders().isEmpty()) {
                WakeUps.restAfter(turn, UNPLANNED_REST);
            }
        }
    }

    /** Tells the session's gateway to let it end. */
    static void dismiss(Turn turn, String why) {
        @Nullable OpenSession current = turn.ledger.session();
        if (current != null) {
            turn.send(current, new EndSession(current.id(), why));
        }
    }

    /** A session that nobody heard of for long has ended, though its gateway could not say so. */
    static void letSilentEnd(Turn turn) {
        OpenSession current = turn.ledger.session();
        if (current != null && !turn.now.isBefore(current.silentAt(turn.policy.silence()))) {
            ended(turn, current.id(), End.CLOSED);
        }
    }
}
