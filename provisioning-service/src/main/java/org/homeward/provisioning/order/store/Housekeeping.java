package org.homeward.provisioning.order.store;

import io.agroal.api.AgroalDataSource;
import io.quarkus.agroal.DataSource;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.homeward.kit.rest.IdempotencyKeys;
import org.homeward.provisioning.ProvisioningConfig;
import org.homeward.provisioning.plan.events.ProvisioningOutbox;
import org.jboss.logging.Logger;

/** Lets go of orders and keys that were kept long enough, some thousand at a time. Safe to run on several instances. */
@ApplicationScoped
public class Housekeeping {

    private static final Logger LOG = Logger.getLogger(Housekeeping.class);
    private static final int AT_ONCE = 5_000;
    private static final Duration IDEMPOTENCY = Duration.ofDays(1);
    private static final String PAST = """
            delete from device_order where id in (
                select id from device_order where coalesce(finished_at, expires_at) < ? limit ? for update skip locked)
            """;

    private final AgroalDataSource database;
    private final ProvisioningOutbox voice;
    private final ProvisioningConfig config;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofVirtual().name("provisioning-housekeeping").factory());

    public Housekeeping(
            @DataSource("provisioning") AgroalDataSource database,
            ProvisioningOutbox voice,
            ProvisioningConfig config) {
        this.database = database;
        this.voice = voice;
        this.config = config;
    }

    void onStart(@Observes StartupEvent event) {
        long interval = config.sweepInterval().toMillis();
        timer.scheduleWithFixedDelay(this::sweepOrWait, interval, interval, TimeUnit.MILLISECONDS);
    }

    void onStop(@Observes @Priority(1) ShutdownEvent event) {
        timer.close();
    }

    private void sweepOrWait() {
        try {
            sweep();
        } catch (SQLException | RuntimeException e) {
            LOG.warnf("sweeping waits for the next time: %s", e.getMessage());
        }
    }

    /** Sweeps once. */
    public void sweep() throws SQLException {
        Instant now = voice.clock().instant();
        try (Connection connection = database.getConnection();
                PreparedStatement delete = connection.prepareStatement(PAST)) {
            delete.setTimestamp(1, Timestamp.from(now.minus(config.orders().retention())));
            delete.setInt(2, AT_ONCE);
            int deleted = AT_ONCE;
            while (deleted == AT_ONCE) {
                deleted = delete.executeUpdate();
            }
            try (PreparedStatement log = connection.prepareStatement("delete from self_care_log where at < ?")) {
                log.setTimestamp(1, Timestamp.from(now.minus(config.selfCare().logRetention())));
                log.executeUpdate();
            }
            IdempotencyKeys.forget(connection, now.minus(IDEMPOTENCY));
        }
    }
}
