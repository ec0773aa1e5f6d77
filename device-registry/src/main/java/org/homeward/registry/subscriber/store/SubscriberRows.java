package org.homeward.registry.subscriber.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import org.homeward.contracts.TenantId;
import org.homeward.registry.store.JsonRows;
import org.homeward.registry.subscriber.Service;
import org.homeward.registry.subscriber.ServiceId;
import org.homeward.registry.subscriber.Subscriber;
import org.homeward.registry.subscriber.SubscriberId;

/** Subscribers and services, many in one statement; in the caller's transaction. */
final class SubscriberRows {

    /** Plans are made anew: those of an import's first lines, made for small tables, are bad for its last. */
    private static final String TURN = """
            select set_config('plan_cache_mode', 'force_custom_plan', true), pg_advisory_xact_lock(482175, hashtext(?))
            """;

    private static final String SAVE_SUBSCRIBERS = """
            insert into subscriber (tenant, id, attributes, secrets, created_at, updated_at, updated_by, version)
            select ?, id, attributes::jsonb, secrets::jsonb, created_at, updated_at, updated_by, version
            from json_to_recordset(?::json) as v (id text, attributes text, secrets text, created_at timestamptz,
                                                  updated_at timestamptz, updated_by text, version bigint)
            on conflict (tenant, id) do update
            set attributes = excluded.attributes, secrets = excluded.secrets, updated_at = excluded.updated_at,
                updated_by = excluded.updated_by, version = excluded.version
            """;

    private static final String SAVE_SERVICES = """
            insert into subscriber_service
                (tenant, subscriber_id, id, type, attributes, secrets, created_at, updated_at, updated_by, version)
            select ?, subscriber_id, id, type, attributes::jsonb, secrets::jsonb, created_at, updated_at, updated_by,
                   version
            from json_to_recordset(?::json) as v (subscriber_id text, id text, type text, attributes text, secrets text,
                                                  created_at timestamptz, updated_at timestamptz, updated_by text,
                                                  version bigint)
            on conflict (tenant, subscriber_id, id) do update
            set type = excluded.type, attributes = excluded.attributes, secrets = excluded.secrets,
                updated_at = excluded.updated_at, updated_by = excluded.updated_by, version = excluded.version
            """;

    private SubscriberRows() {}

    /**
     * Waits until nobody else changes subscribers or bindings of the tenant, to the transaction's end. What people say
     * is then decided on what is there; only devices that call change things meanwhile.
     */
    static void turn(Connection connection, TenantId tenant) throws SQLException {
        try (PreparedStatement lock = connection.prepareStatement(TURN)) {
            lock.setString(1, tenant.value());
            lock.execute();
        }
    }

    static Book load(Connection connection, TenantId tenant, Collection<SubscriberId> ids) throws SQLException {
        var book = new Book();
        select(
                connection,
                "select * from subscriber where tenant = ? and id = any (?)",
                tenant,
                ids,
                row -> book.known(subscriber(row)));
        select(
                connection,
                "select * from subscriber_service where tenant = ? and subscriber_id = any (?) order by id",
                tenant,
                ids,
                row -> book.known(service(row)));
        return book;
    }

    private interface Reading {
        void row(ResultSet row) throws SQLException;
    }

    private static void select(
            Connection connection, String sql, TenantId tenant, Collection<SubscriberId> ids, Reading reading)
            throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setString(1, tenant.value());
            select.setArray(
                    2,
                    connection.createArrayOf(
                            "text", ids.stream().map(SubscriberId::value).toArray()));
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    reading.row(rows);
                }
            }
        }
    }

    static Subscriber subscriber(ResultSet row) throws SQLException {
        return new Subscriber(
                new SubscriberId(row.getString("id")),
                AttributeColumns.read(row),
                AttributeColumns.instant(row, "created_at"),
                AttributeColumns.instant(row, "updated_at"),
                row.getString("updated_by"),
                row.getLong("version"));
    }

    static Service service(ResultSet row) throws SQLException {
        return new Service(
                new SubscriberId(row.getString("subscriber_id")),
                new ServiceId(row.getString("id")),
                new ServiceId(row.getString("type")),
                AttributeColumns.read(row),
                AttributeColumns.instant(row, "created_at"),
                AttributeColumns.instant(row, "updated_at"),
                row.getString("updated_by"),
                row.getLong("version"));
    }

    static void save(Connection connection, TenantId tenant, Book book) throws SQLException {
        if (!book.changedSubscribers().isEmpty()) {
            var rows = new JsonRows();
            for (Subscriber each : book.changedSubscribers()) {
                rows.row()
                        .set("id", each.id().value())
                        .set("attributes", each.attributes().plain().toString())
                        .set("secrets", AttributeColumns.secrets(each.attributes()))
                        .set("created_at", each.createdAt())
                        .set("updated_at", each.updatedAt())
                        .set("updated_by", each.updatedBy())
                        .set("version", String.valueOf(each.version()));
            }
            execute(connection, SAVE_SUBSCRIBERS, tenant, rows);
        }
        if (!book.changedServices().isEmpty()) {
            var rows = new JsonRows();
            for (Service each : book.changedServices()) {
                rows.row()
                        .set("subscriber_id", each.subscriber().value())
                        .set("id", each.id().value())
                        .set("type", each.type().value())
                        .set("attributes", each.attributes().plain().toString())
                        .set("secrets", AttributeColumns.secrets(each.attributes()))
                        .set("created_at", each.createdAt())
                        .set("updated_at", each.updatedAt())
                        .set("updated_by", each.updatedBy())
                        .set("version", String.valueOf(each.version()));
            }
            execute(connection, SAVE_SERVICES, tenant, rows);
        }
    }

    private static void execute(Connection connection, String sql, TenantId tenant, JsonRows rows) throws SQLException {
        try (PreparedStatement save = connection.prepareStatement(sql)) {
            save.setString(1, tenant.value());
            save.setString(2, rows.json());
            save.executeUpdate();
        }
    }

    static void delete(Connection connection, TenantId tenant, SubscriberId subscriber) throws SQLException {
        try (PreparedStatement delete =
                connection.prepareStatement("delete from subscriber where tenant = ? and id = ?")) {
            delete.setString(1, tenant.value());
            delete.setString(2, subscriber.value());
            delete.executeUpdate();
        }
    }

    static void delete(Connection connection, TenantId tenant, SubscriberId subscriber, ServiceId service)
            throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement(
                "delete from subscriber_service where tenant = ? and subscriber_id = ? and id = ?")) {
            delete.setString(1, tenant.value());
            delete.setString(2, subscriber.value());
            delete.setString(3, service.value());
            delete.executeUpdate();
        }
    }
}
