package org.homeward.registry.intake.events;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.homeward.contracts.DeviceKey;
import org.homeward.registry.intake.Records;
import org.homeward.registry.inventory.Contact;
import org.homeward.registry.inventory.InventoryUpdate;
import org.homeward.registry.inventory.Reported;
import org.homeward.registry.inventory.store.InventoryRows;
import org.homeward.registry.order.OrderNote;
import org.homeward.registry.order.store.OrderRows;
import org.homeward.registry.session.SessionNote;
import org.homeward.registry.session.store.SessionRows;
import org.homeward.registry.twin.history.Changed;
import org.homeward.registry.twin.history.store.ChangeRows;

/** The records of a poll over one connection with an open transaction. */
record SqlRecords(Connection connection, InventoryRows inventory) implements Records<SQLException> {

    @Override
    public List<Contact.Before> touch(Collection<Contact> contacts) throws SQLException {
        return inventory.touch(connection, contacts);
    }

    @Override
    public Set<DeviceKey> register(Collection<Contact> contacts) throws SQLException {
        return inventory.register(
                connection, contacts.stream().collect(Collectors.toMap(Contact::device, Contact::at)));
    }

    @Override
    public Set<DeviceKey> registered(Collection<DeviceKey> devices) throws SQLException {
        return inventory.registered(connection, devices);
    }

    @Override
    public List<InventoryUpdate> report(Map<DeviceKey, Reported> reports) throws SQLException {
        return inventory.report(connection, reports);
    }

    @Override
    public void sessions(Collection<SessionNote> sessions) throws SQLException {
        new SessionRows().note(connection, sessions);
    }

    @Override
    public void orders(Collection<OrderNote> orders) throws SQLException {
        new OrderRows().note(connection, orders);
    }

    @Override
    public void changes(Collection<Changed> changes) throws SQLException {
        new ChangeRows().note(connection, changes);
    }
}
