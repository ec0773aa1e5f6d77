package org.homeward.gateway.session;

import org.homeward.contracts.session.SessionEvent.SessionClosed.Reason;

/**
 * Why a session ends.
 *
 * @param detail for people; empty where the reason says it all
 * @param inOrder whether the CPE is let go as after any session, whatever the reason
 */
record Ending(Reason reason, String detail, boolean inOrder) {

    Ending(Reason reason, String detail) {
        this(reason, detail, false);
    }

    /** An end that the CPE must not take for a failure of the session: it would only come again. */
    static Ending inOrder(Reason reason, String detail) {
        return new Ending(reason, detail, true);
    }

    static Ending of(Reason reason) {
        return new Ending(reason, "");
    }

    /** What the CPE is told when it waits for an answer as its session ends. */
    Reply farewell() {
        if (inOrder) {
            return new Reply.NoContent();
        }
        return switch (reason) {
            case COMPLETED, NO_PLAN, SUPERSEDED, TIMED_OUT -> new Reply.NoContent();
            case PROTOCOL_ERROR -> new Reply.Rejected(detail);
            case SHUT_DOWN -> new Reply.Unavailable("the ACS is stopping");
            case GATEWAY_FAILED -> new Reply.Unavailable(detail);
        };
    }
}
