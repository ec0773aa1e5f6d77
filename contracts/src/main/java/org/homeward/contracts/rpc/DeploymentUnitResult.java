package org.homeward.contracts.rpc;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of one deployment unit (TR-069 A.4.2.2, OpResultStruct).
 *
 * @param operation what was done, as the CPE names it: {@code Install}, {@code Update}, {@code Uninstall}; null where
 *     the order of the operations tells
 * @param deploymentUnit path of its row in the data model, such as {@code Device.SoftwareModules.DeploymentUnit.3}
 * @param currentState {@code Installed}, {@code Uninstalled} or {@code Failed}
 * @param executionUnits paths of their rows
 * @param faultCode 0 for success
 */
public record DeploymentUnitResult(
        @Nullable String operation,
        String uuid,
        String deploymentUnit,
        String version,
        String currentState,
        boolean resolved,
        List<String> executionUnits,
        String startTime,
        String completeTime,
        int faultCode,
        String faultText) {
    public DeploymentUnitResult {
        executionUnits = List.copyOf(executionUnits);
    }
}
