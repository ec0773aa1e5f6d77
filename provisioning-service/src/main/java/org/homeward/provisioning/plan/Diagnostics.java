package org.homeward.provisioning.plan;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.homeward.contracts.order.OrderFault;
import org.homeward.contracts.order.OrderTask;
import org.homeward.contracts.order.OrderTask.Diagnose;
import org.homeward.contracts.order.OrderTask.Diagnostic;
import org.homeward.contracts.order.OrderTask.Survey;
import org.homeward.contracts.plan.Action;
import org.homeward.contracts.rpc.ParameterValue;
import org.homeward.contracts.rpc.Rpc;
import org.homeward.contracts.rpc.RpcResult;
import org.homeward.contracts.rpc.ValueType;
import org.homeward.contracts.session.SessionEvent.InformReceived;
import org.homeward.contracts.session.SessionEvent.RpcCompleted;

/**
 * Orders that let a device measure something. Two steps in two sessions: inputs and {@code DiagnosticsState=Requested}
 * are written at once, the device runs it after the session, comes back with {@code 8 DIAGNOSTICS COMPLETE}, and the
 * object is read.
 */
final class Diagnostics {

    static final String STATE = "DiagnosticsState";
    private static final int NO_SUCH_PARAMETER = 9005;

    private Diagnostics() {}

    /** Path of the object, by the data model that the device speaks. */
    static String object(Diagnostic diagnostic, Known known) {
        boolean tr098 = known.root().equals("InternetGatewayDevice.");
        return switch (diagnostic) {
            case PING -> tr098 ? "InternetGatewayDevice.IPPingDiagnostics." : "Device.IP.Diagnostics.IPPing.";
            case TRACEROUTE ->
                tr098 ? "InternetGatewayDevice.TraceRouteDiagnostics." : "Device.IP.Diagnostics.TraceRoute.";
            case DOWNLOAD ->
                tr098 ? "InternetGatewayDevice.DownloadDiagnostics." : "Device.IP.Diagnostics.DownloadDiagnostics.";
            case UPLOAD ->
                tr098 ? "InternetGatewayDevice.UploadDiagnostics." : "Device.IP.Diagnostics.UploadDiagnostics.";
        };
    }

    /** What is to be done next. @param ran whether the device has said that it is done */
    static Action action(Diagnose task, String parameterKey, boolean ran, Known known) {
        String object = object(task.diagnostic(), known);
        if (ran) {
            return new Action.ReadTree(List.of(object));
        }
        List<ParameterValue> values = new ArrayList<>();
        for (ParameterValue input : task.inputs()) {
            values.add(new ParameterValue(object + input.path(), input.value(), input.type(), input.sealed()));
        }
        values.add(new ParameterValue(object + STATE, "Requested", ValueType.STRING));
        return new Action.Call(new Rpc.SetParameterValues(values, parameterKey));
    }

    /** Whether the device runs it after the session and says so when it is done. */
    static boolean isMeasured(OrderTask task) {
        return task instanceof Diagnose || task instanceof Survey;
    }

    /** Some diagnostic of the device has ended; which one, reading tells. */
    static void reported(Turn turn, InformReceived inform) {
        if (!inform.has("8 DIAGNOSTICS COMPLETE")) {
            return;
        }
        for (OpenOrder order : turn.ledger.orders()) {
            boolean waits =
                    order.progress() instanceof Progress.Awaiting || order.progress() instanceof Progress.Unresolved;
            if (waits && isMeasured(order.task())) {
                turn.ledger = turn.ledger.replacing(order.asRan().with(Progress.Due.atOnce(0)));
            }
        }
    }

    /** The device has answered, without a fault. */
    static void answered(Turn turn, OpenOrder order, Diagnose task, RpcCompleted completed) {
        if (!order.ran()) {
            Answers.await(turn, order, completed.session(), turn.policy.diagnosticsWithin());
            return;
        }
        String path = object(task.diagnostic(), turn.ledger.known()) + STATE;
        String state = order.gathered().get("values") instanceof Map<?, ?> values
                        && values.get(path) instanceof Map<?, ?> found
                ? String.valueOf(found.get("value"))
                : "";
        ended(turn, order, completed, path, state, order.gathered());
    }

    /**
     * What the device's results mean for the order.
     *
     * @param path of the state
     * @param gathered result of the order, should the diagnostic have come to its end
     */
    static void ended(
            Turn turn,
            OpenOrder order,
            RpcCompleted completed,
            String path,
            String state,
            Map<String, Object> gathered) {
        if (state.startsWith("Complete")) {
            // TR-143 says Completed where the later models say Complete
            Map<String, Object> result = new HashMap<>(gathered);
            result.put("state", state);
            Orders.succeed(turn, order, completed.session(), result);
        } else if (state.equals("Requested")) {
            // another one was meant
            Answers.await(turn, order, completed.session(), turn.policy.diagnosticsWithin());
        } else {
            Orders.fail(
                    turn,
                    order,
                    completed.session(),
                    new OrderFault(
                            0,
                            state.isEmpty()
                                    ? "the device does not tell its results"
                                    : "the diagnostic ended as " + state,
                            path,
                            List.of()));
        }
    }

    /** A fault in words, where it means that the device cannot do it at all. */
    static OrderFault explained(String object, RpcResult.Fault fault, OrderFault otherwise) {
        String missing = fault.parameters().stream()
                .filter(each -> each.code() == NO_SUCH_PARAMETER)
                .map(each -> each.parameter())
                .findFirst()
                .orElse(fault.code() == NO_SUCH_PARAMETER ? object : "");
        return missing.isEmpty()
                ? otherwise
                : new OrderFault(
                        otherwise.code(),
                        "the data model of this device has no " + (missing.equals(object + STATE) ? object : missing)
                                + ": " + otherwise.text(),
                        otherwise.parameter(),
                        otherwise.parameters());
    }
}
