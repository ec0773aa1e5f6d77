package org.homeward.provisioning.channel.events;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.homeward.contracts.Event;
import org.homeward.contracts.Message;
import org.homeward.contracts.Topic;
import org.homeward.contracts.order.OrderEvent;
import org.homeward.kit.consumer.Batch;
import org.homeward.kit.consumer.ConsumerSpec;
import org.homeward.kit.consumer.Consumers;
import org.homeward.provisioning.ProvisioningConfig;
import org.homeward.provisioning.channel.store.ChannelPlans;
import org.homeward.provisioning.order.OrderState;
import org.homeward.provisioning.plan.events.ProvisioningOutbox;
import org.jboss.logging.Logger;

/** Tells plans what became of their orders, and carries on those whose time has come. */
@ApplicationScoped
public class ChannelPlanEvents {

    private static final Logger LOG = Logger.getLogger(ChannelPlanEvents.class);
    private static final Duration RETENTION_SWEEP = Duration.ofHours(1);

    private final ChannelPlans plans;
    private final Consumers consumers;
    private final ProvisioningConfig config;
    private final ProvisioningOutbox voice;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(
            Thread.ofVirtual().name("channel-plans").factory());

    public ChannelPlanEvents(
            ChannelPlans plans, Consumers consumers, ProvisioningConfig config, ProvisioningOutbox voice) {
        this.plans = plans;
        this.consumers = consumers;
        this.config = config;
        this.voice = voice;
    }

    void onStart(@Observes StartupEvent event) {
        if (!config.brain()) {
            return;
        }
        consumers.start(ConsumerSpec.of("provisioning-channels", List.of(Topic.ORDER_EVENTS), this::heard)
                .withPassing(SQLException.class::isInstance));
        long interval = config.channels().interval().toMillis();
        clock.scheduleWithFixedDelay(this::advance, interval, interval, TimeUnit.MILLISECONDS);
        clock.scheduleWithFixedDelay(this::forget, 1, RETENTION_SWEEP.toMinutes(), TimeUnit.MINUTES);
    }

    void onStop(@Observes @Priority(1) ShutdownEvent event) {
        clock.close();
    }

    /** Nearly all orders are somebody else's, and their ids say so. */
    private void heard(Batch batch) throws SQLException {
        Map<String, OrderEvent> ends = new HashMap<>();
        for (Event<? extends Message> event : batch.events()) {
            if (event.data() instanceof OrderEvent order
                    && ChannelPlans.mayBeOurs(order.order())
                    && OrderState.after(order).isEnd()) {
                ends.put(order.order().value(), order);
            }
        }
        if (!ends.isEmpty()) {
            plans.ended(ends);
        }
    }

    private void advance() {
        try {
            boolean more = true;
            while (more && !clock.isShutdown()) {
                more = plans.advance();
            }
        } catch (SQLException | RuntimeException e) {
            // they are still due the next time
            LOG.warnf("channel plans wait: %s", e.getMessage());
        }
    }

    private void forget() {
        try {
            Instant now = voice.clock().instant();
            plans.forget(now.minus(config.orders().retention()));
        } catch (SQLException | RuntimeException e) {
            LOG.warnf("old channel plans stay until the next time: %s", e.getMessage());
        }
    }
}
