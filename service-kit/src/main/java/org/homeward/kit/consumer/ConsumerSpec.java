package org.homeward.kit.consumer;

import java.util.List;
import java.util.function.Predicate;
import org.homeward.contracts.Topic;
import org.jspecify.annotations.Nullable;

/**
 * A consumer as a service wants it.
 *
 * @param name the group's name, and the consumer's in dead-letter topics, inbox, metrics and logs
 * @param topics read together; partitions of the same number go to the same instance
 * @param inbox where positions are kept with the effect; null where Kafka keeps them, after the effect
 * @param passing which of the handler's exceptions, besides those known to the kit, mean that something is down
 */
public record ConsumerSpec(
        String name,
        List<Topic> topics,
        BatchHandler handler,
        @Nullable Inbox inbox,
        AssignmentListener listener,
        Predicate<Throwable> passing) {

    public ConsumerSpec {
        topics = List.copyOf(topics);
    }

    /** Positions in Kafka: every event is handled at least once. */
    public static ConsumerSpec of(String name, List<Topic> topics, BatchHandler handler) {
        return new ConsumerSpec(name, topics, handler, null, new AssignmentListener() {}, failure -> false);
    }

    /**
     * Positions in a database, written in the transaction of the effect: one effect for every event. The handler calls
     * {@link Inbox#advance} for each batch.
     */
    public ConsumerSpec withInbox(Inbox positions) {
        return new ConsumerSpec(name, topics, handler, positions, listener, passing);
    }

    public ConsumerSpec withListener(AssignmentListener hears) {
        return new ConsumerSpec(name, topics, handler, inbox, hears, passing);
    }

    public ConsumerSpec withPassing(Predicate<Throwable> isPassing) {
        return new ConsumerSpec(name, topics, handler, inbox, listener, isPassing);
    }
}
