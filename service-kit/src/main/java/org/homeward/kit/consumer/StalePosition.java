package org.homeward.kit.consumer;

/**
 * Somebody else has handled what this consumer is about to: it was silent for so long that the group gave its
 * partitions away. The transaction must not commit; the consumer goes on from where the inbox says.
 */
public final class StalePosition extends RuntimeException {

    private static final long serialVersionUID = 1;

    public StalePosition(String message) {
        super(message);
    }
}
