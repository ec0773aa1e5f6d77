package org.homeward.gateway.session;

import java.util.List;
import java.util.function.UnaryOperator;
import org.homeward.contracts.rpc.ParameterValue;
import org.homeward.contracts.rpc.RpcResult;
import org.homeward.contracts.rpc.SensitivePaths;

/** Encrypts the values that must not travel in clear. @param cipher makes the sealed text of a clear one */
record Sealing(UnaryOperator<String> cipher) {

    List<ParameterValue> seal(List<ParameterValue> values) {
        return values.stream().anyMatch(this::mustBeSealed)
                ? values.stream().map(this::seal).toList()
                : values;
    }

    RpcResult seal(RpcResult result) {
        return result instanceof RpcResult.Values values ? new RpcResult.Values(seal(values.parameters())) : result;
    }

    private ParameterValue seal(ParameterValue value) {
        return mustBeSealed(value)
                ? new ParameterValue(value.path(), cipher.apply(value.value()), value.type(), true)
                : value;
    }

    /** Most CPEs answer a hidden parameter with nothing: there is nothing to seal then. */
    private boolean mustBeSealed(ParameterValue value) {
        return !value.sealed() && !value.value().isEmpty() && SensitivePaths.isSensitive(value.path());
    }
}
