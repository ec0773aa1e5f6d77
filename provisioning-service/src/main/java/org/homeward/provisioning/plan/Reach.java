package org.homeward.provisioning.plan;

import java.time.Instant;
import org.homeward.contracts.WakeUpId;

/** Where the efforts to make a device call stand. One effort serves all its orders. */
public sealed interface Reach {

    /** Nobody calls it. */
    record Quiet() implements Reach {}

    /**
     * A connection request is on its way.
     *
     * @param until when no answer is to be expected any more
     * @param failures efforts in a row before this one that came to nothing
     */
    record Calling(WakeUpId request, Instant until, int failures) implements Reach {}

    /**
     * The CPE took the request; its session should begin (TR-069 3.2.2: within 30 s).
     *
     * @param until when it is late
     */
    record Expected(String transport, String address, Instant until, int failures) implements Reach {}

    /** The last effort came to nothing; the next one waits. */
    record Resting(Instant since, Instant notBefore, int failures) implements Reach {}
}
