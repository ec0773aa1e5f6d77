package org.homeward.kit.events;

/**
 * Kafka did not take a record and will not soon: it is away, or as much is under way as we allow. Nothing was decided
 * about the record; a caller that must not lose it says it again later.
 */
public final class BrokerUnavailable extends RuntimeException {

    private static final long serialVersionUID = 1;

    public BrokerUnavailable(String message) {
        // no stack: thousands of these may be made a second while the broker is away
        super(message, null, false, false);
    }

    public BrokerUnavailable(String message, Throwable cause) {
        super(message, cause, false, false);
    }
}
