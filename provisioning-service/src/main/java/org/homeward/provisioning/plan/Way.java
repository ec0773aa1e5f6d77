package org.homeward.provisioning.plan;

/**
 * One way to a device.
 *
 * @param address where it leads: {@code 192.0.2.7:7547}, or a JID
 * @param promise what speaks for it
 * @param doubt what speaks against it, for people; empty for nothing
 */
public record Way(Transport transport, String address, Promise promise, String doubt) {

    /** How much is to be expected of a way before it is tried. */
    public enum Promise {
        /** Nothing speaks against it. */
        OPEN,
        /** It may well lead nowhere. */
        DOUBTFUL,
        /** Somebody who should know says that it is closed. It is still tried when all others were. */
        CLOSED
    }
}
