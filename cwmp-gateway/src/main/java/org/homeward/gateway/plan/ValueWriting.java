package org.homeward.gateway.plan;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.homeward.contracts.rpc.ParameterValue;
import org.homeward.contracts.rpc.Rpc;
import org.homeward.contracts.rpc.RpcResult;
import org.homeward.contracts.rpc.ValueType;

/**
 * Writes values and reads them back: types that nobody told us are looked up first, since a CPE refuses a boolean that
 * is written as a string (fault 9006).
 */
sealed interface ValueWriting extends ActionPlay {

    static Turn begin(List<ParameterValue> values, String parameterKey) {
        if (values.isEmpty()) {
            return Turn.endWithOwn(new RpcResult.Applied(0));
        }
        List<String> untyped = values.stream()
                .filter(value -> value.type() == ValueType.UNKNOWN)
                .map(ParameterValue::path)
                .toList();
        return untyped.isEmpty()
                ? write(values, parameterKey)
                : new Turn.Ask(new Rpc.GetParameterValues(untyped), new LookingUpTypes(values, parameterKey));
    }

    private static Turn write(List<ParameterValue> values, String parameterKey) {
        return new Turn.Ask(new Rpc.SetParameterValues(values, parameterKey), new Writing(values));
    }

    record LookingUpTypes(List<ParameterValue> values, String parameterKey) implements ValueWriting {
        @Override
        public Turn answered(RpcResult answer) {
            // a parameter that can't be read may not exist; only the fault of the write says which one, so go on
            Map<String, ValueType> types = new HashMap<>();
            if (answer instanceof RpcResult.Values found) {
                found.parameters().forEach(parameter -> types.put(parameter.path(), parameter.type()));
            }
            return write(values.stream().map(value -> typed(value, types)).toList(), parameterKey);
        }

        private static ParameterValue typed(ParameterValue value, Map<String, ValueType> types) {
            if (value.type() != ValueType.UNKNOWN) {
                return value;
            }
            ValueType found = types.getOrDefault(value.path(), ValueType.STRING);
            ValueType type = found == ValueType.UNKNOWN ? ValueType.STRING : found;
            return new ParameterValue(value.path(), value.value(), type, value.sealed());
        }
    }

    record Writing(List<ParameterValue> values) implements ValueWriting {
        @Override
        public Turn answered(RpcResult answer) {
            if (answer instanceof RpcResult.Fault) {
                return Turn.endWithAnswer(answer);
            }
            List<String> paths = values.stream().map(ParameterValue::path).toList();
            return new Turn.Ask(new Rpc.GetParameterValues(paths), new ReadingBack(answer));
        }
    }

    record ReadingBack(RpcResult written) implements ValueWriting {
        @Override
        public Turn answered(RpcResult answer) {
            boolean read = answer instanceof RpcResult.Values values
                    && !values.parameters().isEmpty();
            return read ? Turn.endWithAnswer(answer) : Turn.endWithOwn(written);
        }
    }
}
