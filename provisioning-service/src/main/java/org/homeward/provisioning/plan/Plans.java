package org.homeward.provisioning.plan;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.homeward.contracts.PlanId;
import org.homeward.contracts.order.OrderEvent.OrderRunning;
import org.homeward.contracts.plan.Action;
import org.homeward.contracts.plan.GatewayCommand.SessionPlan;
import org.homeward.contracts.plan.Step;
import org.homeward.contracts.rpc.ParameterValue;
import org.homeward.contracts.rpc.Rpc;
import org.homeward.provisioning.reconcile.Move;
import org.homeward.provisioning.reconcile.Move.Chore;
import org.homeward.provisioning.reconcile.Reconciler;
import org.homeward.provisioning.reconcile.Standing;

/**
 * Puts what is due into a plan for the open session: what people wait for first, then the set-up, then what profiles say,
 * and last what takes the device away.
 */
final class Plans {

    /** Generous for the RPCs whose arguments are few. */
    private static final int ORDINARY_RPC = 1_000;

    private Plans() {}

    /** @param answer whether the gateway waits, so that an empty plan must be sent when nothing is due */
    static void send(Turn turn, boolean answer) {
        OpenSession session = turn.ledger.session();
        if (session == null) {
            return;
        }
        boolean takes = session.takesPlans(turn.now, turn.policy.plansPerSession());
        if (!takes && !answer) {
            return;
        }
        Draft draft = new Draft(turn, session, session.nextPlan());
        if (takes) {
            draft.fill();
        }
        if (answer && draft.lacks && draft.steps.isEmpty()) {
            turn.ledger = turn.ledger.withSession(session.held(turn.now));
            return;
        }
        if (draft.steps.isEmpty() && !answer) {
            return;
        }
        turn.ledger = turn.ledger.withSession(session.sent(draft.plan, !draft.steps.isEmpty(), !draft.more));
        turn.send(session, new SessionPlan(session.id(), draft.plan, draft.steps, !draft.more));
    }

    /** A plan in the making. */
    private static final class Draft {
        private final Turn turn;
        private final OpenSession session;
        private final PlanId plan;
        private final List<Step> steps = new ArrayList<>();
        private final Set<String> written = new HashSet<>();
        private int characters;
        private boolean more;
        /** Whether the registry is still to tell what profiles ask for. */
        private boolean lacks;

        Draft(Turn turn, OpenSession session, PlanId plan) {
            this.turn = turn;
            this.session = session;
            this.plan = plan;
        }

        void fill() {
            OpenOrder away = null;
            for (OpenOrder order : Agenda.of(turn)) {
                if (order.action(turn.ledger.known()) instanceof Action action) {
                    if (Proof.takesTheDeviceAway(action)) {
                        away = order;
                    } else if (fits(action) && isOnlyWriteOfItsValues(action)) {
                        add(order, action);
                    } else {
                        more = true;
                        away = null;
                        break;
                    }
                }
            }
            if (!more) {
                List<Step> setup = FirstContact.plan(turn, session.id(), plan);
                steps.addAll(setup);
                setup.forEach(step -> written.addAll(Agenda.writes(step.action())));
                more = FirstContact.mayGoOn(turn, setup);
                if (keepUp()) {
                    more = true;
                    away = null;
                }
                lacks = !more && Upkeep.lacks(turn, session);
                more |= lacks;
            }
            if (away != null && away.action(turn.ledger.known()) instanceof Action action) {
                add(away, action);
            }
        }

        /**
         * Whether no other step of the plan writes one of the same values. Were the answers to both lost, saying both
         * again would bring the older value back for a moment.
         */
        private boolean isOnlyWriteOfItsValues(Action action) {
            List<String> paths = Agenda.writes(action);
            return Collections.disjoint(written, paths) && (paths.isEmpty() || written.addAll(paths));
        }

        /** Whether there may be more to be done for profiles in this session. */
        private boolean keepUp() {
            Move move = Upkeep.next(turn, session, plan);
            List<Chore> taken = new ArrayList<>();
            for (Chore chore : move.chores()) {
                if (!fits(chore.action()) || !isOnlyWriteOfItsValues(chore.action())) {
                    break;
                }
                steps.add(new Step(chore.command(), chore.action(), false));
                taken.add(chore);
            }
            Standing after = Reconciler.sent(move, taken, session.id(), plan, turn.now);
            if (after != turn.ledger.standing()) {
                turn.ledger = turn.ledger.with(after);
            }
            return move.more();
        }

        private boolean fits(Action action) {
            int size = size(action);
            if (!steps.isEmpty()
                    && (steps.size() >= turn.policy.stepsPerPlan()
                            || characters + size > turn.policy.charactersPerPlan())) {
                return false;
            }
            characters += size;
            return true;
        }

        private void add(OpenOrder order, Action action) {
            int attempts = order.progress() instanceof Progress.Due due ? due.attempts() + 1 : 1;
            turn.ledger = turn.ledger.replacing(
                    order.gathering(Map.of()).with(new Progress.InFlight(session.id(), plan, false, attempts)));
            steps.add(new Step(order.command(), FirstContact.withRoot(turn, action), false));
            turn.announce(new OrderRunning(order.id(), session.id()));
        }
    }

    private static int size(Action action) {
        return switch (action) {
            case Action.WriteValues write -> size(write.values());
            case Action.CreateObject create -> size(create.values());
            case Action.ReadTree tree -> characters(tree.paths());
            case Action.Call call -> {
                if (call.rpc() instanceof Rpc.SetParameterValues set) {
                    yield size(set.parameters());
                }
                yield call.rpc() instanceof Rpc.GetParameterValues get ? characters(get.paths()) : ORDINARY_RPC;
            }
        };
    }

    private static int size(List<ParameterValue> values) {
        return values.stream()
                .mapToInt(value -> value.path().length() + value.value().length() + 60)
                .sum();
    }

    private static int characters(List<String> paths) {
        return paths.stream().mapToInt(path -> path.length() + 3).sum();
    }
}
