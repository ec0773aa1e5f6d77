package org.homeward.registry.inventory;

import java.time.Duration;
import java.time.Instant;

/**
 * Since when this service has heard devices as they call. Silence counts from then at the earliest: after an outage of
 * our own devices need their time to come back before one may say that they are silent.
 *
 * <p>Thread-safe: the consumer tells what it hears, the silence watch asks.
 */
public final class Hearing {

    private final Duration late;
    private final int crowd;
    private Instant since;
    private Instant lastHeard;
    private boolean deaf;

    /**
     * @param start when the service began to listen
     * @param late an event older than this when it is handled means that there was an outage; and when a crowd of devices
     *     is silent, nothing heard for as long means that it is us who hear nothing
     * @param crowd how many devices falling silent at once are a crowd
     */
    public Hearing(Instant start, Duration late, int crowd) {
        this.late = late;
        this.crowd = crowd;
        since = start;
        lastHeard = start;
    }

    /** An event of this time is handled now. */
    public synchronized void heard(Instant eventTime, Instant now) {
        if (deaf || eventTime.isBefore(now.minus(late))) {
            since = now;
        }
        deaf = false;
        lastHeard = now;
    }

    /** Whether it is likelier that we hear nothing than that so many devices fell silent at once. */
    public synchronized boolean isDeaf(int silentDevices, Instant now) {
        deaf |= silentDevices >= crowd && lastHeard.isBefore(now.minus(late));
        return deaf;
    }

    /** From when on silence counts. */
    public synchronized Instant since() {
        return since;
    }
}
