package org.homeward.provisioning.plan;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.homeward.contracts.SessionId;
import org.homeward.contracts.order.OrderFault;
import org.homeward.contracts.order.OrderTask.Diagnose;
import org.homeward.contracts.order.OrderTask.Survey;
import org.homeward.contracts.plan.Action;
import org.homeward.contracts.rpc.DeploymentUnitResult;
import org.homeward.contracts.rpc.ParameterFault;
import org.homeward.contracts.rpc.Rpc;
import org.homeward.contracts.rpc.RpcResult;
import org.homeward.contracts.rpc.TimeWindow;
import org.homeward.contracts.session.SessionEvent.DUStateChangeCompleted;
import org.homeward.contracts.session.SessionEvent.RpcCompleted;
import org.homeward.contracts.session.SessionEvent.TransferCompleted;

/** What an answer of the CPE, or its absence, means for the order that asked. */
final class Answers {

    private Answers() {}

    /** The order's step came to its end. */
    static void ended(Turn turn, OpenOrder order, Action action, RpcCompleted completed) {
        switch (completed.result()) {
            case RpcResult.Fault fault -> faulted(turn, order, completed.session(), fault);
            case RpcResult.Unanswered unanswered -> {
                if (order.progress() instanceof Progress.InFlight flight) {
                    if (flight.dispatched()) {
                        Orders.unknown(turn, order, completed.session(), unanswered.why());
                    } else {
                        Orders.lost(turn, order, completed.session(), flight.attempts());
                    }
                }
            }
            case RpcResult.MethodList result -> answered(turn, order, action, completed);
            case RpcResult.Values result -> answered(turn, order, action, completed);
            case RpcResult.Names result -> answered(turn, order, action, completed);
            case RpcResult.Attributes result -> answered(turn, order, action, completed);
            case RpcResult.Applied result -> answered(turn, order, action, completed);
            case RpcResult.ObjectAdded result -> answered(turn, order, action, completed);
            case RpcResult.TransferStarted result -> answered(turn, order, action, completed);
            case RpcResult.Transfers result -> answered(turn, order, action, completed);
            case RpcResult.Done result -> answered(turn, order, action, completed);
            case RpcResult.TreeRead result -> answered(turn, order, action, completed);
        }
    }

    private static void answered(Turn turn, OpenOrder order, Action action, RpcCompleted completed) {
        SessionId session = completed.session();
        if (order.task() instanceof Diagnose diagnose) {
            Diagnostics.answered(turn, order, diagnose, completed);
            return;
        }
        if (order.task() instanceof Survey survey) {
            Surveys.answered(turn, order, survey, completed);
            return;
        }
        switch (Proof.of(action)) {
            case Proof.Answer proof -> Orders.succeed(turn, order, session, Results.of(action, order.gathered()));
            case Proof.Scheduled proof -> Orders.succeed(turn, order, session, Results.of(action, order.gathered()));
            case Proof.Boot proof -> await(turn, order, session, turn.policy.rebootWithin());
            case Proof.Bootstrap proof -> await(turn, order, session, turn.policy.rebootWithin());
            case Proof.DeploymentUnits proof -> await(turn, order, session, turn.policy.transferWithin());
            case Proof.Transfer proof -> {
                if (completed.result() instanceof RpcResult.TransferStarted started && started.status() == 0) {
                    Orders.succeed(turn, order, session, Results.of(action, order.gathered()));
                } else {
                    await(turn, order, session, turn.policy.transferWithin().plus(startsWithin(action)));
                }
            }
        }
    }

    static void await(Turn turn, OpenOrder order, SessionId session, Duration within) {
        turn.ledger = turn.ledger.replacing(
                order.with(new Progress.Awaiting(session, turn.now.plus(within), attempts(order))));
    }

    private static Duration startsWithin(Action action) {
        if (action instanceof Action.Call call) {
            if (call.rpc() instanceof Rpc.Download download) {
                return Duration.ofSeconds(download.delaySeconds());
            }
            if (call.rpc() instanceof Rpc.Upload upload) {
                return Duration.ofSeconds(upload.delaySeconds());
            }
            if (call.rpc() instanceof Rpc.ScheduleDownload download) {
                return Duration.ofSeconds(download.windows().stream()
                        .mapToLong(TimeWindow::end)
                        .max()
                        .orElse(0));
            }
        }
        return Duration.ZERO;
    }

    static void transferred(Turn turn, OpenOrder order, TransferCompleted transfer) {
        if (transfer.faultCode() == 0) {
            Map<String, Object> result = new HashMap<>(order.gathered());
            result.put("startTime", transfer.startTime());
            result.put("completeTime", transfer.completeTime());
            Orders.succeed(turn, order, transfer.session(), result);
        } else {
            faulted(
                    turn,
                    order,
                    transfer.session(),
                    new RpcResult.Fault(transfer.faultCode(), transfer.faultText(), List.of()));
        }
    }

    /** One unit that failed makes the order fail; what became of the others its fault says. Never tried again unasked. */
    static void deploymentUnitsChanged(Turn turn, OpenOrder order, DUStateChangeCompleted change) {
        List<DeploymentUnitResult> results = change.results();
        List<ParameterFault> failed = new ArrayList<>();
        for (int i = 0; i < results.size(); i++) {
            DeploymentUnitResult result = results.get(i);
            if (result.faultCode() != 0) {
                failed.add(new ParameterFault("operations[" + i + "]", result.faultCode(), result.faultText()));
            }
        }
        if (failed.isEmpty()) {
            Orders.succeed(turn, order, change.session(), Map.of("deploymentUnits", Results.of(results)));
        } else {
            ParameterFault first = failed.getFirst();
            String text = results.size() == 1
                    ? first.text()
                    : failed.size() + " of " + results.size() + " operations failed, first: " + first.text();
            Orders.fail(turn, order, change.session(), Faults.of(new RpcResult.Fault(first.code(), text, failed)));
        }
    }

    private static void faulted(Turn turn, OpenOrder order, SessionId session, RpcResult.Fault fault) {
        OrderFault what = Faults.of(fault);
        Object instance = order.gathered().get("instanceNumber");
        if (instance != null) {
            // the object is there, only its values were refused; to try again would add another
            String text = "instance " + instance + " was added, but its values were refused: " + fault.text();
            what = new OrderFault(what.code(), text, what.parameter(), what.parameters());
        }
        if (order.task() instanceof Diagnose diagnose) {
            what = Diagnostics.explained(Diagnostics.object(diagnose.diagnostic(), turn.ledger.known()), fault, what);
        }
        if (order.task() instanceof Survey survey) {
            what = Diagnostics.explained(survey.object(), fault, what);
        }
        int attempts = attempts(order);
        if (instance == null && Faults.passes(fault.code()) && attempts < turn.policy.faultAttempts()) {
            Orders.retry(turn, order, what, attempts);
        } else {
            Orders.fail(turn, order, session, what);
        }
    }

    private static int attempts(OpenOrder order) {
        return switch (order.progress()) {
            case Progress.Due due -> due.attempts();
            case Progress.InFlight flight -> flight.attempts();
            case Progress.Held held -> held.attempts();
            case Progress.Awaiting awaiting -> awaiting.attempts();
            // that it is tried once more is not for us to decide: somebody was told that its fate is unknown
            case Progress.Unresolved unresolved -> Integer.MAX_VALUE;
        };
    }
}
