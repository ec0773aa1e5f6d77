package org.homeward.contracts.rpc;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What came of an RPC: the CPE's response, its fault, or nothing. */
public sealed interface RpcResult {

    record MethodList(List<String> methods) implements RpcResult {
        public MethodList {
            methods = List.copyOf(methods);
        }
    }

    record Values(List<ParameterValue> parameters) implements RpcResult {
        public Values {
            parameters = List.copyOf(parameters);
        }
    }

    record Names(List<ParameterInfo> parameters) implements RpcResult {
        public Names {
            parameters = List.copyOf(parameters);
        }
    }

    record Attributes(List<ParameterAttributes> parameters) implements RpcResult {
        public Attributes {
            parameters = List.copyOf(parameters);
        }
    }

    /** Of SetParameterValues and DeleteObject. @param status 0 applied, 1 committed and applied later */
    record Applied(int status) implements RpcResult {}

    /** @param status 0 applied, 1 committed and applied later */
    record ObjectAdded(long instanceNumber, int status) implements RpcResult {}

    /**
     * Of Download and Upload.
     *
     * @param status 0 done; 1 a TransferComplete follows
     */
    record TransferStarted(
            int status,
            @Nullable String startTime,
            @Nullable String completeTime) implements RpcResult {}

    record Transfers(List<QueuedTransfer> transfers) implements RpcResult {
        public Transfers {
            transfers = List.copyOf(transfers);
        }
    }

    /** An answer without content: Reboot, FactoryReset, ScheduleInform, SetParameterAttributes, ... */
    record Done() implements RpcResult {}

    /** The end of a {@code ReadTree}: how many values came, and which of the paths asked for do not exist. */
    record TreeRead(int parameters, List<String> missing) implements RpcResult {
        public TreeRead {
            missing = List.copyOf(missing);
        }
    }

    /**
     * A CWMP fault of the CPE (TR-069 A.5.1).
     *
     * @param code 9000 to 9899; 0 where the CPE sent a SOAP fault without one
     */
    record Fault(int code, String text, List<ParameterFault> parameters) implements RpcResult {
        /**
         * Internal error, resources exceeded, download and upload failure, server not reached, file not accessible,
         * download not complete.
         */
        private static final Set<Integer> PASSING = Set.of(9002, 9004, 9010, 9011, 9015, 9016, 9017);

        public Fault {
            parameters = List.copyOf(parameters);
        }

        /** Whether the same request may go well later; all other codes are answers. */
        public static boolean passes(int code) {
            return PASSING.contains(code);
        }
    }

    /**
     * The session ended before an answer came, or the answer was not one to this RPC. Whether the CPE did it is not
     * known.
     */
    record Unanswered(String why) implements RpcResult {}
}
