package org.homeward.gateway.session;

import org.homeward.contracts.session.SessionEvent.SessionClosed.Reason;

/** Why a session ends. @param detail for people; empty where the reason says it all */
record Ending(Reason reason, String detail) {

    static Ending of(Reason reason) {
        return new Ending(reason, "");
    }

    /** What the CPE is told when it waits for an answer as its session ends. */
    Reply farewell() {
        return switch (reason) {
            case COMPLETED, NO_PLAN, SUPERSEDED, TIMED_OUT -> new Reply.NoContent();
            case PROTOCOL_ERROR -> new Reply.Rejected(detail);
            case SHUT_DOWN -> new Reply.Unavailable("the ACS is stopping");
            case GATEWAY_FAILED -> new Reply.Unavailable(detail);
        };
    }
}
