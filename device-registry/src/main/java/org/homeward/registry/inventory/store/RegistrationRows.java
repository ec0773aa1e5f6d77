package org.homeward.registry.inventory.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import org.homeward.contracts.DeviceKey;
import org.homeward.contracts.TenantId;
import org.homeward.registry.inventory.Registration;
import org.homeward.registry.store.JsonRows;

/** Devices that people register, and that they delete; in the caller's transaction. */
final class RegistrationRows {

    private static final String REGISTER = """
            with v as (
                select * from json_to_recordset(?::json) as v (key text, tenant text, id text, oui text,
                    product_class text, serial_number text, manufacturer text, tags text[],
                    trace int, at timestamptz)
            ), d as (
                insert into device (key, tenant, id, oui, product_class, serial_number, manufacturer, tags,
                                    trace, registered_at)
                select key, tenant, id, oui, product_class, serial_number, manufacturer, tags, trace = 1, at
                from v on conflict (key) do nothing returning key, tenant
            ), c as (
                insert into contact (key, tenant) select key, tenant from d
            )
            select key from d
            """;

    private RegistrationRows() {}

    /** Registers them as nobody's. @return the devices that were not registered before */
    static Set<DeviceKey> insert(
            Connection connection, TenantId tenant, Collection<Registration> registrations, Instant at)
            throws SQLException {
        var rows = new JsonRows();
        for (Registration each : registrations) {
            rows.row()
                    .set("key", new DeviceKey(tenant, each.device()).toString())
                    .set("tenant", tenant.value())
                    .set("id", each.device().toString())
                    .set("oui", each.device().oui())
                    .set("product_class", each.device().productClass())
                    .set("serial_number", each.device().serialNumber())
                    .set("manufacturer", each.manufacturer())
                    .set("tags", each.tags())
                    .set("trace", each.trace() ? 1 : 0)
                    .set("at", at);
        }
        try (PreparedStatement insert = connection.prepareStatement(REGISTER)) {
            insert.setString(1, rows.json());
            Set<DeviceKey> keys = new HashSet<>();
            try (ResultSet found = insert.executeQuery()) {
                while (found.next()) {
                    keys.add(DeviceKey.parse(found.getString(1)));
                }
            }
            return keys;
        }
    }

    /** Deletes all that the database knows of a device. */
    static void delete(Connection connection, DeviceKey device) throws SQLException {
        for (String table : new String[] {"session", "device_order", "happening", "value_change", "device"}) {
            try (PreparedStatement delete = connection.prepareStatement("delete from " + table + " where key = ?")) {
                delete.setString(1, device.toString());
                delete.executeUpdate();
            }
        }
    }
}
