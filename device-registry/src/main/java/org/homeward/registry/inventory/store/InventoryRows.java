package org.homeward.registry.inventory.store;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.homeward.contracts.DeviceKey;
import org.homeward.contracts.device.DeviceFacts;
import org.homeward.contracts.session.DeviceIdentity;
import org.homeward.registry.inventory.Contact;
import org.homeward.registry.inventory.InventoryUpdate;
import org.homeward.registry.inventory.Reported;
import org.homeward.registry.store.JsonRows;

/** The inventory's side of a poll of events: a few statements for all of its devices, in the caller's transaction. */
public final class InventoryRows {

    private static final String TOUCH = """
            with v as (
                select * from json_to_recordset(?::json) as v (key text, at timestamptz, events text[])
            ), o as (
                select c.* from contact c join v using (key) order by key for update of c
            ), u as (
                update contact c
                set last_inform = v.at, last_events = v.events, online = true,
                    online_since = case when o.online then o.online_since else v.at end,
                    online_evidence = case when o.online then o.online_evidence else 'Inform' end,
                    silent_due = case when o.online then o.silent_due else v.at + make_interval(secs => ?) end
                from v join o using (key)
                where c.key = v.key and (o.last_inform is null or v.at >= o.last_inform)
                  and not (o.online is true and v.at < o.last_inform + make_interval(secs => ?)
                           and v.events = o.last_events)
            )
            select key, last_inform is null, online is true from o
            """;

    private static final String REGISTER = """
            with v as (
                select * from json_to_recordset(?::json) as v (key text, tenant text, id text, oui text,
                    product_class text, serial_number text, at timestamptz)
            ), d as (
                insert into device (key, tenant, id, oui, product_class, serial_number, registered_at)
                select key, tenant, id, oui, product_class, serial_number, at from v
                on conflict (key) do nothing returning key, tenant
            ), c as (
                insert into contact (key, tenant) select key, tenant from d
            )
            select key from d
            """;

    private static final String REPORT = """
            with v as (
                select * from json_to_recordset(?::json) as v (key text, manufacturer text, software_version text,
                    hardware_version text, root text, provisioning_code text, connection_request_url text,
                    remote_address text, external_ip text, periodic_inform_seconds int, macs text[], former text[],
                    circuit_id text, own_credentials int)
            ), o as (
                select d.* from device d join v using (key) order by key for update of d
            ), u as (
                update device d
                set manufacturer = coalesce(v.manufacturer, o.manufacturer),
                    software_version = coalesce(v.software_version, o.software_version),
                    hardware_version = coalesce(v.hardware_version, o.hardware_version),
                    root = coalesce(v.root, o.root),
                    provisioning_code = coalesce(v.provisioning_code, o.provisioning_code),
                    connection_request_url = coalesce(v.connection_request_url, o.connection_request_url),
                    remote_address = coalesce(v.remote_address, o.remote_address),
                    external_ip = coalesce(v.external_ip, o.external_ip),
                    periodic_inform_seconds = coalesce(v.periodic_inform_seconds, o.periodic_inform_seconds),
                    macs = (select coalesce(array_agg(distinct m order by m), '{}')
                            from unnest(o.macs || v.macs) m where m <> all (v.former)),
                    circuit_id = coalesce(v.circuit_id, o.circuit_id),
                    own_credentials = o.own_credentials or v.own_credentials = 1
                from v join o using (key)
                where d.key = v.key and (
                    v.manufacturer <> o.manufacturer or v.software_version <> o.software_version
                    or v.hardware_version <> o.hardware_version or v.root <> o.root
                    or v.provisioning_code <> o.provisioning_code
                    or v.connection_request_url <> o.connection_request_url
                    or v.remote_address <> o.remote_address or v.external_ip <> o.external_ip
                    or v.periodic_inform_seconds is distinct from o.periodic_inform_seconds
                        and v.periodic_inform_seconds is not null
                    or not v.macs <@ o.macs or v.former && o.macs or v.circuit_id <> o.circuit_id
                    or v.own_credentials = 1 and not o.own_credentials)
                returning d.*
            ), s as (
                update contact c set silent_due = least(c.silent_due, now() + make_interval(secs => ?))
                from u join o using (key)
                where c.key = u.key and c.online
                  and u.periodic_inform_seconds is distinct from o.periodic_inform_seconds
            )
            select n.key, n.oui, n.product_class, n.serial_number, n.manufacturer, n.software_version,
                   n.hardware_version, n.root, n.connection_request_url, n.tags, n.subscriber_id, n.trace,
                   n.own_credentials,
                   (n.manufacturer, n.software_version, n.hardware_version, n.root, n.connection_request_url,
                    n.own_credentials)
                       is distinct from
                   (o.manufacturer, o.software_version, o.hardware_version, o.root, o.connection_request_url,
                    o.own_credentials),
                   (n.macs, n.circuit_id, n.provisioning_code)
                       is distinct from (o.macs, o.circuit_id, o.provisioning_code)
            from o join lateral (select * from u where u.key = o.key union all
                                 select o.* where not exists (select 1 from u where u.key = o.key)) n on true
            """;

    private static final String FACTS = """
            select key, oui, product_class, serial_number, manufacturer, software_version, hardware_version, root,
                   connection_request_url, tags, subscriber_id, trace, own_credentials
            from device where key = any (?)
            """;

    private final Duration coalesce;
    private final Duration firstLook;

    /**
     * @param coalesce for how long an Inform like the last one is not noted
     * @param firstLook when a device that came online is first looked at again
     */
    public InventoryRows(Duration coalesce, Duration firstLook) {
        this.coalesce = coalesce;
        this.firstLook = firstLook;
    }

    /** Notes that devices called. @return what was known of those that are registered */
    public List<Contact.Before> touch(Connection connection, Collection<Contact> contacts) throws SQLException {
        if (contacts.isEmpty()) {
            return List.of();
        }
        var rows = new JsonRows();
        contacts.forEach(contact -> rows.row()
                .set("key", contact.device().toString())
                .set("at", contact.at())
                .set("events", contact.events()));
        try (PreparedStatement update = connection.prepareStatement(TOUCH)) {
            update.setString(1, rows.json());
            update.setDouble(2, firstLook.toMillis() / 1000.0);
            update.setDouble(3, coalesce.toMillis() / 1000.0);
            List<Contact.Before> before = new ArrayList<>(contacts.size());
            try (ResultSet found = update.executeQuery()) {
                while (found.next()) {
                    before.add(new Contact.Before(
                            DeviceKey.parse(found.getString(1)), found.getBoolean(2), found.getBoolean(3)));
                }
            }
            return before;
        }
    }

    /** Registers devices that called for the first time. @return those that nobody else registered meanwhile */
    public Set<DeviceKey> register(Connection connection, Map<DeviceKey, Instant> devices) throws SQLException {
        if (devices.isEmpty()) {
            return Set.of();
        }
        var rows = new JsonRows();
        devices.forEach((key, at) -> rows.row()
                .set("key", key.toString())
                .set("tenant", key.tenant().value())
                .set("id", key.device().toString())
                .set("oui", key.device().oui())
                .set("product_class", key.device().productClass())
                .set("serial_number", key.device().serialNumber())
                .set("at", at));
        try (PreparedStatement insert = connection.prepareStatement(REGISTER)) {
            insert.setString(1, rows.json());
            return keys(insert);
        }
    }

    /** Takes in what devices reported of themselves. @return those of the devices that are registered */
    public List<InventoryUpdate> report(Connection connection, Map<DeviceKey, Reported> reports) throws SQLException {
        if (reports.isEmpty()) {
            return List.of();
        }
        var rows = new JsonRows();
        reports.forEach((key, reported) -> rows.row()
                .set("key", key.toString())
                .set("manufacturer", reported.manufacturer())
                .set("software_version", reported.softwareVersion())
                .set("hardware_version", reported.hardwareVersion())
                .set("root", reported.root())
                .set("provisioning_code", reported.provisioningCode())
                .set("connection_request_url", reported.connectionRequestUrl())
                .set("remote_address", reported.remoteAddress())
                .set("external_ip", reported.externalIp())
                .set("periodic_inform_seconds", reported.periodicInformSeconds())
                .set("macs", reported.macs())
                .set("former", reported.formerMacs())
                .set("circuit_id", reported.circuitId())
                .set("own_credentials", reported.ownCredentials() ? 1 : 0));
        try (PreparedStatement update = connection.prepareStatement(REPORT)) {
            update.setString(1, rows.json());
            update.setDouble(2, firstLook.toMillis() / 1000.0);
            List<InventoryUpdate> updates = new ArrayList<>(reports.size());
            try (ResultSet found = update.executeQuery()) {
                while (found.next()) {
                    updates.add(new InventoryUpdate(
                            DeviceKey.parse(found.getString(1)),
                            facts(found),
                            found.getBoolean(14),
                            found.getBoolean(15)));
                }
            }
            return updates;
        }
    }

    /** Those of the devices that are registered. */
    public Set<DeviceKey> registered(Connection connection, Collection<DeviceKey> devices) throws SQLException {
        if (devices.isEmpty()) {
            return Set.of();
        }
        try (PreparedStatement select = connection.prepareStatement("select key from device where key = any (?)")) {
            select.setArray(
                    1,
                    connection.createArrayOf(
                            "text", devices.stream().map(DeviceKey::toString).toArray()));
            return keys(select);
        }
    }

    private static Set<DeviceKey> keys(PreparedStatement statement) throws SQLException {
        Set<DeviceKey> keys = new HashSet<>();
        try (ResultSet found = statement.executeQuery()) {
            while (found.next()) {
                keys.add(DeviceKey.parse(found.getString(1)));
            }
        }
        return keys;
    }

    /** The facts of those of the devices that are registered; of their owners only the id. */
    public static Map<DeviceKey, DeviceFacts> facts(Connection connection, Collection<DeviceKey> devices)
            throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(FACTS)) {
            select.setArray(
                    1,
                    connection.createArrayOf(
                            "text", devices.stream().map(DeviceKey::toString).toArray()));
            Map<DeviceKey, DeviceFacts> facts = new LinkedHashMap<>();
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    facts.put(DeviceKey.parse(row.getString(1)), facts(row));
                }
            }
            return facts;
        }
    }

    private static DeviceFacts facts(ResultSet row) throws SQLException {
        return new DeviceFacts(
                new DeviceIdentity(row.getString(5), row.getString(2), row.getString(3), row.getString(4)),
                row.getString(8),
                row.getString(6),
                row.getString(7),
                row.getString(9),
                Set.copyOf(texts(row.getArray(10))),
                row.getString(11),
                row.getBoolean(12),
                row.getBoolean(13),
                null,
                List.of());
    }

    static List<String> texts(Array array) throws SQLException {
        return Arrays.asList((String[]) array.getArray());
    }
}
