package org.homeward.gateway.session;

import org.homeward.contracts.session.SessionEvent.SessionClosed.Reason;

/**
 * Why a session ends.
 *
 * @param detail for people; empty where the reason says it all
 * @param farewell what the CPE is told when it waits for an answer as its session ends
 */
record Ending(Reason reason, String detail, Reply farewell) {

    Ending(Reason reason, String detail) {
        this(
                reason,
                detail,
                switch (reason) {
                    case COMPLETED, NO_PLAN, SUPERSEDED, TIMED_OUT -> new Reply.NoContent();
                    case PROTOCOL_ERROR -> new Reply.Rejected(detail);
                    case SHUT_DOWN -> new Reply.Unavailable("the ACS is stopping");
                    case GATEWAY_FAILED -> new Reply.Unavailable(detail);
                });
    }

    /** An end that the CPE must not take for a failure of the session: it would only come again. */
    static Ending inOrder(Reason reason, String detail) {
        return new Ending(reason, detail, new Reply.NoContent());
    }

    /** An end that the CPE is to take for a failure of the session, so that it comes again soon (TR-069 3.2.1.1). */
    static Ending comeAgain(Reason reason, String detail) {
        return new Ending(reason, detail, new Reply.Unavailable(detail));
    }

    static Ending of(Reason reason) {
        return new Ending(reason, "");
    }
}
