package org.homeward.provisioning.plan.events;

import io.agroal.api.AgroalDataSource;
import io.quarkus.agroal.DataSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import org.homeward.kit.events.EventFactory;
import org.homeward.kit.outbox.Outbox;
import org.homeward.kit.outbox.Outboxes;

/** This service's voice: its outbox, the envelope of its events, and the clock that it tells time by. */
@ApplicationScoped
public class ProvisioningOutbox {

    private final Clock clock = Clock.systemUTC();
    private final EventFactory events = new EventFactory(clock, "/provisioning-service");
    private final Outbox outbox;

    public ProvisioningOutbox(Outboxes outboxes, @DataSource("provisioning") AgroalDataSource database) {
        this.outbox = outboxes.open("provisioning", database);
    }

    public Outbox outbox() {
        return outbox;
    }

    public EventFactory events() {
        return events;
    }

    public Clock clock() {
        return clock;
    }
}
