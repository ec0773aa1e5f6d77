package org.homeward.registry.subscriber.store;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.homeward.contracts.DeviceId;
import org.homeward.contracts.DeviceKey;
import org.homeward.contracts.TenantId;
import org.homeward.registry.store.JsonRows;
import org.homeward.registry.subscriber.Binding;
import org.homeward.registry.subscriber.Claim;
import org.homeward.registry.subscriber.Owner;
import org.homeward.registry.subscriber.SubscriberId;
import org.jspecify.annotations.Nullable;

/** Bindings and the devices that fit them, many in one statement; in the caller's transaction. */
final class BindingRows {

    private static final String OPEN = """
            select b.* from subscriber_binding b
            join json_to_recordset(?::json) as v (kind text, value text) using (kind, value)
            where b.tenant = ? and b.ended_at is null
            """;

    private static final String CLAIMS = """
            with v as (
                select * from json_to_recordset(?::json) as v (kind text, value text, key text, oui text, serial text)
            )
            """;

    /**
     * The devices of all tenants that fit claims of a kind: an index on tenants must not look better than the one that
     * finds them.
     */
    private static String devicesBy(Claim.Kind kind) {
        String select = "select v.kind, v.value, d.key from v join device d on v.kind = '" + kind.text() + "' and ";
        return switch (kind) {
            case DEVICE -> select + "d.key = v.key";
            case SERIAL -> select + "d.serial_number = v.serial and d.oui = v.oui";
            case MAC -> select + "d.macs @> array[v.value]";
            case CIRCUIT ->
                select + "d.circuit_id = v.value and d.circuit_id <> '' union all " + select
                        + "d.provisioning_code = v.value and d.provisioning_code <> ''";
        };
    }

    /** One look into the index for each claim that fits, however many bindings there are: hence the limit. */
    private static final String OWNERS = """
            with d as (
                select * from device where key = any (?)
            ), c as (
                select key, tenant, 'device' as kind, id as value from d
                union select key, tenant, 'serial', split_part(id, '-', 1) || '-' || split_part(id, '-', -1) from d
                union select key, tenant, 'mac', unnest(macs) from d
                union select key, tenant, 'circuit', circuit_id from d where circuit_id <> ''
                union select key, tenant, 'circuit', provisioning_code from d where provisioning_code <> ''
            ), b as (
                select c.key, b.* from c cross join lateral (
                    select * from subscriber_binding b
                    where b.tenant = c.tenant and b.kind = c.kind and b.value = c.value and b.ended_at is null
                    limit 1) b
            )
            select d.key as device, d.subscriber_id as owner, d.bound_by, b.*
            from d left join b on b.key = d.key
            """;

    private static final String BEGIN = """
            insert into subscriber_binding (id, tenant, subscriber_id, kind, value, created_at, created_by, look_again)
            select id, ?, subscriber_id, kind, value, created_at, created_by, look_again
            from json_to_recordset(?::json) as v (id text, subscriber_id text, kind text, value text,
                                                  created_at timestamptz, created_by text, look_again timestamptz)
            """;

    private static final String END = """
            update subscriber_binding set ended_at = ?, ended_by = ?, ended_why = ?, look_again = ?
            where id = any (?) and ended_at is null
            """;

    private static final String SETTLE = """
            update device d
            set subscriber_id = v.subscriber_id, bound_by = v.bound_by,
                version = d.version + case when d.subscriber_id is distinct from v.subscriber_id and v.counts = 1
                                           then 1 else 0 end
            from json_to_recordset(?::json) as v (key text, subscriber_id text, bound_by text, counts int)
            where d.key = v.key
            """;

    private static final String DUE = """
            update subscriber_binding set look_again = null
            where id in (select id from subscriber_binding where look_again <= ? order by look_again limit ?
                         for no key update skip locked)
            returning *
            """;

    private BindingRows() {}

    /** The open bindings of these claims. */
    static Map<Claim, Binding> open(Connection connection, TenantId tenant, Collection<Claim> claims)
            throws SQLException {
        if (claims.isEmpty()) {
            return Map.of();
        }
        var rows = new JsonRows();
        Set.copyOf(claims)
                .forEach(claim -> rows.row().set("kind", claim.kind().text()).set("value", claim.value()));
        try (PreparedStatement select = connection.prepareStatement(OPEN)) {
            select.setString(1, rows.json());
            select.setString(2, tenant.value());
            Map<Claim, Binding> open = new HashMap<>();
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    Binding binding = binding(row);
                    open.put(binding.claim(), binding);
                }
            }
            return open;
        }
    }

    /** The registered devices that fit claims. */
    static Map<Claim, Set<DeviceKey>> fitting(Connection connection, TenantId tenant, Collection<Claim> claims)
            throws SQLException {
        if (claims.isEmpty()) {
            return Map.of();
        }
        var rows = new JsonRows();
        for (Claim claim : Set.copyOf(claims)) {
            rows.row().set("kind", claim.kind().text()).set("value", claim.value());
            switch (claim.kind()) {
                case DEVICE -> rows.set("key", tenant.value() + "/" + claim.value());
                case SERIAL -> {
                    var parts = DeviceId.parse(claim.value());
                    rows.set("oui", parts.oui()).set("serial", parts.serialNumber());
                }
                case MAC, CIRCUIT -> {}
            }
        }
        String sql = CLAIMS
                + claims.stream()
                        .map(Claim::kind)
                        .distinct()
                        .sorted()
                        .map(BindingRows::devicesBy)
                        .collect(Collectors.joining(" union all "));
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setString(1, rows.json());
            Map<Claim, Set<DeviceKey>> fitting = new HashMap<>();
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    var device = DeviceKey.parse(row.getString(3));
                    if (device.tenant().equals(tenant)) {
                        var claim = new Claim(Claim.Kind.of(row.getString(1)), row.getString(2));
                        fitting.computeIfAbsent(claim, any -> new LinkedHashSet<>())
                                .add(device);
                    }
                }
            }
            return fitting;
        }
    }

    /** Keeps devices from being changed by others until the transaction ends; always in the same order. */
    static void lock(Connection connection, Collection<DeviceKey> devices) throws SQLException {
        if (devices.isEmpty()) {
            return;
        }
        try (PreparedStatement lock =
                connection.prepareStatement("select 1 from device where key = any (?) order by key for update")) {
            lock.setArray(1, texts(connection, devices, DeviceKey::toString));
            lock.executeQuery().close();
        }
    }

    /** Whose devices they are, and which open bindings fit them. */
    static Map<DeviceKey, Owner> owners(Connection connection, Collection<DeviceKey> devices) throws SQLException {
        if (devices.isEmpty()) {
            return Map.of();
        }
        try (PreparedStatement select = connection.prepareStatement(OWNERS)) {
            select.setArray(1, texts(connection, devices, DeviceKey::toString));
            Map<DeviceKey, List<Binding>> fitting = new LinkedHashMap<>();
            Map<DeviceKey, Owner> owners = new LinkedHashMap<>();
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    var key = DeviceKey.parse(row.getString("device"));
                    String owner = row.getString("owner");
                    List<Binding> bindings = fitting.computeIfAbsent(key, any -> new ArrayList<>());
                    if (row.getString("id") != null) {
                        bindings.add(binding(row));
                    }
                    owners.put(
                            key,
                            new Owner(
                                    key,
                                    owner == null ? null : new SubscriberId(owner),
                                    row.getString("bound_by"),
                                    List.of()));
                }
            }
            owners.replaceAll((key, owner) ->
                    new Owner(key, owner.subscriber(), owner.boundBy(), fitting.getOrDefault(key, List.of())));
            return owners;
        }
    }

    /** The devices of these subscribers. */
    static Set<DeviceKey> devicesOf(Connection connection, TenantId tenant, Collection<SubscriberId> subscribers)
            throws SQLException {
        if (subscribers.isEmpty()) {
            return Set.of();
        }
        try (PreparedStatement select =
                connection.prepareStatement("select key from device where tenant = ? and subscriber_id = any (?)")) {
            select.setString(1, tenant.value());
            select.setArray(2, texts(connection, subscribers, SubscriberId::value));
            return keys(select);
        }
    }

    /** The devices that are bound by these bindings. */
    static Set<DeviceKey> boundBy(Connection connection, Collection<String> bindings) throws SQLException {
        if (bindings.isEmpty()) {
            return Set.of();
        }
        try (PreparedStatement select =
                connection.prepareStatement("select key from device where bound_by = any (?)")) {
            select.setArray(1, texts(connection, bindings, Function.identity()));
            return keys(select);
        }
    }

    private static Set<DeviceKey> keys(PreparedStatement select) throws SQLException {
        Set<DeviceKey> keys = new LinkedHashSet<>();
        try (ResultSet row = select.executeQuery()) {
            while (row.next()) {
                keys.add(DeviceKey.parse(row.getString(1)));
            }
        }
        return keys;
    }

    static void begin(Connection connection, TenantId tenant, Collection<Binding> bindings, Instant lookAgain)
            throws SQLException {
        if (bindings.isEmpty()) {
            return;
        }
        var rows = new JsonRows();
        for (Binding each : bindings) {
            rows.row()
                    .set("id", each.id())
                    .set("subscriber_id", each.subscriber().value())
                    .set("kind", each.claim().kind().text())
                    .set("value", each.claim().value())
                    .set("created_at", each.createdAt())
                    .set("created_by", each.createdBy())
                    .set("look_again", lookAgain);
        }
        try (PreparedStatement insert = connection.prepareStatement(BEGIN)) {
            insert.setString(1, tenant.value());
            insert.setString(2, rows.json());
            insert.executeUpdate();
        }
    }

    static void end(Connection connection, Collection<String> bindings, Binding.Ended ended, Instant lookAgain)
            throws SQLException {
        if (bindings.isEmpty()) {
            return;
        }
        try (PreparedStatement update = connection.prepareStatement(END)) {
            update.setTimestamp(1, Timestamp.from(ended.at()));
            update.setString(2, ended.by());
            update.setString(3, ended.why());
            update.setTimestamp(4, Timestamp.from(lookAgain));
            update.setArray(5, texts(connection, bindings, Function.identity()));
            update.executeUpdate();
        }
    }

    /** @param countsAsEdit whether the devices' versions count it */
    static void settle(Connection connection, Map<DeviceKey, @Nullable Binding> winners, boolean countsAsEdit)
            throws SQLException {
        if (winners.isEmpty()) {
            return;
        }
        var rows = new JsonRows();
        winners.forEach((device, binding) -> rows.row()
                .set("key", device.toString())
                .set(
                        "subscriber_id",
                        binding == null ? null : binding.subscriber().value())
                .set("bound_by", binding == null ? null : binding.id())
                .set("counts", countsAsEdit ? 1 : 0));
        try (PreparedStatement update = connection.prepareStatement(SETTLE)) {
            update.setString(1, rows.json());
            update.executeUpdate();
        }
    }

    /** A binding that is to be looked at again. */
    record Due(TenantId tenant, Binding binding) {}

    static List<Due> due(Connection connection, Instant now, int most) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(DUE)) {
            update.setTimestamp(1, Timestamp.from(now));
            update.setInt(2, most);
            List<Due> due = new ArrayList<>();
            try (ResultSet row = update.executeQuery()) {
                while (row.next()) {
                    due.add(new Due(new TenantId(row.getString("tenant")), binding(row)));
                }
            }
            return due;
        }
    }

    static Binding binding(ResultSet row) throws SQLException {
        OffsetDateTime endedAt = row.getObject("ended_at", OffsetDateTime.class);
        return new Binding(
                row.getString("id"),
                new SubscriberId(row.getString("subscriber_id")),
                new Claim(Claim.Kind.of(row.getString("kind")), row.getString("value")),
                AttributeColumns.instant(row, "created_at"),
                row.getString("created_by"),
                endedAt == null
                        ? null
                        : new Binding.Ended(
                                endedAt.toInstant(), row.getString("ended_by"), row.getString("ended_why")));
    }

    private static <T> Array texts(Connection connection, Collection<T> values, Function<T, String> text)
            throws SQLException {
        return connection.createArrayOf("text", values.stream().map(text).toArray());
    }
}
