package org.homeward.simulator;

/** Looks at each RPC before the CPE answers, and may have it answered otherwise. */
@FunctionalInterface
public interface RpcHook {
    RpcAction onRpc(RpcCall call);
}
