package org.homeward.gateway.plan;

import java.util.List;
import org.homeward.contracts.plan.Action.CreateObject;
import org.homeward.contracts.rpc.ParameterValue;
import org.homeward.contracts.rpc.Rpc;
import org.homeward.contracts.rpc.RpcResult;

/** Adds an object and then sets the values in it that were asked for. */
sealed interface ObjectCreation extends ActionPlay {

    static Turn begin(CreateObject create, KnownModel model) {
        return new Turn.Ask(new Rpc.AddObject(create.object(), create.parameterKey()), new Adding(create, model));
    }

    record Adding(CreateObject create, KnownModel model) implements ObjectCreation {
        @Override
        public Turn answered(RpcResult answer) {
            if (!(answer instanceof RpcResult.ObjectAdded added)
                    || create.values().isEmpty()) {
                return Turn.endWithAnswer(answer);
            }
            String instance = create.object() + added.instanceNumber() + '.';
            List<ParameterValue> values = create.values().stream()
                    .map(value ->
                            new ParameterValue(instance + value.path(), value.value(), value.type(), value.sealed()))
                    .toList();
            return Setting.wrap(added, ValueWriting.begin(values, create.parameterKey(), model));
        }
    }

    record Setting(RpcResult.ObjectAdded added, ActionPlay writing) implements ObjectCreation {
        @Override
        public Turn answered(RpcResult answer) {
            return wrap(added, writing.answered(answer));
        }

        static Turn wrap(RpcResult.ObjectAdded added, Turn turn) {
            return switch (turn) {
                case Turn.Ask ask -> new Turn.Ask(ask.rpc(), new Setting(added, ask.then()));
                case Turn.End end -> end.result() instanceof RpcResult.Fault ? end : Turn.endWithOwn(added);
            };
        }
    }
}
