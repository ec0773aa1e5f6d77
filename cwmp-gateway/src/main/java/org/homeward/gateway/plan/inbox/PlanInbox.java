package org.homeward.gateway.plan.inbox;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.SortedSet;
import java.util.function.Consumer;
import org.homeward.contracts.Event;
import org.homeward.contracts.Topic;
import org.homeward.contracts.plan.GatewayCommand;
import org.homeward.kit.consumer.Consumers;
import org.homeward.kit.consumer.Delivery;
import org.homeward.kit.consumer.TailReader;
import org.homeward.kit.consumer.TailSpec;
import org.homeward.kit.events.KafkaConfig;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The partition of the plans topic on which this gateway takes plans. A {@link PartitionLease} says which are its own; it
 * names one of them to the brain, once a reader stands at that partition's end, and stays with it for as long as it owns
 * it. When it must go to another it goes on reading the old one for as long as sessions live that named it. Two gateways
 * may so read the same partition for a while: each passes over the plans for sessions of the other.
 */
public final class PlanInbox implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(PlanInbox.class);

    private final Consumers consumers;
    private final Consumer<Event<? extends GatewayCommand>> sessions;
    private final Duration sessionTime;
    private final Clock clock;
    private final PartitionLease lease;
    private final Map<Integer, TailReader> readers = new HashMap<>();
    private final Map<Integer, Instant> retired = new HashMap<>();
    private @Nullable Integer chosen;
    private volatile OptionalInt partition = OptionalInt.empty();

    /**
     * @param sessions take the commands; must not block
     * @param sessionTime how long a session may live that named a partition which then went to another gateway
     */
    public PlanInbox(
            KafkaConfig config,
            Consumers consumers,
            String gateway,
            Duration sessionTime,
            Clock clock,
            Consumer<Event<? extends GatewayCommand>> sessions) {
        this.consumers = consumers;
        this.sessions = sessions;
        this.sessionTime = sessionTime;
        this.clock = clock;
        this.lease = new PartitionLease(config, gateway, this::owned);
    }

    public PlanInbox start() {
        lease.start();
        return this;
    }

    /** The partition to name to the brain; empty while there is none. */
    public OptionalInt partition() {
        return partition;
    }

    private synchronized void owned(SortedSet<Integer> mine) {
        Integer current = chosen;
        if (current != null && !mine.contains(current)) {
            LOG.infof("plans come on partition %d no more", current);
            retired.put(current, clock.instant().plus(sessionTime));
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
        return consumers.follow(TailSpec.fromEnd("plans-" + number, Topic.SESSION_PLANS, this::deliver)
                .ofPartition(number));
    }

    private synchronized void ready(int number) {
        if (chosen != null && chosen == number) {
            LOG.infof("plans come on partition %d", number);
            partition = OptionalInt.of(number);
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

    private void deliver(List<Delivery> deliveries) {
        for (Delivery delivery : deliveries) {
            if (delivery instanceof Delivery.Arrived arrived
                    && arrived.event().data() instanceof GatewayCommand command) {
                Event<?> event = arrived.event();
                sessions.accept(new Event<>(event.id(), event.time(), event.source(), event.key(), command));
            }
        }
    }

    @Override
    public synchronized void close() {
        partition = OptionalInt.empty();
        lease.close();
        readers.values().forEach(TailReader::close);
        readers.clear();
    }
}
