package org.homeward.gateway.plan;

import org.homeward.contracts.rpc.RpcResult;

/** The CPE's fault codes that change how we go on (TR-069 A.5.1). */
final class CpeFault {

    static final int METHOD_NOT_SUPPORTED = 9000;
    static final int INTERNAL_ERROR = 9002;
    static final int RESOURCES_EXCEEDED = 9004;
    static final int INVALID_PARAMETER_NAME = 9005;

    private CpeFault() {}

    /** Whether the CPE says that there is no such name. */
    static boolean isInvalidName(RpcResult answer) {
        return answer instanceof RpcResult.Fault fault && fault.code() == INVALID_PARAMETER_NAME;
    }

    /** Whether less at once may work. */
    static boolean isTooMuch(int code) {
        return code == INTERNAL_ERROR || code == RESOURCES_EXCEEDED;
    }
}
