package org.homeward.stunconnector.binding.events;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.homeward.contracts.DeviceKey;
import org.homeward.contracts.Topic;
import org.homeward.contracts.wakeup.UdpBinding;
import org.homeward.kit.consumer.Delivery;
import org.homeward.kit.events.EventFactory;
import org.homeward.kit.events.EventPublisher;
import org.homeward.stunconnector.binding.Authority;
import org.homeward.stunconnector.binding.BindingNews;
import org.homeward.stunconnector.binding.Bindings;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The topic {@code wakeup.bindings}, both ways: publishes what becomes of our bindings, takes our own back after a
 * restart, and lets go of a device that another instance has heard of since.
 */
public final class BindingTopic implements BindingNews {

    private static final Logger LOG = Logger.getLogger(BindingTopic.class);

    private final Bindings bindings;
    private final EventPublisher publisher;
    private final EventFactory events;
    private final String connector;
    private final Supplier<OptionalInt> partition;
    private final Clock clock;

    /**
     * @param connector the name of this instance, the same after a restart
     * @param partition on which it takes requests, as long as it has one
     */
    public BindingTopic(
            Bindings bindings,
            EventPublisher publisher,
            EventFactory events,
            String connector,
            Supplier<OptionalInt> partition,
            Clock clock) {
        this.bindings = bindings;
        this.publisher = publisher;
        this.events = events;
        this.connector = connector;
        this.partition = partition;
        this.clock = clock;
    }

    @Override
    public CompletionStage<@Nullable Void> changed(DeviceKey device, State state) {
        OptionalInt own = partition.get();
        if (own.isEmpty()) {
            return CompletableFuture.failedStage(new IllegalStateException("no partition yet"));
        }
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        return publisher
                .publish(
                        Topic.WAKEUP_BINDINGS,
                        events.event(
                                device,
                                new UdpBinding(
                                        state.address(),
                                        own.getAsInt(),
                                        connector,
                                        now.minus(state.since()),
                                        now.minus(state.silent()),
                                        state.lapsed())))
                .whenComplete((nothing, failure) -> {
                    if (failure != null) {
                        LOG.debugf("the binding of %s is told of later: %s", device, failure.getMessage());
                    }
                });
    }

    @Override
    public CompletionStage<@Nullable Void> forgotten(DeviceKey device) {
        return publisher.withdraw(Topic.WAKEUP_BINDINGS, device);
    }

    /** What the topic holds, and what comes. */
    public void follow(List<Delivery> deliveries) {
        Instant now = clock.instant();
        for (Delivery delivery : deliveries) {
            if (delivery instanceof Delivery.Arrived arrived && arrived.event().data() instanceof UdpBinding told) {
                learn(arrived.key(), told, now);
            }
        }
    }

    private void learn(DeviceKey device, UdpBinding told, Instant now) {
        Duration silent = between(told.lastHeard(), now);
        if (!told.connector().equals(connector)) {
            bindings.heldElsewhere(device, silent);
            return;
        }
        Authority.parse(told.address())
                .ifPresent(address ->
                        bindings.restore(device, address, between(told.since(), now), told.lapsed(), silent));
    }

    /** The clock may have been set back since. */
    private static Duration between(Instant then, Instant now) {
        return then.isAfter(now) ? Duration.ZERO : Duration.between(then, now);
    }
}
