package org.homeward.kit.consumer;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.SortedSet;
import java.util.function.IntConsumer;
import org.homeward.contracts.Topic;
import org.homeward.kit.events.KafkaConfig;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * A partition of a topic that this instance of a service takes messages on which are for it alone. A
 * {@link PartitionLease} says which are its own; it names one of them to others, once a reader stands at that
 * partition's end, and stays with it for as long as it owns it. When it must go to another it goes on reading the old
 * one for as long as somebody may remember it. Two instances may so read the same partition for a while: each passes
 * over what is for the other.
 */
public final class OwnPartition implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(OwnPartition.class);

    /**
     * Whose partition it is.
     *
     * @param group in which the instances of the service share the topic's partitions
     * @param instance the same after a restart, and nobody else's
     * @param remembered how long others may go on sending to a partition after it went to another instance
     */
    public record Owner(Topic topic, String group, String instance, Duration remembered) {}

    private final Consumers consumers;
    private final Owner whose;
    private final TailSpec.Follower follower;
    private final IntConsumer onPartition;
    private final Clock clock;
    private final PartitionLease lease;
    private final Map<Integer, TailReader> readers = new HashMap<>();
    private final Map<Integer, Instant> retired = new HashMap<>();
    private @Nullable Integer chosen;
    private volatile OptionalInt partition = OptionalInt.empty();

    /**
     * @param follower takes what comes; must not block
     * @param onPartition hears of the partition when it can be named, and when another takes its place
     */
    public OwnPartition(
            KafkaConfig config,
            Consumers consumers,
            Owner whose,
            Clock clock,
            TailSpec.Follower follower,
            IntConsumer onPartition) {
        this.consumers = consumers;
        this.whose = whose;
        this.clock = clock;
        this.follower = follower;
        this.onPartition = onPartition;
        this.lease = new PartitionLease(config, whose.topic(), whose.group(), whose.instance(), this::owned);
    }

    public OwnPartition start() {
        lease.start();
        return this;
    }

    /** The partition to name to others; empty while there is none. */
    public OptionalInt partition() {
        return partition;
    }

    private synchronized void owned(SortedSet<Integer> mine) {
        Integer current = chosen;
        if (current != null && !mine.contains(current)) {
            LOG.infof("%s comes on partition %d no more", whose.topic().topicName(), current);
            retired.put(current, clock.instant().plus(whose.remembered()));
            chosen = null;
            partition = OptionalInt.empty();
        }
        if (chosen == null && !mine.isEmpty()) {
            int next = mine.first();
            chosen = next;
            retired.remove(next);
            readers.computeIfAbsent(next, this::read).caughtUp().thenRun(() -> ready(next));
        }
        letGo();
    }

    private TailReader read(int number) {
        return consumers.follow(TailSpec.fromEnd(whose.group() + "-" + number, whose.topic(), follower)
                .ofPartition(number));
    }

    private synchronized void ready(int number) {
        if (chosen != null && chosen == number) {
            LOG.infof("%s comes on partition %d", whose.topic().topicName(), number);
            partition = OptionalInt.of(number);
            onPartition.accept(number);
        }
    }

    private void letGo() {
        Instant now = clock.instant();
        retired.entrySet().removeIf(old -> {
            boolean over = now.isAfter(old.getValue());
            TailReader reader = over ? readers.remove(old.getKey()) : null;
            if (reader != null) {
                reader.close();
            }
            return over;
        });
    }

    @Override
    public void close() {
        partition = OptionalInt.empty();
        // Neither under our lock: their threads may be waiting for it.
        lease.close();
        List<TailReader> open;
        synchronized (this) {
            chosen = null;
            partition = OptionalInt.empty();
            open = List.copyOf(readers.values());
            readers.clear();
        }
        open.forEach(TailReader::close);
    }
}
