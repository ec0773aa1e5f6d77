package org.homeward.provisioning.selfcare.store;

import io.agroal.api.AgroalDataSource;
import io.quarkus.agroal.DataSource;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.homeward.contracts.TenantId;
import org.homeward.provisioning.ProvisioningConfig;
import org.homeward.provisioning.profile.PersonalSettings;
import org.homeward.provisioning.profile.Vocabulary;
import org.homeward.provisioning.selfcare.Owner;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * What subscribers chose, those asked for lately in memory. For a tenant none of whose subscribers ever chose anything no
 * question is asked; for others one for all of a poll that are not in memory. Every instance looks now and then who chose
 * something else.
 */
@ApplicationScoped
public class PersonalBook {

    private static final Logger LOG = Logger.getLogger(PersonalBook.class);

    private final AgroalDataSource database;
    private final Vocabulary vocabulary;
    private final ProvisioningConfig config;
    private final Set<TenantId> tenants = ConcurrentHashMap.newKeySet();
    private final Map<Owner, PersonalSettings> kept;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofVirtual().name("provisioning-personal-settings").factory());

    public PersonalBook(
            @DataSource("provisioning") AgroalDataSource database, Vocabulary vocabulary, ProvisioningConfig config) {
        this.database = database;
        this.vocabulary = vocabulary;
        this.config = config;
        int most = config.cachedLedgers();
        this.kept = new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1;

            @Override
            protected boolean removeEldestEntry(Map.Entry<Owner, PersonalSettings> eldest) {
                return size() > most;
            }
        };
    }

    /** Before the first device is decided on. */
    void onStart(@Observes @Priority(10) StartupEvent event) throws SQLException {
        try (Connection connection = database.getConnection()) {
            tenants.addAll(new PersonalRows(connection).tenants());
        }
        long interval = config.profiles().refresh().toMillis();
        timer.scheduleWithFixedDelay(this::refreshOrWait, interval, interval, TimeUnit.MILLISECONDS);
    }

    void onStop(@Observes @Priority(1) ShutdownEvent event) {
        timer.close();
    }

    /**
     * What these owners chose, those in memory from there.
     *
     * @param anew of these, whose choices may have changed just now
     * @return without those who never chose anything
     */
    public Map<Owner, PersonalSettings> of(Collection<Owner> owners, Set<Owner> anew) throws SQLException {
        if (tenants.isEmpty() && anew.isEmpty()) {
            return Map.of();
        }
        Map<Owner, PersonalSettings> found = new LinkedHashMap<>();
        Set<Owner> missing = new HashSet<>();
        synchronized (kept) {
            for (Owner owner : owners) {
                if (anew.contains(owner) || tenants.contains(owner.tenant())) {
                    @Nullable PersonalSettings known = anew.contains(owner) ? null : kept.get(owner);
                    if (known == null) {
                        missing.add(owner);
                    } else if (known != PersonalSettings.NONE) {
                        found.put(owner, known);
                    }
                }
            }
        }
        if (!missing.isEmpty()) {
            Map<Owner, PersonalSettings> loaded;
            try (Connection connection = database.getConnection()) {
                loaded = new PersonalRows(connection).load(missing, vocabulary);
            }
            loaded.keySet().forEach(owner -> tenants.add(owner.tenant()));
            synchronized (kept) {
                missing.forEach(owner -> kept.put(owner, loaded.getOrDefault(owner, PersonalSettings.NONE)));
            }
            found.putAll(loaded);
        }
        return found;
    }

    /** What these owners chose, for somebody who goes through all of them once. */
    public Map<Owner, PersonalSettings> read(Collection<Owner> owners) throws SQLException {
        List<Owner> asked = owners.stream()
                .filter(owner -> tenants.contains(owner.tenant()))
                .distinct()
                .toList();
        if (asked.isEmpty()) {
            return Map.of();
        }
        try (Connection connection = database.getConnection()) {
            return new PersonalRows(connection).load(asked, vocabulary);
        }
    }

    /** What one subscriber chose, as it is written now. @param subscriber null for nobody */
    public PersonalSettings of(TenantId tenant, @Nullable String subscriber) throws SQLException {
        if (subscriber == null) {
            return PersonalSettings.NONE;
        }
        Owner owner = new Owner(tenant, subscriber);
        return of(Set.of(owner), Set.of(owner)).getOrDefault(owner, PersonalSettings.NONE);
    }

    private void refreshOrWait() {
        try {
            refresh();
        } catch (SQLException | RuntimeException e) {
            LOG.warnf("personal settings stay as they are for now: %s", e.getMessage());
        }
    }

    /** Forgets what has changed since it was read. */
    void refresh() throws SQLException {
        Map<Owner, Long> changed;
        try (Connection connection = database.getConnection()) {
            changed = new PersonalRows(connection).changedLately();
        }
        synchronized (kept) {
            changed.forEach((owner, revision) -> {
                tenants.add(owner.tenant());
                PersonalSettings known = kept.get(owner);
                if (known != null && known.revision() != revision) {
                    kept.remove(owner);
                }
            });
        }
    }
}
