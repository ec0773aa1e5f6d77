package org.homeward.standalone.drill.account;

/**
 * One way in which the accounts do not balance.
 *
 * @param what one line that names the device or the order, and what was expected
 */
public record Finding(Kind kind, String what) {

    /** What is wrong. */
    public enum Kind {
        /** Something that was acknowledged is gone. */
        LOST,
        /** A visible effect happened twice, or an old one came back. */
        DOUBLED,
        /** An order ended in a state that is not what happened, or has not ended at all. */
        UNTRUE,
        /** A CPE got no clean answer although a gateway was there to give one. */
        UNCLEAN,
        /** A CPE cannot finish a session although everything is up again. */
        STUCK,
        /** A process or a port was not reclaimed. */
        LEFT_OVER
    }

    @Override
    public String toString() {
        return kind.name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ') + ": " + what;
    }
}
