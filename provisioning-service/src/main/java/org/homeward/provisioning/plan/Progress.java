package org.homeward.provisioning.plan;

import java.time.Instant;
import org.homeward.contracts.PlanId;
import org.homeward.contracts.SessionId;

/**
 * How far an order has come.
 *
 * <pre>
 *   Due --planned--> InFlight --answered--> (done) or Awaiting --event--> (done)
 *    ^                 |  |                             |
 *    |  fault, lost    |  | dispatched, no answer       | nothing came
 *    +-----------------+  +-----------> Unresolved <----+
 *    |                 |
 *    +----- Held <-----+  not to be repeated, and a newer session began
 * </pre>
 */
public sealed interface Progress {

    /**
     * To be planned.
     *
     * @param attempts how often it was planned
     * @param notBefore when it may be planned
     */
    record Due(int attempts, Instant notBefore) implements Progress {

        /** Nothing to wait for, whatever the clock says later: one that was ahead and is set back must not hold it up. */
        static Due atOnce(int attempts) {
            return new Due(attempts, Instant.EPOCH);
        }
    }

    /**
     * In a plan of a session.
     *
     * @param dispatched whether the gateway announced an RPC that must not be repeated
     */
    record InFlight(SessionId session, PlanId plan, boolean dispatched, int attempts) implements Progress {}

    /**
     * In a plan of a session that a newer one replaced, without a sign that it left. As long as that session may still
     * play it, it must not be planned again, because its repetition would show.
     */
    record Held(SessionId session, Instant until, int attempts) implements Progress {}

    /** Answered by the CPE; done when the event comes that proves it. */
    record Awaiting(SessionId session, Instant until, int attempts) implements Progress {}

    /** It left and no answer came. Kept for the event that tells what became of it. */
    record Unresolved(Instant until) implements Progress {}
}
