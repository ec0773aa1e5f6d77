package org.homeward.registry.intake;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.homeward.contracts.DeviceKey;
import org.homeward.registry.inventory.Contact;
import org.homeward.registry.inventory.InventoryUpdate;
import org.homeward.registry.inventory.Reported;
import org.homeward.registry.order.OrderNote;
import org.homeward.registry.session.SessionNote;
import org.homeward.registry.twin.history.Changed;

/**
 * What a poll of events leaves in the database: each method is one statement for all of its devices, all of them in one
 * transaction.
 *
 * @param <E> what a database throws
 */
public interface Records<E extends Exception> {

    /** Notes that devices called. @return what was known of those that are registered */
    List<Contact.Before> touch(Collection<Contact> contacts) throws E;

    /** Registers devices that called. @return those that were not registered meanwhile */
    Set<DeviceKey> register(Collection<Contact> contacts) throws E;

    /** Which of the devices are registered. */
    Set<DeviceKey> registered(Collection<DeviceKey> devices) throws E;

    /** Takes in what devices reported of themselves. */
    List<InventoryUpdate> report(Map<DeviceKey, Reported> reports) throws E;

    void sessions(Collection<SessionNote> sessions) throws E;

    void orders(Collection<OrderNote> orders) throws E;

    void changes(Collection<Changed> changes) throws E;
}
