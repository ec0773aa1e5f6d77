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
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.homeward.contracts.DeviceKey;
import org.homeward.contracts.TenantId;
import org.homeward.contracts.Topic;
import org.homeward.contracts.device.DeviceCredentials;
import org.homeward.contracts.device.DeviceEvent;
import org.homeward.contracts.device.DeviceFacts;
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

    @Inject
    public Devices(
            DeviceRepository repository,
            @DataSource("registry") AgroalDataSource database,
            RegistryEvents events,
            FieldCipher cipher) {
        this.repository = repository;
        this.database = database;
        this.outbox = events.outbox();
        this.publishing = events.factory();
        this.cipher = cipher;
    }

    /** Registers devices. @return those that were not registered before */
    @Transactional
    public Set<DeviceKey> register(TenantId tenant, List<Registration> registrations, String by) throws SQLException {
        try (Connection connection = database.getConnection()) {
            Instant now = publishing.clock().instant();
            Set<DeviceKey> registered = RegistrationRows.insert(connection, tenant, registrations, now);
            List<Outgoing> outgoing = new ArrayList<>();
            List<Happening> happenings = new ArrayList<>();
            for (Registration each : registrations) {
                var device = new DeviceKey(tenant, each.device());
                if (registered.contains(device)) {
                    outgoing.addAll(told(device, each, by));
                    happenings.add(new Happening(device, newId(), now, Kind.REGISTERED, by, ""));
                }
            }
            new HappeningRows().note(connection, happenings);
            outbox.append(connection, outgoing);
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
        outgoing.add(new Outgoing(
                Topic.DEVICE_FACTS,
                publishing.event(
                        device,
                        new DeviceFacts(
                                identity,
                                "",
                                "",
                                "",
                                "",
                                Set.copyOf(each.tags()),
                                each.subscriberId(),
                                each.trace(),
                                false,
                                null,
                                List.of()))));
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
        Optional<DeviceRow> found = repository.lock(device);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        DeviceRow row = found.get();
        new Revision(row.version).requireMatch(ifMatch);
        if (edit.tags() != null) {
            row.tags = edit.tags().toArray(String[]::new);
        }
        if (edit.subscriberId() != null) {
            row.subscriberId = edit.subscriberId().isEmpty() ? null : edit.subscriberId();
        }
        if (edit.trace() != null) {
            row.trace = edit.trace();
        }
        long before = row.version;
        repository.flush();
        if (row.version != before) {
            try (Connection connection = database.getConnection()) {
                new HappeningRows()
                        .note(
                                connection,
                                List.of(new Happening(
                                        device, newId(), publishing.clock().instant(), Kind.EDITED, by, edit.text())));
                outbox.append(
                        connection,
                        Topic.DEVICE_FACTS,
                        publishing.event(device, RegistrationRows.facts(connection, device)));
            }
        }
        return Optional.of(new Revision(row.version));
    }

    /** Deletes a device and tells. @return whether there was one */
    @Transactional
    public boolean delete(DeviceKey device, @Nullable String ifMatch, String by) throws SQLException {
        Optional<DeviceRow> found = repository.lock(device);
        if (found.isEmpty()) {
            return false;
        }
        new Revision(found.get().version).requireMatch(ifMatch);
        try (Connection connection = database.getConnection()) {
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
