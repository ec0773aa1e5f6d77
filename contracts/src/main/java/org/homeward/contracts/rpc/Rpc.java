package org.homeward.contracts.rpc;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A method that the ACS calls on a CPE (TR-069 A.3.2, A.4.1). The record's name is the method's name. Passwords are
 * sealed; only the gateway opens them.
 */
public sealed interface Rpc {

    /** The method's name on the wire. */
    default String method() {
        return getClass().getSimpleName();
    }

    /**
     * Whether doing it twice does not show. One that is not repeatable is announced before it leaves and never sent
     * again unasked.
     */
    default boolean repeatable() {
        return !(this instanceof Unrepeatable);
    }

    /** Marks the methods whose repetition shows. */
    sealed interface Unrepeatable {}

    record GetRPCMethods() implements Rpc {}

    record SetParameterValues(List<ParameterValue> parameters, String parameterKey) implements Rpc {
        public SetParameterValues {
            parameters = List.copyOf(parameters);
        }
    }

    record GetParameterValues(List<String> paths) implements Rpc {
        public GetParameterValues {
            paths = List.copyOf(paths);
        }
    }

    record GetParameterNames(String path, boolean nextLevel) implements Rpc {}

    record SetParameterAttributes(List<AttributeChange> changes) implements Rpc {
        public SetParameterAttributes {
            changes = List.copyOf(changes);
        }
    }

    record GetParameterAttributes(List<String> paths) implements Rpc {
        public GetParameterAttributes {
            paths = List.copyOf(paths);
        }
    }

    /** @param object path of the table, ending in a dot */
    record AddObject(String object, String parameterKey) implements Rpc, Unrepeatable {}

    /** @param object path of the instance, ending in a dot */
    record DeleteObject(String object, String parameterKey) implements Rpc, Unrepeatable {}

    /** @param fileSize bytes, 0 when not known */
    record Download(
            String commandKey,
            String fileType,
            String url,
            String username,
            @Nullable String sealedPassword,
            long fileSize,
            String targetFileName,
            long delaySeconds,
            String successUrl,
            String failureUrl)
            implements Rpc, Unrepeatable {}

    record Reboot(String commandKey) implements Rpc, Unrepeatable {}

    record GetQueuedTransfers() implements Rpc {}

    /** @param delaySeconds greater than 0 */
    record ScheduleInform(long delaySeconds, String commandKey) implements Rpc, Unrepeatable {}

    record Upload(
            String commandKey,
            String fileType,
            String url,
            String username,
            @Nullable String sealedPassword,
            long delaySeconds)
            implements Rpc, Unrepeatable {}

    record FactoryReset() implements Rpc, Unrepeatable {}

    record GetAllQueuedTransfers() implements Rpc {}

    record ScheduleDownload(
            String commandKey,
            String fileType,
            String url,
            String username,
            @Nullable String sealedPassword,
            long fileSize,
            String targetFileName,
            List<TimeWindow> windows)
            implements Rpc, Unrepeatable {
        public ScheduleDownload {
            windows = List.copyOf(windows);
        }
    }

    record CancelTransfer(String commandKey) implements Rpc {}

    record ChangeDUState(List<DeploymentUnitOperation> operations, String commandKey) implements Rpc, Unrepeatable {
        public ChangeDUState {
            operations = List.copyOf(operations);
        }
    }
}
