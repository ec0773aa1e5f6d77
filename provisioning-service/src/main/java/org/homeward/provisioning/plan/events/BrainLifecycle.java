package org.homeward.provisioning.plan.events;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import org.homeward.contracts.Topic;
import org.homeward.kit.consumer.ConsumerSpec;
import org.homeward.kit.consumer.Consumers;
import org.homeward.provisioning.ProvisioningConfig;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Starts the brain when the application starts, and stops it before its database goes. */
@ApplicationScoped
public class BrainLifecycle {

    private static final Logger LOG = Logger.getLogger(BrainLifecycle.class);

    /** All by device and with the same number of partitions, so that one instance reads all about a device. */
    private static final List<Topic> TOPICS = List.of(
            Topic.SESSION_EVENTS,
            Topic.DEVICE_ORDERS,
            Topic.WAKEUP_RESULTS,
            Topic.WAKEUP_BINDINGS,
            Topic.WAKEUP_PRESENCES,
            Topic.DEVICE_EVENTS,
            Topic.DEVICE_FACTS);

    private final BrainConsumer brain;
    private final Consumers consumers;
    private final ProvisioningConfig config;
    private @Nullable BrainTimers timers;

    public BrainLifecycle(BrainConsumer brain, Consumers consumers, ProvisioningConfig config) {
        this.brain = brain;
        this.consumers = consumers;
        this.config = config;
    }

    void onStart(@Observes StartupEvent event) {
        if (!config.brain()) {
            LOG.info("this process plans for no devices: homeward.provisioning.brain is false");
            return;
        }
        consumers.start(ConsumerSpec.of("provisioning", TOPICS, brain::handle)
                .withInbox(brain.inbox())
                .withListener(brain.listener()));
        timers = new BrainTimers(brain, config.timerInterval()).start();
    }

    void onStop(@Observes @Priority(1) ShutdownEvent event) {
        if (timers != null) {
            timers.close();
        }
    }
}
