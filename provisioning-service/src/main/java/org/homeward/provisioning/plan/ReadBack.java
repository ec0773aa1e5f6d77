package org.homeward.provisioning.plan;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.homeward.contracts.rpc.ParameterValue;
import org.homeward.contracts.rpc.SensitivePaths;

/** Compares what was written with what the CPE then says. */
final class ReadBack {

    private ReadBack() {}

    /** Paths that read back otherwise than written. Secrets are left out: CPEs read them back empty. */
    static List<String> differing(List<ParameterValue> written, List<ParameterValue> read) {
        Map<String, ParameterValue> byPath = new HashMap<>();
        for (ParameterValue value : read) {
            byPath.put(value.path(), value);
        }
        return written.stream()
                .filter(value -> !value.sealed() && !SensitivePaths.isSensitive(value.path()))
                .filter(value -> {
                    ParameterValue now = byPath.get(value.path());
                    return now != null
                            && !now.sealed()
                            && !value.value().trim().equals(now.value().trim())
                            && !value.meansTheSameAs(now);
                })
                .map(ParameterValue::path)
                .toList();
    }
}
