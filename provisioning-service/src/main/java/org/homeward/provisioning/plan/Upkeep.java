package org.homeward.provisioning.plan;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.homeward.contracts.PlanId;
import org.homeward.contracts.SessionId;
import org.homeward.contracts.device.DeviceFacts;
import org.homeward.contracts.session.SessionEvent.InformReceived;
import org.homeward.contracts.session.SessionEvent.PlanRefused;
import org.homeward.contracts.session.SessionEvent.RpcCompleted;
import org.homeward.provisioning.profile.Desired.Wanted;
import org.homeward.provisioning.reconcile.Flight;
import org.homeward.provisioning.reconcile.Move;
import org.homeward.provisioning.reconcile.Standing;

/** Keeps a device what its profiles say: brings what happens to it before the reconciler. */
final class Upkeep {

    /** After so many sessions in a row that broke off it is left to the device to call. */
    private static final int MOST_CALLS = 5;

    /** For a plan that only might be. */
    private static final PlanId NO_PLAN = new PlanId("none");

    private Upkeep() {}

    /** @param fresh whether nothing that was done to the device before holds any more */
    static void began(Turn turn, InformReceived inform, boolean fresh, Known before) {
        Known known = turn.ledger.known();
        About about = turn.ledger.about().after(inform, known.root());
        boolean newSoftware = !before.softwareVersion().equals(known.softwareVersion());
        Standing standing = turn.ledger.standing();
        if (standing != Standing.NONE || !turn.profiles.isEmpty()) {
            standing = turn.hearing.began(standing, inform, known.root(), fresh, newSoftware);
        }
        become(turn, about, newSoftware ? turn.hearing.factsChanged(standing) : standing);
    }

    static void described(Turn turn, DeviceFacts facts) {
        String before = turn.ledger.about().subscriberId();
        About about = turn.ledger.about();
        become(turn, about.after(facts, turn.now), turn.ledger.standing());
        OpenSession session = turn.ledger.session();
        boolean away = session == null || !session.takesPlans(turn.now, turn.policy.plansPerSession());
        if (away && !about.equals(turn.ledger.about()) && isWanting(turn)) {
            WakeUps.callAnyway(turn, 0);
        }
        if (facts.subscriberId() != null && !facts.subscriberId().equals(before)) {
            Settling.changedHands(turn, facts.subscriberId());
        }
    }

    private static void become(Turn turn, About about, Standing standing) {
        if (about.equals(turn.ledger.about())) {
            become(turn, standing);
        } else {
            turn.ledger = turn.ledger.with(about);
            become(turn, turn.hearing.factsChanged(standing));
        }
    }

    private static void become(Turn turn, Standing standing) {
        if (standing != turn.ledger.standing()) {
            turn.ledger = turn.ledger.with(standing);
        }
    }

    /** An RPC ended, whoever asked for it. Whether it was one for a profile. */
    static boolean completed(Turn turn, RpcCompleted completed) {
        become(turn, turn.hearing.completed(turn.ledger.standing(), completed, turn.now));
        return completed.command().value().startsWith("profile.");
    }

    static void refused(Turn turn, PlanRefused refused) {
        Flight flight = turn.ledger.standing().flight();
        if (flight != null && flight.plan().equals(refused.plan())) {
            become(turn, turn.hearing.refused(turn.ledger.standing()));
        }
    }

    static void sessionEnded(Turn turn, SessionId session, Sessions.End end) {
        if (isInFlight(turn, session)) {
            become(
                    turn,
                    switch (end) {
                        case CLOSED -> turn.hearing.lost(turn.ledger.standing(), session, null, turn.now);
                        case UNPLANNED -> turn.hearing.refused(turn.ledger.standing());
                    });
            int failures = turn.ledger.standing().failures();
            if (turn.ledger.session() == null && failures > 0 && failures <= MOST_CALLS) {
                Instant rest = turn.ledger.standing().rest();
                WakeUps.callAnyway(
                        turn, rest == null ? turn.now.plus(turn.policy.wakeAfter(failures)) : rest, failures);
            }
        }
    }

    /** A newer session began while this one may still play its plan. */
    static void sessionReplaced(Turn turn, SessionId session) {
        Instant mayStillPlay = turn.now.plus(turn.policy.silence());
        become(turn, turn.hearing.lost(turn.ledger.standing(), session, mayStillPlay, turn.now));
    }

    static boolean isInFlight(Turn turn, SessionId session) {
        Flight flight = turn.ledger.standing().flight();
        return flight != null && flight.session().equals(session);
    }

    /**
     * What profiles say of parameters by these names of ManagementServer, by path: not for first contact to set.
     *
     * @return empty as long as that depends on what is still to be read of the device
     */
    static Optional<Map<String, Wanted>> wanted(Turn turn, List<String> names) {
        if (names.stream().noneMatch(turn.profiles::mayName)) {
            return Optional.of(Map.of());
        }
        Optional<Map<String, Wanted>> wanted =
                turn.reconciler.wanted(turn.ledger.standing(), turn.profiles, turn::facts);
        return wanted.isEmpty() && !FirstContact.readsTree(turn) ? Optional.of(Map.of()) : wanted;
    }

    /** Whether the registry has yet to tell what profiles ask for of a new box, and the session can wait for it. */
    static boolean lacks(Turn turn, OpenSession session) {
        return !turn.ledger.about().told()
                && !turn.profiles.isEmpty()
                && session.events().contains("0 BOOTSTRAP")
                && session.mayBeHeld(turn.now)
                && turn.reconciler.lacks(
                        turn.ledger.standing(),
                        turn.profiles,
                        reported -> turn.ledger.facts(reported, session.events(), turn.now));
    }

    /** Whether there is something to be done for profiles, or to be set up, once the device calls. */
    static boolean isWanting(Turn turn) {
        return turn.ledger.known().informed()
                && (turn.ledger.setup().isDue(turn.now)
                        || !next(turn, List.of(), NO_PLAN).chores().isEmpty());
    }

    /** What can be done for profiles in this plan. */
    static Move next(Turn turn, OpenSession session, PlanId plan) {
        return next(turn, session.events(), plan);
    }

    private static Move next(Turn turn, List<String> events, PlanId plan) {
        return turn.reconciler.next(
                turn.ledger.standing(),
                turn.profiles,
                reported -> turn.ledger.facts(reported, events, turn.now),
                FirstContact.isReadingTree(turn),
                plan,
                turn.now);
    }
}
