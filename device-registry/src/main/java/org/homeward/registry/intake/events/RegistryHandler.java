package org.homeward.registry.intake.events;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;
import org.homeward.contracts.DeviceKey;
import org.homeward.contracts.Topic;
import org.homeward.contracts.device.DeviceEvent;
import org.homeward.contracts.device.DeviceEvent.Change;
import org.homeward.contracts.session.DeviceIdentity;
import org.homeward.kit.consumer.Batch;
import org.homeward.kit.consumer.BatchHandler;
import org.homeward.kit.consumer.Delivery;
import org.homeward.kit.consumer.Inbox;
import org.homeward.kit.events.EventFactory;
import org.homeward.kit.outbox.Outbox;
import org.homeward.kit.outbox.Outgoing;
import org.homeward.registry.intake.Intake;
import org.homeward.registry.inventory.Contact;
import org.homeward.registry.inventory.Hearing;
import org.homeward.registry.inventory.InventoryUpdate;
import org.homeward.registry.inventory.store.InventoryRows;
import org.homeward.registry.subscriber.store.Bindings;
import org.homeward.registry.subscriber.store.Facts;
import org.homeward.registry.timeline.Happening;
import org.homeward.registry.timeline.Happening.Kind;
import org.homeward.registry.timeline.store.HappeningRows;
import org.homeward.registry.twin.history.Changed;

/** Handles a poll in one transaction: what it tells, how far it came, and the events that follow from it. */
final class RegistryHandler implements BatchHandler {

    private final Intake intake;
    private final InventoryRows inventory;
    private final DataSource database;
    private final Inbox inbox;
    private final Outbox outbox;
    private final EventFactory publishing;
    private final Hearing hearing;
    private final Clock clock;
    private final Bindings bindings;
    private final Facts facts;

    RegistryHandler(
            Intake intake,
            InventoryRows inventory,
            DataSource database,
            Inbox inbox,
            Outbox outbox,
            EventFactory publishing,
            Hearing hearing,
            Clock clock) {
        this.intake = intake;
        this.inventory = inventory;
        this.database = database;
        this.inbox = inbox;
        this.outbox = outbox;
        this.publishing = publishing;
        this.hearing = hearing;
        this.clock = clock;
        this.bindings = new Bindings(clock);
        this.facts = new Facts(outbox, publishing);
    }

    @Override
    public void handle(Batch batch) throws SQLException {
        Map<DeviceKey, List<Delivery.Arrived>> arrived = batch.arrivedByDevice();
        Intake.Taken taken;
        boolean told;
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            try {
                taken = intake.take(arrived, new SqlRecords(connection, inventory));
                told = tell(connection, taken);
                if (told) {
                    // what is published is not to be undone
                    inbox.advance(connection, batch);
                } else {
                    inbox.advanceLazily(connection, batch);
                }
                connection.commit();
            } catch (SQLException | RuntimeException e) {
                connection.rollback();
                throw e;
            } finally {
                connection.setAutoCommit(true);
            }
        }
        taken.done().run();
        if (told) {
            outbox.wake();
        }
        Instant latest = Intake.latestInform(arrived);
        if (latest != null) {
            hearing.heard(latest, clock.instant());
        }
    }

    /** @return whether there was anything to tell */
    private boolean tell(Connection connection, Intake.Taken taken) throws SQLException {
        List<Outgoing> outgoing = new ArrayList<>();
        List<Happening> happenings = new ArrayList<>();
        Set<DeviceKey> rebound = bindings.settle(connection, findable(taken), "", true);
        Set<DeviceKey> owned = new LinkedHashSet<>(rebound);
        for (InventoryUpdate update : taken.updates()) {
            DeviceKey device = update.device();
            if (taken.registered().contains(device)) {
                outgoing.add(registered(device, update.facts().device()));
            }
            if (rebound.contains(device)) {
                continue;
            }
            if (update.factsChanged() || taken.first().contains(device)) {
                if (update.facts().subscriberId() == null) {
                    outgoing.add(new Outgoing(Topic.DEVICE_FACTS, publishing.event(device, update.facts())));
                } else {
                    owned.add(device);
                }
            }
        }
        facts.publish(connection, owned);
        for (Contact contact : taken.cameOnline()) {
            if (taken.registered().contains(contact.device())) {
                happenings.add(new Happening(
                        contact.device(),
                        "registered-" + contact.at(),
                        contact.at(),
                        Kind.REGISTERED,
                        "first contact",
                        ""));
            }
            happenings.add(
                    new Happening(contact.device(), "online-" + contact.at(), contact.at(), Kind.ONLINE, "", "Inform"));
            outgoing.add(new Outgoing(
                    Topic.DEVICE_EVENTS, publishing.event(contact.device(), new DeviceEvent.DeviceOnline("Inform"))));
        }
        taken.changes().forEach(changed -> outgoing.addAll(changed(changed)));
        new HappeningRows().note(connection, happenings);
        outbox.append(connection, outgoing);
        return !outgoing.isEmpty() || !owned.isEmpty();
    }

    /** The devices by which a waiting binding may recognise them: new ones, and those that say something else. */
    private static Set<DeviceKey> findable(Intake.Taken taken) {
        Set<DeviceKey> devices = new LinkedHashSet<>(taken.registered());
        taken.updates().stream()
                .filter(InventoryUpdate::findableChanged)
                .map(InventoryUpdate::device)
                .forEach(devices::add);
        return devices;
    }

    private Outgoing registered(DeviceKey device, DeviceIdentity identity) {
        return new Outgoing(
                Topic.DEVICE_EVENTS,
                publishing.event(device, new DeviceEvent.DeviceRegistered(identity, "first contact")));
    }

    private List<Outgoing> changed(Changed changed) {
        List<Outgoing> parts = new ArrayList<>();
        int from = 0;
        for (List<Change> some : changed.parts()) {
            parts.add(new Outgoing(
                    Topic.DEVICE_EVENTS,
                    publishing.event(
                            changed.eventId() + "-changes-" + from,
                            changed.device(),
                            new DeviceEvent.ParametersChanged(changed.session(), some))));
            from += some.size();
        }
        return parts;
    }
}
