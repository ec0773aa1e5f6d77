package org.homeward.provisioning.plan.store;

import io.agroal.api.AgroalDataSource;
import io.quarkus.agroal.DataSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.homeward.contracts.DeviceKey;
import org.homeward.contracts.TenantId;
import org.homeward.kit.consumer.StalePosition;
import org.jspecify.annotations.Nullable;

/**
 * The table of ledgers. Plain JDBC: one statement for a whole poll, on the transaction that also moves the inbox, is what
 * the hot path is made of, and an entity manager would only stand in between.
 */
@ApplicationScoped
public class LedgerRows {

    private static final String LOAD =
            "select device, version, partition, ledger from device_ledger where device = any(?)";
    private static final String DUE = """
        select device, version, partition, ledger from device_ledger
        where partition = any(?) and due_at <= ? order by due_at limit ?
        """;
    private static final String PAGE = """
        select device, version, partition, ledger from device_ledger
        where device > ? and device < ? order by device limit ?
        """;
    private static final String INSERT = """
        insert into device_ledger (device, version, partition, due_at, ledger)
        select device, 1, partition, due_at, ledger
        from unnest(?::text[], ?::int[], ?::timestamptz[], ?::json[]) as row (device, partition, due_at, ledger)
        on conflict (device) do nothing
        """;
    private static final String UPDATE = """
        update device_ledger stored
        set version = stored.version + 1, partition = row.partition, due_at = row.due_at, ledger = row.ledger
        from unnest(?::text[], ?::int[], ?::timestamptz[], ?::json[], ?::bigint[])
            as row (device, partition, due_at, ledger, version)
        where stored.device = row.device and stored.version = row.version
        """;
    private static final String DELETE = "delete from device_ledger where device = any(?)";

    private final AgroalDataSource database;

    public LedgerRows(@DataSource("provisioning") AgroalDataSource database) {
        this.database = database;
    }

    /** The ledgers of those of the devices that have one. */
    public Map<DeviceKey, StoredLedger> load(Collection<DeviceKey> devices) throws SQLException {
        Map<DeviceKey, StoredLedger> found = new HashMap<>();
        try (Connection connection = database.getConnection();
                PreparedStatement select = connection.prepareStatement(LOAD)) {
            select.setArray(1, array(connection, "text", devices, DeviceKey::toString));
            for (StoredLedger stored : read(select)) {
                found.put(stored.ledger().key(), stored);
            }
        }
        return found;
    }

    /** Ledgers of these partitions whose timer has come, the most overdue first. */
    public List<StoredLedger> due(Collection<Integer> partitions, Instant now, int limit) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement select = connection.prepareStatement(DUE)) {
            select.setArray(1, array(connection, "int4", partitions, partition -> partition));
            select.setObject(2, now.atOffset(ZoneOffset.UTC));
            select.setInt(3, limit);
            return read(select);
        }
    }

    private static List<StoredLedger> read(PreparedStatement select) throws SQLException {
        List<StoredLedger> found = new ArrayList<>();
        try (ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                found.add(new StoredLedger(
                        LedgerJson.read(rows.getString("ledger")), rows.getLong("version"), rows.getInt("partition")));
            }
        }
        return found;
    }

    /** Ledgers of a tenant in the order of their devices' keys. @param after the key before; empty for the first page */
    public List<StoredLedger> page(TenantId tenant, String after, int limit) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement select = connection.prepareStatement(PAGE)) {
            select.setString(1, after.isEmpty() ? first(tenant) : after);
            select.setString(2, last(tenant));
            select.setInt(3, limit);
            return read(select);
        }
    }

    /** How many devices of a tenant have a ledger; looks at each. */
    public long count(TenantId tenant) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement select = connection.prepareStatement(
                        "select count(*) from device_ledger where device > ? and device < ?")) {
            select.setString(1, first(tenant));
            select.setString(2, last(tenant));
            try (ResultSet row = select.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    private static String first(TenantId tenant) {
        return tenant.value() + '/';
    }

    /** What follows the slash: the column is ordered by code point. */
    private static String last(TenantId tenant) {
        return tenant.value() + '0';
    }

    /** Whether the device ever called, or was registered. */
    public boolean exists(DeviceKey device) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement select =
                        connection.prepareStatement("select 1 from device_ledger where device = ?")) {
            select.setString(1, device.toString());
            try (ResultSet row = select.executeQuery()) {
                return row.next();
            }
        }
    }

    /**
     * Writes ledgers in the caller's transaction; deletes those that say so.
     *
     * @param changed as they shall be, with the version and partition that they were read with
     * @throws StalePosition if somebody else wrote one meanwhile
     */
    public void save(Connection connection, Collection<StoredLedger> changed) throws SQLException {
        List<StoredLedger> added = new ArrayList<>();
        List<StoredLedger> updated = new ArrayList<>();
        List<StoredLedger> deleted = new ArrayList<>();
        for (StoredLedger each : changed) {
            if (each.ledger().deleted()) {
                deleted.add(each);
            } else {
                (each.version() == 0 ? added : updated).add(each);
            }
        }
        if (!added.isEmpty()) {
            requireAll(added, write(connection, INSERT, added));
        }
        if (!updated.isEmpty()) {
            requireAll(updated, write(connection, UPDATE, updated));
        }
        if (!deleted.isEmpty()) {
            try (PreparedStatement delete = connection.prepareStatement(DELETE)) {
                delete.setArray(1, array(connection, "text", deleted, LedgerRows::device));
                delete.executeUpdate();
            }
        }
    }

    private static void requireAll(List<StoredLedger> rows, int written) {
        if (written != rows.size()) {
            throw new StalePosition(rows.size() - written + " ledgers were written by somebody else");
        }
    }

    private static int write(Connection connection, String sql, List<StoredLedger> rows) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setArray(1, array(connection, "text", rows, LedgerRows::device));
            statement.setArray(2, array(connection, "int4", rows, StoredLedger::partition));
            statement.setArray(3, array(connection, "timestamptz", rows, LedgerRows::dueAt));
            statement.setArray(4, array(connection, "json", rows, row -> LedgerJson.write(row.ledger())));
            if (sql.equals(UPDATE)) {
                statement.setArray(5, array(connection, "int8", rows, StoredLedger::version));
            }
            return statement.executeUpdate();
        }
    }

    private static String device(StoredLedger row) {
        return row.ledger().key().toString();
    }

    private static @Nullable OffsetDateTime dueAt(StoredLedger row) {
        Instant timer = row.ledger().timer();
        return timer == null ? null : timer.atOffset(ZoneOffset.UTC);
    }

    private static <T> Array array(
            Connection connection, String type, Collection<T> rows, Function<T, @Nullable Object> column)
            throws SQLException {
        return connection.createArrayOf(type, rows.stream().map(column).toArray());
    }
}
