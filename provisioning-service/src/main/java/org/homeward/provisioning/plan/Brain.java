package org.homeward.provisioning.plan;

import java.time.Instant;
import org.homeward.contracts.session.SessionEvent;
import org.homeward.contracts.session.SessionEvent.AutonomousDUStateChangeCompleted;
import org.homeward.contracts.session.SessionEvent.AutonomousTransferCompleted;
import org.homeward.contracts.session.SessionEvent.DUStateChangeCompleted;
import org.homeward.contracts.session.SessionEvent.InformReceived;
import org.homeward.contracts.session.SessionEvent.PlanRefused;
import org.homeward.contracts.session.SessionEvent.RpcCompleted;
import org.homeward.contracts.session.SessionEvent.RpcDispatched;
import org.homeward.contracts.session.SessionEvent.SessionClosed;
import org.homeward.contracts.session.SessionEvent.TransferCompleted;
import org.homeward.provisioning.profile.ActiveProfiles;
import org.homeward.provisioning.profile.Vocabulary;
import org.homeward.provisioning.reconcile.Hearing;
import org.homeward.provisioning.reconcile.Reconciler;

/**
 * Decides. The same ledger, profiles, input and moment always give the same decision.
 *
 * <p>Every decision has three parts: take in what happened, let what became too late end, and then do what is possible
 * now, that is to plan for an open session or to wake a device that has none.
 */
public final class Brain {

    private final PlanPolicy policy;
    private final ConnectionSecrets secrets;
    private final Reconciler reconciler;
    private final Hearing hearing;
    private final Experience experience;
    private final Pace pace;

    /**
     * @param experience with the ways to other devices, as it stands at each decision
     * @param pace of calls that no order asks for
     */
    public Brain(
            PlanPolicy policy, ConnectionSecrets secrets, Vocabulary vocabulary, Experience experience, Pace pace) {
        this.policy = policy;
        this.secrets = secrets;
        this.reconciler = new Reconciler(vocabulary, secrets);
        this.hearing = new Hearing(policy.patience());
        this.experience = experience;
        this.pace = pace;
    }

    /** What follows from {@code input} for a device with this ledger, of a tenant with these profiles. */
    public Decision decide(DeviceLedger ledger, ActiveProfiles profiles, Input input, Instant now) {
        Turn turn = new Turn(policy, secrets, reconciler, hearing, profiles, experience, pace, ledger, now);
        boolean answer = switch (input) {
            case Input.InSession session -> hear(turn, session.event());
            case Input.Ordered ordered -> {
                Orders.take(turn, ordered.command());
                yield false;
            }
            case Input.Called called -> {
                WakeUps.ended(turn, called.result());
                yield false;
            }
            case Input.Bound bound -> {
                become(turn, turn.ledger.known().contacts().bound(bound.binding()), Transport.STUN);
                yield false;
            }
            case Input.Present present -> {
                become(turn, turn.ledger.known().contacts().present(present.presence()), Transport.XMPP);
                yield false;
            }
            case Input.Deleted deleted -> {
                Orders.cancelAll(turn, deleted.by());
                Sessions.dismiss(turn, "the device was deleted");
                turn.ledger = turn.ledger.asDeleted();
                yield false;
            }
            case Input.Registered registered -> false;
            case Input.Described described -> {
                Upkeep.described(turn, described.facts());
                yield Sessions.isHeld(turn);
            }
            case Input.TimeCame timeCame -> false;
        };
        if (turn.ledger.deleted()) {
            return turn.decided();
        }
        Sessions.letSilentEnd(turn);
        WakeUps.letLateEnd(turn);
        Orders.letLateEnd(turn);
        Plans.send(turn, answer || Sessions.wasHeld(turn));
        Settling.advance(turn);
        WakeUps.call(turn);
        turn.ledger = turn.ledger.withTimer(Timers.next(turn));
        return turn.decided();
    }

    private void become(Turn turn, Contacts contacts, Transport told) {
        Known known = turn.ledger.known();
        if (contacts.equals(known.contacts())) {
            return;
        }
        turn.ledger = turn.ledger.with(known.with(contacts));
        Choice.by(told, turn.ledger.known(), experience)
                .filter(way -> way.promise() == Way.Promise.OPEN)
                .ifPresent(way -> WakeUps.opened(turn, told));
    }

    /** Takes in what a gateway says. Whether its CPE waits for a plan, be it an empty one. */
    private static boolean hear(Turn turn, SessionEvent event) {
        return switch (event) {
            case InformReceived inform -> Sessions.began(turn, inform);
            case RpcDispatched dispatched -> {
                Sessions.heard(turn, dispatched.session());
                Orders.dispatched(turn, dispatched);
                yield false;
            }
            case RpcCompleted completed -> {
                boolean waits = Sessions.played(turn, completed);
                if (!Upkeep.completed(turn, completed) && !FirstContact.completed(turn, completed)) {
                    Orders.completed(turn, completed);
                }
                yield waits;
            }
            case TransferCompleted transfer -> {
                Sessions.heard(turn, transfer.session());
                Orders.transferred(turn, transfer);
                yield false;
            }
            case AutonomousTransferCompleted transfer -> {
                Sessions.heard(turn, transfer.session());
                yield false;
            }
            case DUStateChangeCompleted change -> {
                Sessions.heard(turn, change.session());
                Orders.deploymentUnitsChanged(turn, change);
                yield false;
            }
            case AutonomousDUStateChangeCompleted change -> {
                Sessions.heard(turn, change.session());
                yield false;
            }
            case PlanRefused refused -> {
                FirstContact.refused(turn, refused);
                Upkeep.refused(turn, refused);
                Orders.refused(turn, refused);
                Sessions.refused(turn, refused);
                yield false;
            }
            case SessionClosed closed -> {
                Sessions.ended(
                        turn,
                        closed.session(),
                        closed.reason() == SessionClosed.Reason.NO_PLAN ? Sessions.End.UNPLANNED : Sessions.End.CLOSED);
                yield false;
            }
        };
    }
}
