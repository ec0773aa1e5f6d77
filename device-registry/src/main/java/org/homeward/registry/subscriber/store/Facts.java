package org.homeward.registry.subscriber.store;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.homeward.contracts.DeviceKey;
import org.homeward.contracts.TenantId;
import org.homeward.contracts.Topic;
import org.homeward.contracts.device.DeviceFacts;
import org.homeward.kit.events.EventFactory;
import org.homeward.kit.outbox.Outbox;
import org.homeward.kit.outbox.Outgoing;
import org.homeward.registry.inventory.store.InventoryRows;
import org.homeward.registry.subscriber.Attributes;
import org.homeward.registry.subscriber.SubscriberId;

/**
 * Tells the facts of devices, whose they are and what was bought included: three statements for some hundred devices. The
 * caller holds the devices' rows locked, so that the last word published is the latest.
 */
public final class Facts {

    private static final int AT_ONCE = 500;
    private static final ObjectMapper JSON = JsonMapper.builder().build();
    private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};

    private final Outbox outbox;
    private final EventFactory publishing;

    public Facts(Outbox outbox, EventFactory publishing) {
        this.outbox = outbox;
        this.publishing = publishing;
    }

    /** Publishes the facts of these devices when the transaction commits. */
    public void publish(Connection connection, Collection<DeviceKey> devices) throws SQLException {
        List<DeviceKey> some = new ArrayList<>(AT_ONCE);
        for (DeviceKey device : devices) {
            some.add(device);
            if (some.size() == AT_ONCE) {
                append(connection, some);
                some.clear();
            }
        }
        append(connection, some);
    }

    private void append(Connection connection, List<DeviceKey> devices) throws SQLException {
        if (!devices.isEmpty()) {
            outbox.append(
                    connection,
                    of(connection, devices).entrySet().stream()
                            .map(each ->
                                    new Outgoing(Topic.DEVICE_FACTS, publishing.event(each.getKey(), each.getValue())))
                            .toList());
        }
    }

    /** The facts of those of the devices that are registered. */
    static Map<DeviceKey, DeviceFacts> of(Connection connection, Collection<DeviceKey> devices) throws SQLException {
        Map<DeviceKey, DeviceFacts> facts = InventoryRows.facts(connection, devices);
        Map<TenantId, Set<SubscriberId>> owners = new HashMap<>();
        facts.forEach((device, said) -> {
            if (said.subscriberId() != null) {
                owners.computeIfAbsent(device.tenant(), any -> new HashSet<>())
                        .add(new SubscriberId(said.subscriberId()));
            }
        });
        Map<TenantId, Book> books = new HashMap<>();
        for (Map.Entry<TenantId, Set<SubscriberId>> tenant : owners.entrySet()) {
            books.put(tenant.getKey(), SubscriberRows.load(connection, tenant.getKey(), tenant.getValue()));
        }
        Map<DeviceKey, DeviceFacts> told = new LinkedHashMap<>();
        facts.forEach((device, said) -> {
            Book book = books.get(device.tenant());
            told.put(device, book == null || said.subscriberId() == null ? said : withOwner(said, book));
        });
        return told;
    }

    private static DeviceFacts withOwner(DeviceFacts said, Book book) {
        var id = new SubscriberId(String.valueOf(said.subscriberId()));
        var subscriber = book.subscriber(id);
        return subscriber == null
                ? said
                : new DeviceFacts(
                        said.device(),
                        said.root(),
                        said.softwareVersion(),
                        said.hardwareVersion(),
                        said.connectionRequestUrl(),
                        said.tags(),
                        said.subscriberId(),
                        said.trace(),
                        said.ownCredentials(),
                        new DeviceFacts.Subscriber(
                                id.value(), plain(subscriber.attributes()), sealed(subscriber.attributes())),
                        book.services(id).stream()
                                .map(service -> new DeviceFacts.Service(
                                        service.id().value(),
                                        service.type().value(),
                                        plain(service.attributes()),
                                        sealed(service.attributes())))
                                .toList());
    }

    private static Map<String, Object> plain(Attributes attributes) {
        return JSON.convertValue(attributes.plain(), OBJECT);
    }

    /** As they stand in the database: nobody here needs to know what they hold. */
    private static Map<String, String> sealed(Attributes attributes) {
        return attributes.secrets().entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, each -> each.getValue().sealed()));
    }
}
