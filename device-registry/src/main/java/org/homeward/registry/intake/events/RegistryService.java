package org.homeward.registry.intake.events;

import io.agroal.api.AgroalDataSource;
import io.quarkus.agroal.DataSource;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.TopicPartition;
import org.homeward.contracts.Topic;
import org.homeward.kit.consumer.AssignmentListener;
import org.homeward.kit.consumer.ConsumerSpec;
import org.homeward.kit.consumer.Consumers;
import org.homeward.kit.consumer.GatewayPresence;
import org.homeward.kit.consumer.Inbox;
import org.homeward.kit.events.KafkaConfig;
import org.homeward.registry.RegistryConfig;
import org.homeward.registry.RegistryEvents;
import org.homeward.registry.intake.Intake;
import org.homeward.registry.inventory.Hearing;
import org.homeward.registry.inventory.store.InventoryRows;
import org.homeward.registry.inventory.store.SilenceWatch;
import org.homeward.registry.session.TranscriptStore;
import org.homeward.registry.store.Housekeeping;
import org.homeward.registry.subscriber.store.Subscribers;
import org.homeward.registry.twin.NoisyParameters;
import org.homeward.registry.twin.TwinStore;
import org.homeward.registry.twin.Twins;
import org.jboss.logging.Logger;

/** Starts what runs by itself: the consumer of events, the watch for silent devices, the sweeping. */
@ApplicationScoped
public class RegistryService {

    private static final Logger LOG = Logger.getLogger(RegistryService.class);
    private static final Duration FIRST_LOOK = Duration.ofMinutes(1);
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(5);
    private static final Duration SWEEP = Duration.ofMinutes(10);

    private final RegistryConfig config;
    private final AgroalDataSource database;
    private final RegistryEvents events;
    private final Consumers consumers;
    private final TwinStore twins;
    private final TranscriptStore transcripts;
    private final Subscribers subscribers;
    private final Clock clock;
    private final GatewayPresence gateways;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("registry-timer").daemon().factory());

    @Inject
    public RegistryService(
            RegistryConfig config,
            @DataSource("registry") AgroalDataSource database,
            RegistryEvents events,
            Consumers consumers,
            TwinStore twins,
            TranscriptStore transcripts,
            Subscribers subscribers,
            KafkaConfig kafka) {
        this.config = config;
        this.database = database;
        this.events = events;
        this.consumers = consumers;
        this.twins = twins;
        this.transcripts = transcripts;
        this.subscribers = subscribers;
        this.gateways = new GatewayPresence(kafka);
        this.clock = events.factory().clock();
    }

    void start(@Observes @Priority(50) StartupEvent event) {
        if (!config.consume()) {
            return;
        }
        var contact = config.contact();
        var hearing = new Hearing(clock.instant(), contact.late(), contact.crowd());
        var noisy = new NoisyParameters(config.history().noisy());
        var intake = new Intake(
                new Twins(twins, noisy, config.twin().maxBlock(), config.twin().remembered()),
                transcripts,
                noisy,
                config.rememberedInforms());
        var inbox = new Inbox(database);
        Duration firstLook = contact.watch().compareTo(FIRST_LOOK) < 0 ? contact.watch() : FIRST_LOOK;
        var handler = new RegistryHandler(
                intake,
                new InventoryRows(contact.coalesce(), firstLook),
                database,
                inbox,
                events.outbox(),
                events.factory(),
                hearing,
                clock);
        consumers.start(ConsumerSpec.of(
                        "registry",
                        List.of(Topic.SESSION_EVENTS, Topic.SESSION_TRANSCRIPTS, Topic.ORDER_EVENTS),
                        handler)
                .withInbox(inbox)
                .withLongestRest(config.longestRest())
                .withListener(new AssignmentListener() {
                    @Override
                    public void revoked(Set<TopicPartition> partitions) {
                        intake.forgetAll();
                    }
                }));
        every(
                contact.watch(),
                "looking for silent devices",
                new SilenceWatch(contact, database, events.outbox(), events.factory(), hearing, gateways::isAny, clock)
                        ::look);
        every(LOOK_AGAIN, "looking again at new bindings", subscribers::lookAgain);
        every(SWEEP, "sweeping", new Housekeeping(config, database, transcripts, clock)::sweep);
    }

    private void every(Duration interval, String what, Work work) {
        timer.scheduleWithFixedDelay(
                () -> {
                    try {
                        work.run();
                    } catch (SQLException | RuntimeException e) {
                        LOG.warnf("%s did not succeed, next time it may: %s", what, e);
                    }
                },
                interval.toMillis(),
                interval.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    private interface Work {
        void run() throws SQLException;
    }

    void stop(@Observes ShutdownEvent event) {
        timer.shutdownNow();
        gateways.close();
    }
}
