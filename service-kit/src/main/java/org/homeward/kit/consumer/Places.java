package org.homeward.kit.consumer;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * How far a consumer has come in each partition that it owns. A partition that was just assigned has no place yet and is
 * paused until it has one.
 */
final class Places {

    private static final Logger LOG = Logger.getLogger(Places.class);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final String consumer;
    private final Consumer<String, byte[]> kafka;
    private final @Nullable Inbox inbox;
    private final Map<TopicPartition, Long> next = new HashMap<>();
    private final Set<TopicPartition> unplaced = new HashSet<>();
    private final Map<TopicPartition, Long> uncommitted = new HashMap<>();

    Places(String consumer, Consumer<String, byte[]> kafka, @Nullable Inbox inbox) {
        this.consumer = consumer;
        this.kafka = kafka;
        this.inbox = inbox;
    }

    boolean arePlaced() {
        return unplaced.isEmpty();
    }

    void assigned(Collection<TopicPartition> partitions) {
        kafka.pause(partitions);
        unplaced.addAll(partitions);
    }

    void revoked(Collection<TopicPartition> partitions) {
        next.keySet().removeAll(partitions);
        unplaced.removeAll(partitions);
        uncommitted.keySet().removeAll(partitions);
    }

    /** Where the partition's next batch begins. */
    @Nullable
    Long of(TopicPartition partition) {
        return next.get(partition);
    }

    /** The batch is done with. */
    void passed(Batch batch) {
        for (Batch.Span span : batch.spans()) {
            TopicPartition partition = new TopicPartition(span.topic().topicName(), span.partition());
            next.put(partition, span.upTo());
            uncommitted.put(partition, span.upTo());
        }
    }

    /** Looks all places up again before anything more is handled. */
    void forget() {
        assigned(kafka.assignment());
    }

    /** Gives every partition its place and lets it flow; returns those that got one. */
    Set<TopicPartition> place() throws SQLException {
        Set<TopicPartition> placed = Set.copyOf(unplaced);
        if (inbox == null) {
            for (TopicPartition partition : placed) {
                // after a batch was given up the client is ahead of what was handled
                Long handled = next.get(partition);
                if (handled != null) {
                    kafka.seek(partition, handled);
                }
                next.put(partition, kafka.position(partition, PATIENCE));
            }
        } else {
            placeFrom(inbox, placed);
        }
        kafka.resume(placed);
        unplaced.clear();
        return placed;
    }

    private void placeFrom(Inbox positions, Set<TopicPartition> placed) throws SQLException {
        Map<TopicPartition, Long> stored = positions.load(consumer);
        Map<TopicPartition, Long> beginnings = kafka.beginningOffsets(placed, PATIENCE);
        Map<TopicPartition, Long> ends = kafka.endOffsets(placed, PATIENCE);
        Map<TopicPartition, Long> moved = new HashMap<>();
        for (TopicPartition partition : placed) {
            long beginning = beginnings.getOrDefault(partition, 0L);
            Long position = stored.get(partition);
            if (position == null) {
                moved.put(partition, beginning);
            } else if (position < beginning) {
                LOG.errorf(
                        "%s: %d events of %s were deleted before they were handled",
                        consumer, beginning - position, partition);
                moved.put(partition, beginning);
            } else if (position > ends.getOrDefault(partition, Long.MAX_VALUE)) {
                LOG.errorf(
                        "%s: %s ends before the position %d that was reached; the topic was made anew, reading it from its beginning",
                        consumer, partition, position);
                moved.put(partition, beginning);
            }
        }
        if (!moved.isEmpty()) {
            positions.place(consumer, moved);
        }
        stored.putAll(moved);
        for (TopicPartition partition : placed) {
            long position = stored.getOrDefault(partition, 0L);
            kafka.seek(partition, position);
            next.put(partition, position);
        }
    }

    /** What Kafka does not know yet of how far we have come. */
    Map<TopicPartition, OffsetAndMetadata> takeUncommitted() {
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        uncommitted.forEach((partition, offset) -> offsets.put(partition, new OffsetAndMetadata(offset)));
        uncommitted.clear();
        return offsets;
    }
}
