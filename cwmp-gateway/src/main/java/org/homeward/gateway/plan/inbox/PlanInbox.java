package org.homeward.gateway.plan.inbox;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.homeward.contracts.Event;
import org.homeward.contracts.Topic;
import org.homeward.contracts.plan.GatewayCommand;
import org.homeward.kit.consumer.Consumers;
import org.homeward.kit.consumer.Delivery;
import org.homeward.kit.consumer.GatewayPresence;
import org.homeward.kit.consumer.OwnPartition;
import org.homeward.kit.events.KafkaConfig;

/** The partition of the plans topic on which this gateway takes plans, and names to the brain. */
public final class PlanInbox implements AutoCloseable {

    private final Consumer<Event<? extends GatewayCommand>> sessions;
    private final OwnPartition own;

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
        this.sessions = sessions;
        this.own = new OwnPartition(
                config,
                consumers,
                new OwnPartition.Owner(Topic.SESSION_PLANS, GatewayPresence.GROUP, gateway, sessionTime),
                clock,
                this::deliver,
                number -> {});
    }

    public PlanInbox start() {
        own.start();
        return this;
    }

    /** The partition to name to the brain; empty while there is none. */
    public OptionalInt partition() {
        return own.partition();
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
    public void close() {
        own.close();
    }
}
