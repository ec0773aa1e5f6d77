package org.homeward.registry.order.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collection;
import org.homeward.contracts.SessionId;
import org.homeward.registry.order.OrderNote;
import org.homeward.registry.store.JsonRows;

/** The orders of a poll of events, by one statement in the caller's transaction. */
public final class OrderRows {

    private static final String NOTE = """
            insert into device_order as o (key, id, created_at, changed_at, finished_at, type, created_by, state,
                                           session, detail)
            select * from json_to_recordset(?::json) as v (key text, id text, created_at timestamptz,
                changed_at timestamptz, finished_at timestamptz, type text, created_by text, state text,
                session text, detail text)
            on conflict (key, id) do update set
                created_at = least(o.created_at, excluded.created_at),
                type = case when excluded.type = '' then o.type else excluded.type end,
                created_by = case when excluded.type = '' then o.created_by else excluded.created_by end,
                changed_at = greatest(o.changed_at, excluded.changed_at),
                finished_at = case when excluded.changed_at >= o.changed_at then excluded.finished_at
                                   else o.finished_at end,
                state = case when excluded.changed_at >= o.changed_at then excluded.state else o.state end,
                session = coalesce(excluded.session, o.session),
                detail = case when excluded.changed_at >= o.changed_at then excluded.detail else o.detail end
            """;

    public void note(Connection connection, Collection<OrderNote> orders) throws SQLException {
        if (orders.isEmpty()) {
            return;
        }
        var rows = new JsonRows();
        orders.forEach(order -> {
            SessionId session = order.session();
            rows.row()
                    .set("key", order.device().toString())
                    .set("id", order.order().value())
                    .set("created_at", order.createdAt())
                    .set("changed_at", order.changedAt())
                    .set("finished_at", order.finishedAt())
                    .set("type", order.type())
                    .set("created_by", order.createdBy())
                    .set("state", order.state())
                    .set("session", session == null ? null : session.value())
                    .set("detail", order.detail());
        });
        try (PreparedStatement insert = connection.prepareStatement(NOTE)) {
            insert.setString(1, rows.json());
            insert.executeUpdate();
        }
    }
}
