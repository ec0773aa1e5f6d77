package org.homeward.registry.timeline.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collection;
import org.homeward.registry.store.JsonRows;
import org.homeward.registry.timeline.Happening;

/** Happenings, written by one statement in the caller's transaction. */
public final class HappeningRows {

    private static final String NOTE = """
            insert into happening (key, id, at, kind, by, detail)
            select * from json_to_recordset(?::json) as v (key text, id text, at timestamptz, kind text, by text,
                                                           detail text)
            on conflict (key, id) do nothing
            """;

    public void note(Connection connection, Collection<Happening> happenings) throws SQLException {
        if (happenings.isEmpty()) {
            return;
        }
        var rows = new JsonRows();
        happenings.forEach(happening -> rows.row()
                .set("key", happening.device().toString())
                .set("id", happening.id())
                .set("at", happening.at())
                .set("kind", happening.kind().text())
                .set("by", happening.by())
                .set("detail", happening.detail()));
        try (PreparedStatement insert = connection.prepareStatement(NOTE)) {
            insert.setString(1, rows.json());
            insert.executeUpdate();
        }
    }
}
