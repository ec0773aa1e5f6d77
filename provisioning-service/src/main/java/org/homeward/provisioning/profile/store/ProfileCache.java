package org.homeward.provisioning.profile.store;

import io.agroal.api.AgroalDataSource;
import io.quarkus.agroal.DataSource;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.homeward.contracts.TenantId;
import org.homeward.provisioning.ProvisioningConfig;
import org.homeward.provisioning.capability.Capabilities;
import org.homeward.provisioning.profile.ActiveProfiles;
import org.homeward.provisioning.profile.Profile;
import org.homeward.provisioning.profile.ProfileBook;
import org.homeward.provisioning.profile.Vocabulary;
import org.jboss.logging.Logger;

/**
 * The active profiles of all tenants, compiled. Every instance asks the database now and then which tenants have others,
 * one small query for all of them, and reads those.
 */
@ApplicationScoped
public class ProfileCache implements ProfileBook {

    private static final Logger LOG = Logger.getLogger(ProfileCache.class);

    private final AgroalDataSource database;
    private final Vocabulary vocabulary;
    private final ProvisioningConfig config;
    private final Map<TenantId, ActiveProfiles> byTenant = new ConcurrentHashMap<>();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofVirtual().name("provisioning-profiles").factory());

    public ProfileCache(
            @DataSource("provisioning") AgroalDataSource database, Vocabulary vocabulary, ProvisioningConfig config) {
        this.database = database;
        this.vocabulary = vocabulary;
        this.config = config;
    }

    /** What the names in profiles mean. */
    @Produces
    @Singleton
    static Capabilities vocabulary() {
        return Capabilities.shipped();
    }

    /** Before the first device is decided on. */
    void onStart(@Observes @Priority(10) StartupEvent event) throws SQLException {
        refresh();
        long interval = config.profiles().refresh().toMillis();
        timer.scheduleWithFixedDelay(this::refreshOrWait, interval, interval, TimeUnit.MILLISECONDS);
    }

    void onStop(@Observes @Priority(1) ShutdownEvent event) {
        timer.close();
    }

    @Override
    public ActiveProfiles of(TenantId tenant) {
        return byTenant.getOrDefault(tenant, ActiveProfiles.NONE);
    }

    private void refreshOrWait() {
        try {
            refresh();
        } catch (SQLException | RuntimeException e) {
            LOG.warnf("profiles stay as they are for now: %s", e.getMessage());
        }
    }

    /** Takes in what has become active or retired since. */
    public synchronized void refresh() throws SQLException {
        try (Connection connection = database.getConnection()) {
            for (Map.Entry<TenantId, Long> each :
                    ProfileRows.revisions(connection).entrySet()) {
                TenantId tenant = each.getKey();
                if (of(tenant).revision() != each.getValue()) {
                    List<StoredProfile> active = new ProfileRows(connection, tenant).active();
                    byTenant.put(tenant, new ActiveProfiles(each.getValue(), compiled(active, vocabulary)));
                    LOG.infof("tenant %s has %d active profiles", tenant.value(), active.size());
                }
            }
        }
    }

    /** Those that compile: one that no longer does must not keep the others from holding. */
    static List<Profile> compiled(List<StoredProfile> active, Vocabulary vocabulary) {
        List<Profile> profiles = new ArrayList<>();
        for (StoredProfile each : active) {
            switch (Profile.compile(each.document(), each.version(), vocabulary)) {
                case Profile.Compilation.Good good -> profiles.add(good.profile());
                case Profile.Compilation.Faulty faulty ->
                    LOG.errorf(
                            "profile %s version %d is active but can't be used: %s",
                            each.name(), each.version(), faulty.errors());
            }
        }
        return profiles;
    }
}
