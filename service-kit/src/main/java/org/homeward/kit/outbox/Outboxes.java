package org.homeward.kit.outbox;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.sql.DataSource;
import org.homeward.kit.events.EventPublisher;

/** Opens the outboxes of the services in this process and closes them before their databases go. */
@ApplicationScoped
public class Outboxes {

    private final EventPublisher publisher;
    private final MeterRegistry meters;
    private final TransactionSynchronizationRegistry transactions;
    private final List<Outbox> open = new CopyOnWriteArrayList<>();

    @Inject
    public Outboxes(EventPublisher publisher, MeterRegistry meters, TransactionSynchronizationRegistry transactions) {
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

    void onStop(@Observes @Priority(2) ShutdownEvent event) {
        open.forEach(Outbox::close);
        open.clear();
    }
}
