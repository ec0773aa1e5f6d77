package org.homeward.registry.inventory.store;

import io.agroal.api.AgroalDataSource;
import io.quarkus.agroal.DataSource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.homeward.contracts.DeviceId;
import org.homeward.contracts.DeviceKey;
import org.homeward.contracts.TenantId;
import org.homeward.kit.query.Condition;
import org.homeward.kit.query.Field;
import org.homeward.kit.query.Fields;
import org.homeward.kit.query.Sort;
import org.homeward.kit.rest.Page;
import org.homeward.registry.inventory.Device;
import org.homeward.registry.inventory.MacAddresses;
import org.jspecify.annotations.Nullable;

/** Finds devices. */
@ApplicationScoped
public class DeviceSearch {

    private static final Fields FIELDS = Fields.of(
            Field.text("id", "d.id"),
            Field.text("oui", "d.oui").normalised(text -> text.toUpperCase(java.util.Locale.ROOT)),
            Field.text("productClass", "d.product_class"),
            Field.text("serialNumber", "d.serial_number"),
            Field.text("manufacturer", "d.manufacturer"),
            Field.text("softwareVersion", "d.software_version"),
            Field.text("hardwareVersion", "d.hardware_version"),
            Field.text("root", "d.root"),
            Field.texts("tags", "d.tags"),
            Field.text("subscriberId", "d.subscriber_id"),
            // as a filter is written, or as the state is shown
            Field.bool("online", "coalesce(c.online, false)").normalised(text -> switch (text) {
                case "online" -> "true";
                case "offline" -> "false";
                default -> text;
            }),
            Field.bool("trace", "d.trace"),
            Field.time("lastInform", "c.last_inform"),
            Field.time("registeredAt", "d.registered_at"),
            Field.texts("mac", "d.macs")
                    .normalised(text -> MacAddresses.normalized(text).orElse(text)),
            Field.texts("ip", "d.ips"));

    private static final String SELECT = """
            select d.*, c.last_inform, c.last_events, c.online, c.online_since, c.online_evidence
            from device d join contact c using (key)
            """;

    private final AgroalDataSource database;

    @Inject
    public DeviceSearch(@DataSource("registry") AgroalDataSource database) {
        this.database = database;
    }

    /** @param subscriber whose devices alone are wanted; null for all of the tenant */
    public Page<Device> search(
            TenantId tenant,
            @Nullable String subscriber,
            @Nullable String q,
            @Nullable String sort,
            int limit,
            @Nullable String cursor)
            throws SQLException {
        Sort order = FIELDS.sort(sort, "id", "d.id");
        // what is searched and what is sorted by last contact is read from the table that has the index for it
        String tenantColumn = order.field().column().startsWith("c.") ? "c.tenant" : "d.tenant";
        Condition where = Condition.of(tenantColumn + " = ?", tenant.value())
                .and(FIELDS.where(q))
                .and(order.startingAfter(cursor));
        if (subscriber != null) {
            where = where.and(Condition.of("d.subscriber_id = ?", subscriber));
        }
        String sql = SELECT + " where " + where.sql() + " order by " + order.orderBy() + " limit " + (limit + 1);
        List<Device> found = select(sql, where.parameters());
        return Page.of(
                found,
                limit,
                device -> order.after(sortValue(device, order), device.id().toString()));
    }

    private static @Nullable Object sortValue(Device device, Sort sort) {
        return switch (sort.field().name()) {
            case "id" -> device.id();
            case "oui" -> device.oui();
            case "productClass" -> device.productClass();
            case "serialNumber" -> device.serialNumber();
            case "manufacturer" -> device.manufacturer();
            case "softwareVersion" -> device.softwareVersion();
            case "hardwareVersion" -> device.hardwareVersion();
            case "subscriberId" -> device.subscriberId();
            case "online" -> device.online().state().equals("online");
            case "trace" -> device.trace();
            case "lastInform" -> device.lastInform();
            case "registeredAt" -> device.registeredAt();
            default ->
                throw new IllegalStateException("not sortable: " + sort.field().name());
        };
    }

    public Optional<Device> find(DeviceKey device) throws SQLException {
        return select(SELECT + " where d.key = ?", List.of(device.toString())).stream()
                .findFirst();
    }

    private List<Device> select(String sql, List<Object> parameters) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement select = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.size(); i++) {
                Object parameter = parameters.get(i);
                if (parameter instanceof String[] texts) {
                    select.setArray(i + 1, connection.createArrayOf("text", texts));
                } else {
                    select.setObject(i + 1, parameter);
                }
            }
            List<Device> devices = new ArrayList<>();
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    devices.add(device(rows));
                }
            }
            return devices;
        }
    }

    private static Device device(ResultSet row) throws SQLException {
        Boolean online = row.getObject("online", Boolean.class);
        return new Device(
                DeviceId.parse(row.getString("id")),
                row.getString("oui"),
                row.getString("product_class"),
                row.getString("serial_number"),
                row.getString("manufacturer"),
                row.getString("software_version"),
                row.getString("hardware_version"),
                row.getString("root"),
                row.getString("provisioning_code"),
                InventoryRows.texts(row.getArray("ips")),
                InventoryRows.texts(row.getArray("macs")),
                row.getString("connection_request_url"),
                row.getObject("periodic_inform_seconds", Integer.class),
                InventoryRows.texts(row.getArray("tags")),
                row.getString("subscriber_id"),
                row.getBoolean("trace"),
                new Device.Online(
                        online == null ? "unknown" : online ? "online" : "offline",
                        instant(row, "online_since"),
                        row.getString("online_evidence")),
                instant(row, "last_inform"),
                InventoryRows.texts(row.getArray("last_events")),
                row.getObject("registered_at", OffsetDateTime.class).toInstant(),
                row.getLong("version"));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
