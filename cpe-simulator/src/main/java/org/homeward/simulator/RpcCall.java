package org.homeward.simulator;

import org.homeward.simulator.soap.Envelope;

/** An RPC of the ACS on its way to being answered. */
public record RpcCall(SimulatedCpe cpe, Envelope request) {
    /** Such as {@code SetParameterValues}. */
    public String method() {
        return request.name();
    }
}
