package org.homeward.kit.outbox;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.homeward.kit.events.EventPublisher;
import org.jboss.logging.Logger;

/** Opens the outboxes of the services in this process, sweeps them, and closes them before their databases go. */
@ApplicationScoped
public class Outboxes {

    private static final Logger LOG = Logger.getLogger(Outboxes.class);

    private final EventPublisher publisher;
    private final MeterRegistry meters;
    private final TransactionSynchronizationRegistry transactions;
    private final OutboxConfig config;
    private final Clock clock = Clock.systemUTC();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofVirtual().name("outbox-sweep").factory());
    private final List<Outbox> open = new CopyOnWriteArrayList<>();

    @Inject
    public Outboxes(
            EventPublisher publisher,
            MeterRegistry meters,
            TransactionSynchronizationRegistry transactions,
            OutboxConfig config) {
        this.config = config;
        this.publisher = publisher;
        this.meters = meters;
        this.transactions = transactions;
    }

    /** Opens a service's outbox over its database, whose tables Flyway has made, and starts its relay. */
    public Outbox open(String service, DataSource database) {
        Outbox outbox = new Outbox(service, database, publisher, meters, transactions).start();
        open.add(outbox);
        return outbox;
    }

    void onStart(@Observes StartupEvent event) {
        long interval = config.sweepInterval().toMillis();
        timer.scheduleWithFixedDelay(this::sweep, interval, interval, TimeUnit.MILLISECONDS);
    }

    private void sweep() {
        Instant before = clock.instant().minus(config.keepDead());
        for (Outbox outbox : open) {
            try {
                outbox.forgetDead(before);
            } catch (SQLException | RuntimeException e) {
                LOG.warnf("sweeping the outbox %s waits for the next time: %s", outbox.name(), e.getMessage());
            }
        }
    }

    void onStop(@Observes @Priority(2) ShutdownEvent event) {
        timer.shutdownNow();
        open.forEach(Outbox::close);
        open.clear();
    }
}
