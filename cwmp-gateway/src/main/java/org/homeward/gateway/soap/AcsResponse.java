package org.homeward.gateway.soap;

import java.util.List;

/** What the ACS answers to a call of a CPE. */
public sealed interface AcsResponse {

    /** TR-069 A.3.3.1; always with MaxEnvelopes 1. */
    record InformResponse() implements AcsResponse {}

    record TransferCompleteResponse() implements AcsResponse {}

    record AutonomousTransferCompleteResponse() implements AcsResponse {}

    record DUStateChangeCompleteResponse() implements AcsResponse {}

    record AutonomousDUStateChangeCompleteResponse() implements AcsResponse {}

    record GetRPCMethodsResponse(List<String> methods) implements AcsResponse {
        public GetRPCMethodsResponse {
            methods = List.copyOf(methods);
        }
    }

    /**
     * A fault (TR-069 A.5.2).
     *
     * @param code 8000 to 8006, or a vendor's from 8800 to 8899
     * @param text for people
     */
    record Fault(int code, String text) implements AcsResponse {

        public Fault {
            if (code < 8000 || code > 8899) {
                throw new IllegalArgumentException(code + " is not a fault code of an ACS");
            }
        }

        /** {@code Client} for what the CPE said wrongly, {@code Server} for what we can't or won't do. */
        String faultCode() {
            return code == 8003 ? "Client" : "Server";
        }
    }
}
