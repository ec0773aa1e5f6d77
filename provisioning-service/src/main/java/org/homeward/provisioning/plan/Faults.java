package org.homeward.provisioning.plan;

import java.util.List;
import org.homeward.contracts.order.OrderFault;
import org.homeward.contracts.rpc.ParameterFault;
import org.homeward.contracts.rpc.RpcResult.Fault;

/** Which faults of a CPE pass (TR-069 A.5.1). */
final class Faults {

    /** What a CPE says in a fault is for people to read, and has to fit into an event. */
    private static final int LONGEST_TEXT = 500;

    private static final int MOST_PARAMETERS = 200;

    private Faults() {}

    static boolean passes(int code) {
        return Fault.passes(code);
    }

    static OrderFault of(Fault fault) {
        String first = fault.parameters().isEmpty()
                ? null
                : fault.parameters().getFirst().parameter();
        List<ParameterFault> parameters = fault.parameters().stream()
                .limit(MOST_PARAMETERS)
                .map(each -> new ParameterFault(each.parameter(), each.code(), cut(each.text())))
                .toList();
        return new OrderFault(fault.code(), cut(fault.text()), first, parameters);
    }

    private static String cut(String text) {
        return text.length() > LONGEST_TEXT ? text.substring(0, LONGEST_TEXT) : text;
    }

    static OrderFault of(int code, String text) {
        return new OrderFault(code, text, null, List.of());
    }
}
