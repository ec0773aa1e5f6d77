package org.homeward.gateway.plan;

import java.util.List;
import org.homeward.contracts.rpc.ParameterFault;
import org.homeward.contracts.rpc.ParameterValue;
import org.homeward.contracts.rpc.Rpc;
import org.homeward.contracts.rpc.RpcResult;
import org.homeward.contracts.rpc.ValueType;

/**
 * Writes values and reads them back. What nobody told us is looked up first: whether there is such a parameter, since
 * some CPEs die of a name that they do not have, and its type, since a CPE refuses a boolean that is written as a string
 * (fault 9006). A value that comes with its type is taken as it is, unless the CPE has said that there is no such
 * parameter.
 */
sealed interface ValueWriting extends ActionPlay {

    static Turn begin(List<ParameterValue> values, String parameterKey, KnownModel model) {
        return values.isEmpty()
                ? Turn.endWithOwn(new RpcResult.Applied(0))
                : new LookingUpNames(values, parameterKey, model).next();
    }

    /** Asks for the names around each parameter of unknown type, one object at a time. */
    record LookingUpNames(List<ParameterValue> values, String parameterKey, KnownModel model) implements ValueWriting {
        @Override
        public Turn answered(RpcResult answer) {
            boolean listed = answer instanceof RpcResult.Names || CpeFault.isInvalidName(answer);
            return listed ? next() : types(); // a CPE that won't list names is asked for the values themselves
        }

        Turn next() {
            return values.stream()
                    .filter(value -> value.type() == ValueType.UNKNOWN && !model.knowsSurroundings(value.path()))
                    .findFirst()
                    .<Turn>map(value ->
                            new Turn.Ask(new Rpc.GetParameterNames(KnownModel.parent(value.path()), true), this))
                    .orElseGet(this::types);
        }

        private Turn types() {
            List<ParameterFault> missing = values.stream()
                    .filter(value -> model.lacks(value.path()))
                    .map(value -> new ParameterFault(
                            value.path(), CpeFault.INVALID_PARAMETER_NAME, "the CPE lists no such parameter"))
                    .toList();
            if (!missing.isEmpty()) {
                return Turn.endWithOwn(new RpcResult.Fault(
                        CpeFault.INVALID_PARAMETER_NAME, "not written: the CPE lists no such parameter", missing));
            }
            List<String> untyped = values.stream()
                    .filter(value ->
                            value.type() == ValueType.UNKNOWN && model.typeOf(value.path()) == ValueType.UNKNOWN)
                    .map(ParameterValue::path)
                    .toList();
            LookingUpTypes lookUp = new LookingUpTypes(values, parameterKey, model);
            return untyped.isEmpty() ? lookUp.write() : new Turn.Ask(new Rpc.GetParameterValues(untyped), lookUp);
        }
    }

    record LookingUpTypes(List<ParameterValue> values, String parameterKey, KnownModel model) implements ValueWriting {
        @Override
        public Turn answered(RpcResult answer) {
            // one that can't be read may be write-only, or not exist; only the fault of the write says which one
            return write();
        }

        Turn write() {
            List<ParameterValue> typed = values.stream().map(this::typed).toList();
            return new Turn.Ask(new Rpc.SetParameterValues(typed, parameterKey), new Writing(typed));
        }

        private ParameterValue typed(ParameterValue value) {
            if (value.type() != ValueType.UNKNOWN) {
                return value;
            }
            ValueType found = model.typeOf(value.path());
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
