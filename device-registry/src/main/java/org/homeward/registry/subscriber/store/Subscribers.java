package org.homeward.registry.subscriber.store;

import io.agroal.api.AgroalDataSource;
import io.quarkus.agroal.DataSource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.homeward.contracts.DeviceKey;
import org.homeward.contracts.TenantId;
import org.homeward.kit.rest.Problem;
import org.homeward.kit.rest.ProblemException;
import org.homeward.kit.rest.Revision;
import org.homeward.kit.security.FieldCipher;
import org.homeward.registry.RegistryEvents;
import org.homeward.registry.subscriber.Attributes;
import org.homeward.registry.subscriber.Binding;
import org.homeward.registry.subscriber.Claim;
import org.homeward.registry.subscriber.Owner;
import org.homeward.registry.subscriber.Service;
import org.homeward.registry.subscriber.ServiceId;
import org.homeward.registry.subscriber.Subscriber;
import org.homeward.registry.subscriber.SubscriberEdit;
import org.homeward.registry.subscriber.SubscriberId;
import org.homeward.registry.subscriber.Wish;
import org.jspecify.annotations.Nullable;

/** What people say about subscribers: each call in one transaction with the facts that tell others. */
@ApplicationScoped
public class Subscribers {

    private static final int LOOK_AGAIN_AT_ONCE = 1_000;

    private final AgroalDataSource database;
    private final FieldCipher cipher;
    private final ServiceTypeStore types;
    private final Clock clock;
    private final Bindings bindings;
    private final Facts facts;

    @Inject
    public Subscribers(
            @DataSource("registry") AgroalDataSource database,
            RegistryEvents events,
            FieldCipher cipher,
            ServiceTypeStore types) {
        this.database = database;
        this.cipher = cipher;
        this.types = types;
        this.clock = events.factory().clock();
        this.bindings = new Bindings(clock);
        this.facts = new Facts(events.outbox(), events.factory());
    }

    /** What became of an edit. */
    public sealed interface Outcome {}

    /** @param binding the last of the bindings that the edit wished for; null if it wished for none */
    public record Taken(Result result, @Nullable Binding binding) implements Outcome {}

    /** @param field which part of the edit is to blame, as REST names it */
    public record Refused(String field, Problem problem) implements Outcome {}

    public enum Result {
        CREATED,
        UPDATED,
        UNCHANGED
    }

    /** Takes edits in, in order; each of them wholly or not at all. */
    @Transactional
    public List<Outcome> apply(TenantId tenant, List<SubscriberEdit> edits, String by) throws SQLException {
        try (Connection connection = database.getConnection()) {
            SubscriberRows.turn(connection, tenant);
            var ids = edits.stream().map(SubscriberEdit::subscriber).distinct().toList();
            var claims = edits.stream()
                    .flatMap(each -> each.bindings().stream())
                    .map(Wish::claim)
                    .toList();
            var book = SubscriberRows.load(connection, tenant, ids);
            var round = bindings.round(connection, tenant, claims, by);
            var editing = new Editing(
                    tenant,
                    book,
                    round,
                    types.of(connection, tenant),
                    cipher,
                    clock.instant().truncatedTo(ChronoUnit.MICROS),
                    by);
            List<Outcome> outcomes = edits.stream().map(editing::apply).toList();
            SubscriberRows.save(connection, tenant, book);
            Set<DeviceKey> toTell =
                    BindingRows.devicesOf(connection, tenant, book.changed().toList());
            settle(connection, round.write(connection, "moved to another subscriber"), toTell, by);
            return outcomes;
        }
    }

    /** Settles whose the devices are, and tells of those that changed hands and of those to be told of anyway. */
    private void settle(Connection connection, Set<DeviceKey> devices, Set<DeviceKey> toTell, String by)
            throws SQLException {
        Set<DeviceKey> all = new LinkedHashSet<>(toTell);
        all.addAll(devices);
        BindingRows.lock(connection, all);
        Set<DeviceKey> told = new LinkedHashSet<>(toTell);
        told.addAll(bindings.settle(connection, devices, by, true));
        facts.publish(connection, told);
    }

    /** Deletes a subscriber and its services, and ends its bindings. @return whether there was one */
    @Transactional
    public boolean delete(TenantId tenant, SubscriberId id, @Nullable String ifMatch, String by) throws SQLException {
        try (Connection connection = database.getConnection()) {
            SubscriberRows.turn(connection, tenant);
            Subscriber known =
                    SubscriberRows.load(connection, tenant, List.of(id)).subscriber(id);
            if (known == null) {
                return false;
            }
            new Revision(known.version()).requireMatch(ifMatch);
            List<Binding> open = BindingSearch.ofSubscriber(connection, tenant, id, false);
            Set<DeviceKey> devices = bindings.end(connection, open, by, "subscriber deleted");
            SubscriberRows.delete(connection, tenant, id);
            settle(connection, devices, Set.of(), by);
            return true;
        }
    }

    /** Deletes a service. @return whether there was one */
    @Transactional
    public boolean deleteService(
            TenantId tenant, SubscriberId subscriber, ServiceId id, @Nullable String ifMatch, String by)
            throws SQLException {
        try (Connection connection = database.getConnection()) {
            SubscriberRows.turn(connection, tenant);
            Service known =
                    SubscriberRows.load(connection, tenant, List.of(subscriber)).service(subscriber, id);
            if (known == null) {
                return false;
            }
            new Revision(known.version()).requireMatch(ifMatch);
            SubscriberRows.delete(connection, tenant, subscriber, id);
            settle(connection, Set.of(), BindingRows.devicesOf(connection, tenant, List.of(subscriber)), by);
            return true;
        }
    }

    /** Ends a binding; it stays as history. @return whether there was an open one */
    @Transactional
    public boolean unbind(TenantId tenant, SubscriberId subscriber, String id, String by) throws SQLException {
        try (Connection connection = database.getConnection()) {
            SubscriberRows.turn(connection, tenant);
            Optional<Binding> open = BindingSearch.ofSubscriber(connection, tenant, subscriber, false).stream()
                    .filter(each -> each.id().equals(id))
                    .findFirst();
            if (open.isEmpty()) {
                return false;
            }
            settle(connection, bindings.end(connection, List.of(open.get()), by, "unbound"), Set.of(), by);
            return true;
        }
    }

    /** Keeps others from changing subscribers and bindings of the tenant; before any device is locked. */
    public void turn(Connection connection, TenantId tenant) throws SQLException {
        SubscriberRows.turn(connection, tenant);
    }

    /**
     * Gives registered devices to subscribers, taking them from whoever has them; subscribers that are not known yet begin
     * without attributes. The caller has the tenant's turn and the devices locked, and tells the facts.
     *
     * @param settling devices that may fit a binding that waits for them, besides
     * @param countsAsEdit whether the devices' versions count it
     * @return the devices whose owner changed
     */
    public Set<DeviceKey> give(
            Connection connection,
            TenantId tenant,
            Map<DeviceKey, SubscriberId> devices,
            Collection<DeviceKey> settling,
            String by,
            boolean countsAsEdit)
            throws SQLException {
        Set<DeviceKey> affected = new LinkedHashSet<>(settling);
        if (!devices.isEmpty()) {
            begin(connection, tenant, Set.copyOf(devices.values()), by);
            var wishes = devices.entrySet().stream()
                    .map(each ->
                            new Wish(each.getValue(), Claim.device(each.getKey().device()), true))
                    .toList();
            var round = bindings.round(
                    connection, tenant, wishes.stream().map(Wish::claim).toList(), by);
            for (Wish wish : wishes) {
                if (round.answer(wish) instanceof Wish.Begin begin) {
                    round.begin(wish, begin);
                }
            }
            affected.addAll(round.write(connection, "moved to another subscriber"));
            BindingRows.lock(connection, affected);
        }
        return bindings.settle(connection, affected, by, countsAsEdit);
    }

    private void begin(Connection connection, TenantId tenant, Set<SubscriberId> ids, String by) throws SQLException {
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        var book = SubscriberRows.load(connection, tenant, ids);
        for (SubscriberId each : ids) {
            if (book.subscriber(each) == null) {
                book.change(new Subscriber(each, Attributes.NONE, now, now, by, 0));
            }
        }
        SubscriberRows.save(connection, tenant, book);
    }

    /**
     * Ends all that says of this very device that it is its subscriber's. The caller has the tenant's turn and the device
     * locked, and tells the facts.
     *
     * @return the devices whose owner changed
     * @throws ProblemException HTTP 409 where the device is its subscriber's by the line that it is on
     */
    public Set<DeviceKey> release(Connection connection, DeviceKey device, String by, boolean countsAsEdit)
            throws SQLException {
        Owner owner = BindingRows.owners(connection, Set.of(device)).get(device);
        if (owner == null || owner.subscriber() == null) {
            return Set.of();
        }
        for (Binding each : owner.fitting()) {
            if (each.claim().kind() == Claim.Kind.CIRCUIT) {
                throw Problem.conflict("The device is on circuit "
                                + each.claim().value() + " of subscriber " + each.subscriber()
                                + "; end that binding, or give the device to somebody else.")
                        .exception();
            }
        }
        Set<DeviceKey> affected = new LinkedHashSet<>(bindings.end(connection, owner.fitting(), by, "unbound"));
        affected.add(device);
        BindingRows.lock(connection, affected);
        return bindings.settle(connection, affected, by, countsAsEdit);
    }

    /** A device is deleted: what names it by its id goes with it; what else fits it waits for the next. */
    public void deleting(Connection connection, DeviceKey device, String by) throws SQLException {
        Binding named = BindingRows.open(connection, device.tenant(), List.of(Claim.device(device.device())))
                .get(Claim.device(device.device()));
        if (named != null) {
            bindings.end(connection, List.of(named), by, "device deleted");
        }
    }

    public Facts facts() {
        return facts;
    }

    /** Looks once more at the bindings that began or ended a moment ago, and tells what became of it. */
    @Transactional
    public void lookAgain() throws SQLException {
        try (Connection connection = database.getConnection()) {
            bindings.lookAgain(connection, facts, LOOK_AGAIN_AT_ONCE);
        }
    }
}
