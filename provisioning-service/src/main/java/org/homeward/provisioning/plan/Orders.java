package org.homeward.provisioning.plan;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.homeward.contracts.SessionId;
import org.homeward.contracts.order.OrderCommand;
import org.homeward.contracts.order.OrderCommand.CancelOrder;
import org.homeward.contracts.order.OrderCommand.SubmitOrder;
import org.homeward.contracts.order.OrderEvent.OrderCancelled;
import org.homeward.contracts.order.OrderEvent.OrderExpired;
import org.homeward.contracts.order.OrderEvent.OrderFailed;
import org.homeward.contracts.order.OrderEvent.OrderQueued;
import org.homeward.contracts.order.OrderEvent.OrderRetrying;
import org.homeward.contracts.order.OrderEvent.OrderSucceeded;
import org.homeward.contracts.order.OrderEvent.OrderUnknown;
import org.homeward.contracts.order.OrderFault;
import org.homeward.contracts.order.OrderTask.Connect;
import org.homeward.contracts.order.OrderTask.Perform;
import org.homeward.contracts.order.OrderTask.Settle;
import org.homeward.contracts.plan.Action;
import org.homeward.contracts.session.SessionEvent.DUStateChangeCompleted;
import org.homeward.contracts.session.SessionEvent.InformReceived;
import org.homeward.contracts.session.SessionEvent.PlanRefused;
import org.homeward.contracts.session.SessionEvent.RpcCompleted;
import org.homeward.contracts.session.SessionEvent.RpcDispatched;
import org.homeward.contracts.session.SessionEvent.TransferCompleted;
import org.jspecify.annotations.Nullable;

/** The life of orders: taken, planned, answered, proven; or lost on the way, and what then. */
final class Orders {

    private Orders() {}

    static void take(Turn turn, OrderCommand command) {
        switch (command) {
            case SubmitOrder submit -> submit(turn, submit);
            case CancelOrder cancel ->
                turn.ledger
                        .order(order -> order.id().equals(cancel.order()) && order.progress() instanceof Progress.Due)
                        .ifPresent(order -> {
                            turn.announce(new OrderCancelled(order.id(), cancel.by()));
                            turn.ledger = turn.ledger.finishing(order.id());
                        });
        }
    }

    private static void submit(Turn turn, SubmitOrder submit) {
        if (turn.ledger.knows(submit.order())) {
            return;
        }
        turn.announce(new OrderQueued(
                submit.order(), submit.task().type(), submit.createdBy(), submit.createdAt(), submit.expiresAt()));
        OpenOrder order = new OpenOrder(
                submit.order(),
                submit.task(),
                submit.createdBy(),
                submit.createdAt(),
                submit.expiresAt(),
                submit.wake(),
                Progress.Due.atOnce(0),
                Map.of(),
                "",
                false);
        int waiting = turn.ledger.orders().size();
        turn.ledger = turn.ledger.with(order);
        if (waiting >= turn.policy.openOrders()) {
            fail(turn, order, null, Faults.of(0, waiting + " orders wait for this device already"));
        } else if (order.task() instanceof Connect && turn.ledger.session() != null) {
            succeed(turn, order, turn.ledger.session().id(), Map.of("outcome", "connected"));
        } else {
            if (order.task() instanceof Settle settle) {
                Settling.chosen(turn, settle);
            }
            if (order.wake()) {
                WakeUps.wanted(turn, order);
            }
        }
    }

    static void cancelAll(Turn turn, String by) {
        for (OpenOrder order : turn.ledger.orders()) {
            turn.announce(new OrderCancelled(order.id(), by));
            turn.ledger = turn.ledger.finishing(order.id());
        }
    }

    /** The RPC is about to leave; from now on only an answer or an event tells what became of it. */
    static void dispatched(Turn turn, RpcDispatched dispatched) {
        turn.ledger.order(order -> order.command().equals(dispatched.command())).ifPresent(order -> {
            OpenSession current = turn.ledger.session();
            boolean inCurrent = current != null && current.id().equals(dispatched.session());
            switch (order.progress()) {
                case Progress.InFlight flight -> left(turn, order, dispatched, flight.attempts(), true);
                case Progress.Held held -> left(turn, order, dispatched, held.attempts(), inCurrent);
                case Progress.Due due -> left(turn, order, dispatched, due.attempts(), inCurrent);
                case Progress.Awaiting awaiting -> {}
                case Progress.Unresolved unresolved -> {}
            }
        });
    }

    private static void left(
            Turn turn, OpenOrder order, RpcDispatched dispatched, int attempts, boolean answerMayCome) {
        if (answerMayCome) {
            turn.ledger = turn.ledger.replacing(
                    order.with(new Progress.InFlight(dispatched.session(), dispatched.plan(), true, attempts)));
        } else {
            unknown(turn, order, dispatched.session(), "it left in a session that has ended");
        }
    }

    static void completed(Turn turn, RpcCompleted completed) {
        turn.ledger
                .order(order -> order.command().equals(completed.command()))
                .filter(order -> !(order.progress() instanceof Progress.Awaiting))
                .ifPresent(order -> {
                    if (order.action(turn.ledger.known()) instanceof Action action) {
                        OpenOrder more = order.gathering(Results.gather(order.task(), order.gathered(), completed));
                        turn.ledger = turn.ledger.replacing(more);
                        if (completed.stepDone()) {
                            Answers.ended(turn, more, action, completed);
                        }
                    }
                });
    }

    /** What the Inform's events say about orders whose proof was awaited. */
    static void proven(Turn turn, InformReceived inform) {
        Diagnostics.reported(turn, inform);
        for (OpenOrder order : turn.ledger.orders()) {
            boolean answered = order.progress() instanceof Progress.Awaiting;
            boolean left = answered
                    || order.progress() instanceof Progress.Unresolved
                    || order.progress() instanceof Progress.InFlight flight && flight.dispatched();
            if (left
                    && order.task() instanceof Perform perform
                    && Proof.of(perform.action()).shownBy(inform, answered)) {
                List<String> events =
                        inform.events().stream().map(event -> event.code()).toList();
                succeed(turn, order, inform.session(), Map.of("events", events));
            }
        }
    }

    static void transferred(Turn turn, TransferCompleted transfer) {
        meant(turn, transfer.commandKey(), proof -> proof instanceof Proof.Transfer it ? it.commandKey() : null)
                .ifPresent(order -> Answers.transferred(turn, order, transfer));
    }

    static void deploymentUnitsChanged(Turn turn, DUStateChangeCompleted change) {
        meant(turn, change.commandKey(), proof -> proof instanceof Proof.DeploymentUnits it ? it.commandKey() : null)
                .ifPresent(order -> Answers.deploymentUnitsChanged(turn, order, change));
    }

    /**
     * The order that a CPE's report is about.
     *
     * @param keyOf the CommandKey of a proof of the report's kind, null for others
     */
    private static Optional<OpenOrder> meant(Turn turn, String commandKey, Function<Proof, @Nullable String> keyOf) {
        Map<String, OpenOrder> open = new LinkedHashMap<>();
        for (OpenOrder order : turn.ledger.orders()) {
            if (order.task() instanceof Perform perform && !(order.progress() instanceof Progress.Due)) {
                String key = keyOf.apply(Proof.of(perform.action()));
                if (key != null) {
                    open.putIfAbsent(key, order);
                }
            }
        }
        // some CPEs send no CommandKey; then it must be clear which one is meant
        return commandKey.isEmpty() && open.size() == 1
                ? open.values().stream().findFirst()
                : Optional.ofNullable(open.get(commandKey));
    }

    /** The plan was not played; its steps are due again, and may even go out with the next session at once. */
    static void refused(Turn turn, PlanRefused refused) {
        for (OpenOrder order : turn.ledger.orders()) {
            if (order.progress() instanceof Progress.InFlight flight
                    && flight.plan().equals(refused.plan())
                    && !flight.dispatched()) {
                turn.ledger = turn.ledger.replacing(order.with(Progress.Due.atOnce(flight.attempts() - 1)));
            }
        }
    }

    static void sessionEnded(Turn turn, SessionId session, Sessions.End end) {
        for (OpenOrder order : turn.ledger.orders()) {
            if (order.progress() instanceof Progress.InFlight flight
                    && flight.session().equals(session)) {
                if (flight.dispatched()) {
                    unknown(turn, order, session, "the session ended before the CPE answered");
                } else {
                    switch (end) {
                        case CLOSED -> lost(turn, order, session, flight.attempts());
                        case UNPLANNED -> {
                            WakeUps.restAfter(turn, flight.attempts());
                            turn.ledger = turn.ledger.replacing(order.with(Progress.Due.atOnce(flight.attempts() - 1)));
                        }
                    }
                }
            } else if (order.progress() instanceof Progress.Held held
                    && held.session().equals(session)) {
                turn.ledger = turn.ledger.replacing(order.with(Progress.Due.atOnce(held.attempts())));
            }
        }
    }

    /** A newer session began while this one may still play its plan. */
    static void sessionReplaced(Turn turn, SessionId session) {
        for (OpenOrder order : turn.ledger.orders()) {
            if (order.progress() instanceof Progress.InFlight flight
                    && flight.session().equals(session)
                    && order.task() instanceof Settle) {
                lost(turn, order, session, flight.attempts());
            } else if (order.progress() instanceof Progress.InFlight flight
                    && flight.session().equals(session)
                    && order.action(turn.ledger.known()) instanceof Action action) {
                if (flight.dispatched()) {
                    unknown(turn, order, session, "the CPE began a new session before it answered");
                } else if (Proof.repeatable(action)) {
                    lost(turn, order, session, flight.attempts());
                } else {
                    turn.ledger = turn.ledger.replacing(order.with(
                            new Progress.Held(session, turn.now.plus(turn.policy.silence()), flight.attempts())));
                }
            }
        }
    }

    static void lost(Turn turn, OpenOrder order, SessionId session, int attempts) {
        if (attempts >= turn.policy.lostAttempts()) {
            fail(turn, order, session, Faults.of(0, attempts + " sessions ended before the CPE answered"));
        } else {
            WakeUps.restAfter(turn, attempts);
            turn.ledger = turn.ledger.replacing(
                    order.with(Progress.Due.atOnce(attempts)).troubledBy("the session ended before the CPE answered"));
        }
    }

    static void letLateEnd(Turn turn) {
        for (OpenOrder order : turn.ledger.orders()) {
            switch (order.progress()) {
                case Progress.Due due -> {
                    if (!order.expiresAt().isAfter(turn.now)) {
                        expire(turn, order);
                    }
                }
                case Progress.InFlight flight -> {}
                case Progress.Held held -> {
                    if (!held.until().isAfter(turn.now)) {
                        turn.ledger = turn.ledger.replacing(order.with(Progress.Due.atOnce(held.attempts())));
                    }
                }
                case Progress.Awaiting awaiting -> {
                    if (!awaiting.until().isAfter(turn.now)) {
                        unknown(turn, order, awaiting.session(), "the CPE agreed, but did not report that it is done");
                    }
                }
                case Progress.Unresolved unresolved -> {
                    if (!unresolved.until().isAfter(turn.now)) {
                        turn.ledger = turn.ledger.finishing(order.id());
                    }
                }
            }
        }
    }

    private static void expire(Turn turn, OpenOrder order) {
        turn.announce(new OrderExpired(
                order.id(), order.trouble().isEmpty() ? "the device did not call in time" : order.trouble()));
        turn.ledger = turn.ledger.finishing(order.id());
    }

    static void succeed(Turn turn, OpenOrder order, @Nullable SessionId session, Map<String, Object> result) {
        turn.announce(new OrderSucceeded(order.id(), session, result));
        turn.ledger = turn.ledger.finishing(order.id());
    }

    static void fail(Turn turn, OpenOrder order, @Nullable SessionId session, OrderFault fault) {
        turn.announce(new OrderFailed(order.id(), session, fault));
        turn.ledger = turn.ledger.finishing(order.id());
    }

    static void retry(Turn turn, OpenOrder order, OrderFault fault, int attempts) {
        var notBefore = turn.now.plus(turn.policy.retryAfter(attempts));
        turn.announce(new OrderRetrying(order.id(), fault, attempts, notBefore));
        turn.ledger = turn.ledger.replacing(order.with(new Progress.Due(attempts, notBefore))
                .troubledBy("the CPE answered with fault " + fault.code() + ": " + fault.text()));
    }

    /** What it was stays on record for a while: a late answer, or an event, may still tell. */
    static void unknown(Turn turn, OpenOrder order, SessionId session, String why) {
        turn.announce(new OrderUnknown(order.id(), session, why));
        boolean eventMayTell = Diagnostics.isMeasured(order.task())
                || order.task() instanceof Perform perform && !(Proof.of(perform.action()) instanceof Proof.Answer);
        turn.ledger = turn.ledger.replacing(order.with(new Progress.Unresolved(
                turn.now.plus(eventMayTell ? turn.policy.resolveWithin() : turn.policy.silence()))));
    }
}
