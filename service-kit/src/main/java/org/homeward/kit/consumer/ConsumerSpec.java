package org.homeward.kit.consumer;

import java.time.Duration;
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
 * @param longestRest how long it may rest after a poll to let more gather; it rests the longer the more came
 * @param passing which of the handler's exceptions, besides those known to the kit, mean that something is down
 */
public record ConsumerSpec(
        String name,
        List<Topic> topics,
        BatchHandler handler,
        @Nullable Inbox inbox,
        AssignmentListener listener,
        Duration longestRest,
        Predicate<Throwable> passing) {

    public ConsumerSpec {
        topics = List.copyOf(topics);
    }

    /** Positions in Kafka: every event is handled at least once. */
    public static ConsumerSpec of(String name, List<Topic> topics, BatchHandler handler) {
        return new ConsumerSpec(
                name, topics, handler, null, new AssignmentListener() {}, Duration.ZERO, failure -> false);
    }

    /**
     * Positions in a database, written in the transaction of the effect: one effect for every event. The handler calls
     * {@link Inbox#advance} for each batch.
     */
    public ConsumerSpec withInbox(Inbox positions) {
        return new ConsumerSpec(name, topics, handler, positions, listener, longestRest, passing);
    }

    public ConsumerSpec withListener(AssignmentListener hears) {
        return new ConsumerSpec(name, topics, handler, inbox, hears, longestRest, passing);
    }

    /**
     * For a consumer that nobody waits for: it works on few large batches, where many events come, rather than on many
     * small ones.
     */
    public ConsumerSpec withLongestRest(Duration longest) {
        return new ConsumerSpec(name, topics, handler, inbox, listener, longest, passing);
    }

    public ConsumerSpec withPassing(Predicate<Throwable> isPassing) {
        return new ConsumerSpec(name, topics, handler, inbox, listener, longestRest, isPassing);
    }
}
