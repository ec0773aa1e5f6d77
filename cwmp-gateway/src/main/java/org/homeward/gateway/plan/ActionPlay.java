package org.homeward.gateway.plan;

import org.homeward.contracts.plan.Action;
import org.homeward.contracts.rpc.RpcResult;

/** An action that has asked the CPE something and waits for the answer. */
interface ActionPlay {

    /** What comes next, given the CPE's answer to the RPC asked last. */
    Turn answered(RpcResult answer);

    /**
     * The first turn of an action.
     *
     * @param model what the CPE has said of its data model so far
     */
    static Turn begin(Action action, KnownModel model) {
        return switch (action) {
            case Action.Call call -> new Turn.Ask(call.rpc(), Turn::endWithAnswer);
            case Action.ReadTree tree -> TreeReading.begin(tree.paths());
            case Action.WriteValues write -> ValueWriting.begin(write.values(), write.parameterKey(), model);
            case Action.CreateObject create -> ObjectCreation.begin(create, model);
        };
    }
}
