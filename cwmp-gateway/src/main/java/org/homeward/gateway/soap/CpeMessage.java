package org.homeward.gateway.soap;

import java.util.List;
import org.homeward.contracts.rpc.DeploymentUnitResult;
import org.homeward.contracts.rpc.ParameterValue;
import org.homeward.contracts.rpc.RpcResult;
import org.homeward.contracts.session.DeviceIdentity;
import org.homeward.contracts.session.InformEvent;

/** What a CPE says in one envelope: a call of its own, or what came of ours. */
public sealed interface CpeMessage {

    /** The name of the method, of an RPC's answer without {@code Response}; {@code Fault} for a fault. */
    default String method() {
        return getClass().getSimpleName();
    }

    /**
     * TR-069 A.3.3.1.
     *
     * @param device names a device: its id has been checked
     * @param events 0 to 64; codes trimmed, otherwise as sent
     * @param currentTime the CPE's clock as it wrote it, empty where it says nothing
     * @param parameters in clear, each path once: where the CPE repeats one, the last value at the first place
     */
    record Inform(
            DeviceIdentity device,
            List<InformEvent> events,
            String currentTime,
            int retryCount,
            List<ParameterValue> parameters)
            implements CpeMessage {
        public Inform {
            events = List.copyOf(events);
            parameters = List.copyOf(parameters);
        }
    }

    /** TR-069 A.3.3.2. @param faultCode 0 for success */
    record TransferComplete(String commandKey, int faultCode, String faultText, String startTime, String completeTime)
            implements CpeMessage {}

    /** TR-069 A.3.3.3. @param faultCode 0 for success */
    record AutonomousTransferComplete(
            String announceUrl,
            String transferUrl,
            boolean download,
            String fileType,
            long fileSize,
            String targetFileName,
            int faultCode,
            String faultText,
            String startTime,
            String completeTime)
            implements CpeMessage {}

    /** TR-069 A.4.2.2. @param results in the order of the operations asked for */
    record DUStateChangeComplete(String commandKey, List<DeploymentUnitResult> results) implements CpeMessage {
        public DUStateChangeComplete {
            results = List.copyOf(results);
        }
    }

    /** TR-069 A.4.2.3. */
    record AutonomousDUStateChangeComplete(List<DeploymentUnitResult> results) implements CpeMessage {
        public AutonomousDUStateChangeComplete {
            results = List.copyOf(results);
        }
    }

    /** TR-069 A.3.1.1, called by the CPE. */
    record GetRPCMethods() implements CpeMessage {}

    /** A call that we don't serve (RequestDownload, Kicked, ...): its answer is fault 8000. */
    record OtherRequest(String method) implements CpeMessage {}

    /**
     * The answer to an RPC.
     *
     * @param method the RPC's name, without {@code Response}
     * @param result {@link RpcResult.Unanswered} where the answer lacks what it is for, or is to no RPC that we know
     */
    record RpcResponse(String method, RpcResult result) implements CpeMessage {}

    /** The CPE could not do the RPC. @param fault code 0 where the SOAP fault holds no CWMP fault */
    record Fault(RpcResult.Fault fault) implements CpeMessage {}
}
