package org.homeward.registry.inventory.store;

import io.agroal.api.AgroalDataSource;
import io.quarkus.agroal.DataSource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.homeward.contracts.DeviceKey;
import org.homeward.contracts.TenantId;
import org.homeward.contracts.Topic;
import org.homeward.contracts.device.DeviceCredentials;
import org.homeward.contracts.device.DeviceEvent;
import org.homeward.contracts.session.DeviceIdentity;
import org.homeward.kit.events.EventFactory;
import org.homeward.kit.outbox.Outbox;
import org.homeward.kit.outbox.Outgoing;
import org.homeward.kit.rest.Revision;
import org.homeward.kit.security.FieldCipher;
import org.homeward.registry.RegistryEvents;
import org.homeward.registry.inventory.DeviceEdit;
import org.homeward.registry.inventory.Registration;
import org.homeward.registry.inventory.Registration.Credentials;
import org.homeward.registry.subscriber.SubscriberId;
import org.homeward.registry.subscriber.store.Subscribers;
import org.homeward.registry.timeline.Happening;
import org.homeward.registry.timeline.Happening.Kind;
import org.homeward.registry.timeline.store.HappeningRows;
import org.jspecify.annotations.Nullable;

/** What people do to the inventory: each in one transaction with the events that tell others. */
@ApplicationScoped
public class Devices {

    private final DeviceRepository repository;
    private final AgroalDataSource database;
    private final Outbox outbox;
    private final EventFactory publishing;
    private final FieldCipher cipher;
    private final Subscribers subscribers;

    @Inject
    public Devices(
            DeviceRepository repository,
            @DataSource("registry") AgroalDataSource database,
            RegistryEvents events,
            FieldCipher cipher,
            Subscribers subscribers) {
        this.repository = repository;
        this.database = database;
        this.outbox = events.outbox();
        this.publishing = events.factory();
        this.cipher = cipher;
        this.subscribers = subscribers;
    }

    /** Registers devices. @return those that were not registered before */
    @Transactional
    public Set<DeviceKey> register(TenantId tenant, List<Registration> registrations, String by) throws SQLException {
        try (Connection connection = database.getConnection()) {
            if (registrations.stream().anyMatch(each -> each.subscriberId() != null)) {
                subscribers.turn(connection, tenant);
            }
            Instant now = publishing.clock().instant();
            Set<DeviceKey> registered = RegistrationRows.insert(connection, tenant, registrations, now);
            List<Outgoing> outgoing = new ArrayList<>();
            List<Happening> happenings = new ArrayList<>();
            Map<DeviceKey, SubscriberId> given = new LinkedHashMap<>();
            for (Registration each : registrations) {
                var device = new DeviceKey(tenant, each.device());
                if (registered.contains(device)) {
                    outgoing.addAll(told(device, each, by));
                    happenings.add(new Happening(device, newId(), now, Kind.REGISTERED, by, ""));
                    if (each.subscriberId() != null) {
                        given.put(device, new SubscriberId(each.subscriberId()));
                    }
                }
            }
            new HappeningRows().note(connection, happenings);
            outbox.append(connection, outgoing);
            Set<DeviceKey> told = new LinkedHashSet<>(registered);
            told.addAll(subscribers.give(connection, tenant, given, registered, by, false));
            subscribers.facts().publish(connection, told);
            return registered;
        }
    }

    private List<Outgoing> told(DeviceKey device, Registration each, String by) {
        var identity = new DeviceIdentity(
                each.manufacturer(),
                device.device().oui(),
                device.device().productClass(),
                device.device().serialNumber());
        List<Outgoing> outgoing = new ArrayList<>();
        outgoing.add(new Outgoing(
                Topic.DEVICE_EVENTS, publishing.event(device, new DeviceEvent.DeviceRegistered(identity, by))));
        Credentials credentials = each.credentials();
        if (credentials != null) {
            outgoing.add(new Outgoing(
                    Topic.DEVICE_CREDENTIALS,
                    publishing.event(
                            device,
                            new DeviceCredentials(credentials.username(), cipher.seal(credentials.password())))));
        }
        return outgoing;
    }

    /**
     * Edits a device.
     *
     * @return its version afterwards; empty if there is no such device
     */
    @Transactional
    public Optional<Revision> edit(DeviceKey device, DeviceEdit edit, @Nullable String ifMatch, String by)
            throws SQLException {
        try (Connection connection = database.getConnection()) {
            if (edit.subscriberId() != null) {
                subscribers.turn(connection, device.tenant());
            }
            Optional<DeviceRow> found = repository.lock(device);
            if (found.isEmpty()) {
                return Optional.empty();
            }
            DeviceRow row = found.get();
            new Revision(row.version).requireMatch(ifMatch);
            if (edit.tags() != null) {
                row.tags = edit.tags().toArray(String[]::new);
            }
            if (edit.trace() != null) {
                row.trace = edit.trace();
            }
            long before = row.version;
            repository.flush();
            boolean edited = row.version != before;
            Set<DeviceKey> told = new LinkedHashSet<>(owned(connection, device, edit.subscriberId(), by, !edited));
            long version = told.contains(device) && !edited ? row.version + 1 : row.version;
            if (version != before) {
                new HappeningRows()
                        .note(
                                connection,
                                List.of(new Happening(
                                        device, newId(), publishing.clock().instant(), Kind.EDITED, by, edit.text())));
                told.add(device);
            }
            subscribers.facts().publish(connection, told);
            return Optional.of(new Revision(version));
        }
    }

    /** @return the devices whose owner changed */
    private Set<DeviceKey> owned(
            Connection connection, DeviceKey device, @Nullable String subscriber, String by, boolean countsAsEdit)
            throws SQLException {
        if (subscriber == null) {
            return Set.of();
        }
        return subscriber.isEmpty()
                ? subscribers.release(connection, device, by, countsAsEdit)
                : subscribers.give(
                        connection,
                        device.tenant(),
                        Map.of(device, new SubscriberId(subscriber)),
                        Set.of(),
                        by,
                        countsAsEdit);
    }

    /** Deletes a device and tells. @return whether there was one */
    @Transactional
    public boolean delete(DeviceKey device, @Nullable String ifMatch, String by) throws SQLException {
        try (Connection connection = database.getConnection()) {
            subscribers.turn(connection, device.tenant());
            Optional<DeviceRow> found = repository.lock(device);
            if (found.isEmpty()) {
                return false;
            }
            new Revision(found.get().version).requireMatch(ifMatch);
            subscribers.deleting(connection, device, by);
            RegistrationRows.delete(connection, device);
            outbox.append(connection, Topic.DEVICE_EVENTS, publishing.event(device, new DeviceEvent.DeviceDeleted(by)));
            outbox.withdraw(connection, Topic.DEVICE_FACTS, device);
            outbox.withdraw(connection, Topic.DEVICE_CREDENTIALS, device);
        }
        return true;
    }

    private static String newId() {
        return UUID.randomUUID().toString();
    }
}
