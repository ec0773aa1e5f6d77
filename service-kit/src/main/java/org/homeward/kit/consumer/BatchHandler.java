package org.homeward.kit.consumer;

/** What a service does with a poll's events. */
@FunctionalInterface
public interface BatchHandler {

    /**
     * Handles the whole batch, or throws and leaves nothing behind that a repetition would double. Runs on the
     * consumer's thread, one batch at a time.
     *
     * @throws Exception when it did not succeed. What is down for everybody ({@link DependencyUnavailable}, a database
     *     connection, Kafka) is waited for and the batch tried again; anything else is taken for the fault of an event in
     *     it, which is found by halving the batch
     */
    void handle(Batch batch) throws Exception;
}
