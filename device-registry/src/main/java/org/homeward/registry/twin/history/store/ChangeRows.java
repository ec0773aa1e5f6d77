package org.homeward.registry.twin.history.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Collection;
import org.homeward.kit.json.ContractsJson;
import org.homeward.registry.store.JsonRows;
import org.homeward.registry.twin.history.Changed;

/** The changes of a poll of events, by one statement in the caller's transaction; and what is kept of them. */
public final class ChangeRows {

    private static final String NOTE = """
            insert into value_change (key, id, at, session, changes)
            select key, id, at, session, changes::jsonb
            from json_to_recordset(?::json) as v (key text, id text, at timestamptz, session text, changes text)
            on conflict (key, id) do nothing
            """;

    /** Only devices that changed lately can have become too many. */
    private static final String KEEP_LATEST = """
            delete from value_change c using (
                select d.key, (select x.at from value_change x where x.key = d.key
                               order by x.at desc, x.id desc offset ? limit 1) as until
                from (select distinct key from value_change where at >= ?) d
            ) old where c.key = old.key and c.at <= old.until
            """;

    public void note(Connection connection, Collection<Changed> changes) throws SQLException {
        if (changes.isEmpty()) {
            return;
        }
        var rows = new JsonRows();
        for (Changed changed : changes) {
            rows.row()
                    .set("key", changed.device().toString())
                    .set("id", changed.eventId())
                    .set("at", changed.at())
                    .set("session", changed.session().value())
                    .set("changes", json(changed));
        }
        try (PreparedStatement insert = connection.prepareStatement(NOTE)) {
            insert.setString(1, rows.json());
            insert.executeUpdate();
        }
    }

    private static String json(Changed changed) {
        try {
            return ContractsJson.mapper().writeValueAsString(changed.changes());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Keeps the latest {@code most} rows of each device that changed since. */
    public int keepLatest(Connection connection, int most, Instant changedSince) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement(KEEP_LATEST)) {
            delete.setInt(1, most);
            delete.setTimestamp(2, Timestamp.from(changedSince));
            return delete.executeUpdate();
        }
    }
}
