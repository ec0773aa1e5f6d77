package org.homeward.registry.selfcare;

import io.agroal.api.AgroalDataSource;
import io.quarkus.agroal.DataSource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.homeward.contracts.DeviceKey;
import org.homeward.contracts.TenantId;
import org.homeward.kit.rest.Page;
import org.homeward.registry.RegistryEvents;
import org.homeward.registry.inventory.Device;
import org.homeward.registry.inventory.store.DeviceSearch;
import org.homeward.registry.timeline.Happening;
import org.homeward.registry.timeline.Happening.Kind;
import org.homeward.registry.timeline.store.HappeningRows;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** The devices of one subscriber. Asking for another's is noted in that device's timeline, and answered as if it was not. */
@ApplicationScoped
public class OwnDevices {

    private static final Logger LOG = Logger.getLogger(OwnDevices.class);

    private final DeviceSearch devices;
    private final AgroalDataSource database;
    private final Clock clock;

    @Inject
    public OwnDevices(DeviceSearch devices, @DataSource("registry") AgroalDataSource database, RegistryEvents events) {
        this.devices = devices;
        this.database = database;
        this.clock = events.factory().clock();
    }

    public Page<Device> list(TenantId tenant, String subscriber, int limit, @Nullable String cursor)
            throws SQLException {
        return devices.search(tenant, subscriber, null, null, limit, cursor);
    }

    /** The device if it is the subscriber's. */
    public Optional<Device> find(DeviceKey device, String subscriber) throws SQLException {
        Optional<Device> found = devices.find(device);
        if (found.isPresent() && !subscriber.equals(found.get().subscriberId())) {
            denied(device, subscriber);
            return Optional.empty();
        }
        return found;
    }

    /** Once a day for each who asks: nobody fills another's timeline. */
    private void denied(DeviceKey device, String subscriber) throws SQLException {
        Instant now = clock.instant();
        LOG.infof("%s: denied to subscriber %s, whose it is not", device, subscriber);
        try (Connection connection = database.getConnection()) {
            new HappeningRows()
                    .note(
                            connection,
                            List.of(new Happening(
                                    device,
                                    "denied-" + now.atZone(ZoneOffset.UTC).toLocalDate() + "-" + subscriber,
                                    now,
                                    Kind.DENIED,
                                    subscriber,
                                    "asked for by a subscriber whose it is not")));
        }
    }
}
