package org.homeward.registry;

import io.agroal.api.AgroalDataSource;
import io.quarkus.agroal.DataSource;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import org.homeward.kit.events.EventFactory;
import org.homeward.kit.outbox.Outbox;
import org.homeward.kit.outbox.Outboxes;

/** How this service tells others what happened. */
@Singleton
public class RegistryEvents {

    private final Outbox outbox;
    private final EventFactory factory;

    @Inject
    public RegistryEvents(Outboxes outboxes, @DataSource("registry") AgroalDataSource database, RegistryConfig config) {
        outbox = outboxes.open("registry", database);
        factory = new EventFactory(Clock.systemUTC(), "/device-registry/" + config.instance());
    }

    public Outbox outbox() {
        return outbox;
    }

    public EventFactory factory() {
        return factory;
    }
}
