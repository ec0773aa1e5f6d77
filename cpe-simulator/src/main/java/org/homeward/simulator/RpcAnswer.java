package org.homeward.simulator;

import org.homeward.simulator.soap.CwmpFault;

/** What the CPE says to an RPC. */
sealed interface RpcAnswer {
    /** The body's one element, as XML. */
    record Response(String body) implements RpcAnswer {}

    record Refusal(CwmpFault fault) implements RpcAnswer {}

    static RpcAnswer fault(int code) {
        return new Refusal(CwmpFault.of(code));
    }

    static RpcAnswer fault(int code, String text) {
        return new Refusal(CwmpFault.of(code, text));
    }

    /** An empty response. */
    static RpcAnswer empty(String method) {
        return new Response("<cwmp:" + method + "Response/>");
    }
}
