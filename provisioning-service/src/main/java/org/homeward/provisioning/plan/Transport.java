package org.homeward.provisioning.plan;

import java.util.Locale;

/** How a connection request gets to a device. In the order in which they are tried where nothing else speaks for one. */
public enum Transport {
    /** GET of its ConnectionRequestURL (TR-069 3.2.2). */
    HTTP,
    /** A datagram through the binding that it keeps open in its NAT (Annex G). */
    STUN,
    /** An IQ through the XMPP server that it is signed in to (Annex K). */
    XMPP;

    private final String word = name().toLowerCase(Locale.ROOT);

    /** As events, REST and metrics name it. */
    @Override
    public String toString() {
        return word;
    }
}
