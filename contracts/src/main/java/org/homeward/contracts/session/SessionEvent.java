package org.homeward.contracts.session;

import java.time.Instant;
import java.util.List;
import org.homeward.contracts.CommandId;
import org.homeward.contracts.Message;
import org.homeward.contracts.PlanId;
import org.homeward.contracts.SessionId;
import org.homeward.contracts.rpc.DeploymentUnitResult;
import org.homeward.contracts.rpc.ParameterValue;
import org.homeward.contracts.rpc.Rpc;
import org.homeward.contracts.rpc.RpcResult;
import org.jspecify.annotations.Nullable;

/** A fact about one CWMP session; on {@code cwmp.session.events}, in order for each device. */
public sealed interface SessionEvent extends Message {

    SessionId session();

    /**
     * A CPE called. Durable before the InformResponse leaves.
     *
     * @param gateway which gateway holds the session
     * @param replyTo partition of the plans topic that this gateway reads
     * @param planBy until when a plan is of use; later ones are recorded, not planned
     * @param parameters values of {@code SensitivePaths} sealed
     * @param currentTime the CPE's own clock, as it wrote it; information only
     * @param namespace CWMP namespace that the CPE speaks, such as {@code urn:dslforum-org:cwmp-1-2}
     * @param remoteAddress the CPE's address as the gateway saw it, without port
     */
    record InformReceived(
            SessionId session,
            String gateway,
            int replyTo,
            Instant planBy,
            DeviceIdentity device,
            List<InformEvent> events,
            List<ParameterValue> parameters,
            String currentTime,
            int retryCount,
            String namespace,
            String remoteAddress,
            Authentication authentication)
            implements SessionEvent {
        public InformReceived {
            events = List.copyOf(events);
            parameters = List.copyOf(parameters);
        }

        /** Whether the Inform carries this event code, in any case. */
        public boolean has(String eventCode) {
            return events.stream().anyMatch(e -> e.is(eventCode));
        }
    }

    /** An RPC whose repetition would show is about to leave; durable before it does. */
    record RpcDispatched(SessionId session, PlanId plan, CommandId command, String method) implements SessionEvent {}

    /**
     * An RPC of a plan came to its end. A step that takes several RPCs gives several of these; so does an answer too
     * large for one record.
     *
     * @param sequence counts the RPCs of the session, from 1; parts of one answer share it
     * @param method the RPC's method. Where a step's own result is no RPC's answer ({@code TreeRead}, or a
     *     {@code CreateObject} whose values are set) one more of these follows with the action's name
     * @param request what was asked, where the answer alone does not tell what became of the device
     *     (SetParameterValues, SetParameterAttributes, AddObject, DeleteObject); null for the rest
     * @param part from 1, of {@code parts}
     * @param stepDone whether this ends the step; its result is then the step's: the last RPC's answer or the fault
     *     that ended it
     * @param planDone whether this ends the plan
     * @param millis from the request's leaving to the answer's arrival
     */
    record RpcCompleted(
            SessionId session,
            PlanId plan,
            CommandId command,
            int sequence,
            String method,
            @Nullable Rpc request,
            RpcResult result,
            int part,
            int parts,
            boolean stepDone,
            boolean planDone,
            long millis)
            implements SessionEvent {}

    /**
     * TransferComplete of the CPE (TR-069 A.3.3.2). Durable before the response leaves; may come twice.
     *
     * @param faultCode 0 for success
     */
    record TransferCompleted(
            SessionId session,
            String commandKey,
            int faultCode,
            String faultText,
            String startTime,
            String completeTime)
            implements SessionEvent {}

    /** AutonomousTransferComplete of the CPE (TR-069 A.3.3.3). Durable before the response leaves. */
    record AutonomousTransferCompleted(
            SessionId session,
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
            implements SessionEvent {}

    /**
     * DUStateChangeComplete of the CPE (TR-069 A.4.2.2). Durable before the response leaves; may come twice.
     *
     * @param results in the order of the ChangeDUState's operations
     */
    record DUStateChangeCompleted(SessionId session, String commandKey, List<DeploymentUnitResult> results)
            implements SessionEvent {
        public DUStateChangeCompleted {
            results = List.copyOf(results);
        }
    }

    /** AutonomousDUStateChangeComplete of the CPE (TR-069 A.4.2.3): nobody of us asked. Durable before the response leaves. */
    record AutonomousDUStateChangeCompleted(SessionId session, List<DeploymentUnitResult> results)
            implements SessionEvent {
        public AutonomousDUStateChangeCompleted {
            results = List.copyOf(results);
        }
    }

    /** A plan came for a session that can't play it any more; its steps are due again. */
    record PlanRefused(SessionId session, PlanId plan, List<CommandId> commands, String why) implements SessionEvent {
        public PlanRefused {
            commands = List.copyOf(commands);
        }
    }

    /**
     * The session ended, however.
     *
     * @param startedAt when its Inform came
     * @param rpcs how many RPCs the ACS sent
     * @param faults how many of them a fault answered
     * @param detail what a person should know about the end; empty where the reason says it all
     */
    record SessionClosed(SessionId session, Reason reason, Instant startedAt, int rpcs, int faults, String detail)
            implements SessionEvent {

        public enum Reason {
            /** Both sides had no more to say. */
            COMPLETED,
            /** The CPE fell silent. */
            TIMED_OUT,
            /** The CPE began a newer session, or the brain said that there is one. */
            SUPERSEDED,
            /** No plan came in time; the CPE was sent away and its orders wait for the next session. */
            NO_PLAN,
            /** The CPE said something that ends a session: unreadable XML, an answer to nothing. */
            PROTOCOL_ERROR,
            /** The gateway stopped. */
            SHUT_DOWN,
            /** The gateway could not go on: its broker was away, or it met an error of its own. */
            GATEWAY_FAILED
        }
    }
}
