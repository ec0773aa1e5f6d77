package org.homeward.registry.inventory.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import javax.sql.DataSource;
import org.homeward.contracts.Topic;
import org.homeward.contracts.device.DeviceEvent.DeviceOffline;
import org.homeward.kit.events.EventFactory;
import org.homeward.kit.outbox.Outbox;
import org.homeward.kit.outbox.Outgoing;
import org.homeward.registry.RegistryConfig;
import org.homeward.registry.inventory.Hearing;
import org.homeward.registry.inventory.Silence;
import org.homeward.registry.timeline.Happening;
import org.homeward.registry.timeline.Happening.Kind;
import org.homeward.registry.timeline.store.HappeningRows;
import org.jboss.logging.Logger;

/** Looks for devices that should have called, and tells that they are offline. */
public final class SilenceWatch {

    private static final Logger LOG = Logger.getLogger(SilenceWatch.class);
    private static final int AT_ONCE = 1_000;

    private final RegistryConfig.Contact config;
    private final DataSource database;
    private final Outbox outbox;
    private final EventFactory publishing;
    private final Hearing hearing;
    private final BooleanSupplier gateways;
    private final Clock clock;
    private boolean deaf;

    /** @param gateways whether there are any; asked at every look */
    public SilenceWatch(
            RegistryConfig.Contact config,
            DataSource database,
            Outbox outbox,
            EventFactory publishing,
            Hearing hearing,
            BooleanSupplier gateways,
            Clock clock) {
        this.config = config;
        this.database = database;
        this.outbox = outbox;
        this.publishing = publishing;
        this.hearing = hearing;
        this.gateways = gateways;
        this.clock = clock;
    }

    /** Looks at all that are due. */
    public void look() throws SQLException {
        if (gateways.getAsBoolean()) {
            hearing.gatewaysAreThere(clock.instant());
        }
        int looked = AT_ONCE;
        while (looked == AT_ONCE) {
            looked = some();
        }
    }

    private int some() throws SQLException {
        Instant now = clock.instant();
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            try {
                List<Silence> due = SilenceRows.due(connection, now, config.defaultInterval(), AT_ONCE);
                List<Silence.Verdict> verdicts = due.stream()
                        .map(silence -> silence.judge(config.missedIntervals(), config.grace(), hearing.since(), now))
                        .toList();
                List<Silence.Offline> gone = verdicts.stream()
                        .filter(Silence.Offline.class::isInstance)
                        .map(Silence.Offline.class::cast)
                        .toList();
                if (hearing.isDeaf(gone.size(), now)) {
                    if (!deaf) {
                        LOG.warn("nothing is heard of any device, or no gateway is there to hear it: until that is over"
                                + " no device counts as silent");
                    }
                    deaf = true;
                    connection.rollback();
                    return 0;
                }
                deaf = false;
                SilenceRows.settle(connection, verdicts, now);
                tell(connection, gone, now);
                connection.commit();
                return due.size();
            } catch (SQLException | RuntimeException e) {
                connection.rollback();
                throw e;
            } finally {
                connection.setAutoCommit(true);
                outbox.wake();
            }
        }
    }

    private void tell(Connection connection, List<Silence.Offline> gone, Instant now) throws SQLException {
        List<Happening> happenings = new ArrayList<>();
        List<Outgoing> outgoing = new ArrayList<>();
        for (Silence.Offline offline : gone) {
            Silence silence = offline.silence();
            happenings.add(
                    new Happening(silence.device(), "offline-" + now, now, Kind.OFFLINE, "", offline.evidence()));
            outgoing.add(new Outgoing(
                    Topic.DEVICE_EVENTS,
                    publishing.event(silence.device(), new DeviceOffline(silence.lastInform(), offline.evidence()))));
        }
        new HappeningRows().note(connection, happenings);
        outbox.append(connection, outgoing);
    }
}
