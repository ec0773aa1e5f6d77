package org.homeward.gateway.plan;

import org.homeward.contracts.rpc.Rpc;
import org.homeward.contracts.rpc.RpcResult;

/** What an action does next. */
sealed interface Turn {

    /** Ask the CPE; its answer goes to {@code then}. */
    record Ask(Rpc rpc, ActionPlay then) implements Turn {}

    /**
     * The action is over.
     *
     * @param own whether the result is the action's own, not the answer to its last RPC
     */
    record End(RpcResult result, boolean own) implements Turn {}

    static Turn endWithAnswer(RpcResult answer) {
        return new End(answer, false);
    }

    static Turn endWithOwn(RpcResult result) {
        return new End(result, true);
    }
}
