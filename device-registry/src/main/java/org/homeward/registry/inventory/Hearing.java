package org.homeward.registry.inventory;

import java.time.Duration;
import java.time.Instant;

/**
 * Since when devices could make themselves heard without a break. Silence counts from then at the earliest: a device that
 * calls while the gateways, Kafka or this service are away is not silent, and afterwards devices need their time to come
 * back.
 *
 * <p>That we hear is shown by an Inform, or by a gateway that is there to take one. Where neither shows for
 * {@code late}, we are deaf, and nobody is silent; with the next sign all silence begins anew.
 *
 * <p>Thread-safe: the consumer tells what it hears, the silence watch asks.
 */
public final class Hearing {

    private final Duration late;
    private final int crowd;
    private Instant since;
    private Instant lastHeard;
    private Instant lastSign;
    private boolean deaf;

    /**
     * @param start when the service began to listen
     * @param late an event older than this when it is handled means that there was an outage, and so does no sign for as
     *     long
     * @param crowd so many devices that fall silent at once while nothing at all is heard, though gateways are there, mean
     *     that it is us: nothing gets through to them
     */
    public Hearing(Instant start, Duration late, int crowd) {
        this.late = late;
        this.crowd = crowd;
        since = start;
        lastHeard = start;
        lastSign = start;
    }

    /** An Inform of this time is handled now. */
    public synchronized void heard(Instant informedAt, Instant now) {
        gatewaysAreThere(now);
        if (deaf || informedAt.isBefore(now.minus(late))) {
            since = now;
        }
        deaf = false;
        lastHeard = now;
    }

    /** There is a gateway to take what devices say. */
    public synchronized void gatewaysAreThere(Instant now) {
        if (lastSign.isBefore(now.minus(late))) {
            since = now;
        }
        lastSign = now;
    }

    /** Whether it is likelier that we hear nothing than that so many devices fell silent at once. */
    public synchronized boolean isDeaf(int silentDevices, Instant now) {
        deaf |= silentDevices >= crowd && lastHeard.isBefore(now.minus(late));
        return deaf || lastSign.isBefore(now.minus(late));
    }

    /** From when on silence counts. */
    public synchronized Instant since() {
        return since;
    }
}
