package org.homeward.gateway.session;

import java.time.Instant;
import org.homeward.gateway.plan.PlanPlayer;

/**
 * Where a session stands. Each state offers the moves that are legal from it; any of them but the last can end.
 *
 * <pre>
 *            Inform
 *              |
 *          Greeting ----- InformReceived is durable ----> Listening <----------------+
 *                                                          |     |                   |
 *                                     empty POST, no plan  |     | empty POST, plan  | the CPE hung up
 *                                                          v     |                   |
 *                                                       Waiting -|-------------------+
 *                                                          |     |
 *                                                     plan |     |
 *                                                          v     v
 *    answer, and more to ask:  Announcing (only where repetition shows) --> Asking
 *                                     ^                                       |
 *                                     +---------------------------------------+--> Waiting (next plan)
 *                                                                             |
 *                                                  nothing more to ask        v
 *                                         Settling (events on their way to Kafka) --> Ended
 * </pre>
 */
sealed interface SessionState {

    /** The Inform is read, its event on the way to Kafka; the CPE waits for the InformResponse. */
    record Greeting() implements SessionState {
        Listening greeted() {
            return new Listening();
        }
    }

    /** The CPE has the floor: its own requests, then the empty POST. No POST is waiting for an answer of ours. */
    record Listening() implements SessionState {
        Waiting await(Instant until) {
            return new Waiting(until);
        }
    }

    /** The CPE waits for us to speak, and we wait for a plan. @param until when it is sent away */
    record Waiting(Instant until) implements SessionState {
        Listening hungUp() {
            return new Listening();
        }
    }

    /** An RPC whose repetition shows is being announced; it leaves when the announcement is durable. */
    record Announcing(Asking next) implements SessionState {
        Asking announced(Instant now) {
            return new Asking(next.player(), next.sequence(), next.id(), next.request(), now, 0);
        }
    }

    /**
     * An RPC is with the CPE.
     *
     * @param sequence counts the RPCs of the session, from 1
     * @param id of the SOAP header
     * @param repeats how often it was sent again because the CPE said something else
     */
    record Asking(PlanPlayer player, int sequence, String id, Reply.Envelope request, Instant sentAt, int repeats)
            implements SessionState {
        Asking again() {
            return new Asking(player, sequence, id, request, sentAt, repeats + 1);
        }
    }

    /** All is said; what happened is on its way to Kafka, and the CPE is let go when it is there. */
    record Settling(Ending ending) implements SessionState {}

    record Ended(Ending ending) implements SessionState {}
}
