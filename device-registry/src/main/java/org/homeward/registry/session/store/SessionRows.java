package org.homeward.registry.session.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collection;
import org.homeward.registry.session.SessionNote;
import org.homeward.registry.store.JsonRows;

/** The sessions of a poll of events, by one statement in the caller's transaction. */
public final class SessionRows {

    private static final String NOTE = """
            insert into session as s (key, id, started_at, ended_at, events, outcome, rpcs, faults, detail,
                                      remote_address, transcript_parts)
            select * from json_to_recordset(?::json) as v (key text, id text, started_at timestamptz,
                ended_at timestamptz, events text[], outcome text, rpcs int, faults int, detail text,
                remote_address text, transcript_parts int)
            on conflict (key, id) do update set
                started_at = least(s.started_at, excluded.started_at),
                ended_at = coalesce(excluded.ended_at, s.ended_at),
                events = coalesce(excluded.events, s.events),
                outcome = case when excluded.outcome = 'open' then s.outcome else excluded.outcome end,
                rpcs = greatest(s.rpcs, excluded.rpcs),
                faults = greatest(s.faults, excluded.faults),
                detail = case when excluded.detail = '' then s.detail else excluded.detail end,
                remote_address = coalesce(excluded.remote_address, s.remote_address),
                transcript_parts = greatest(s.transcript_parts, excluded.transcript_parts)
            """;

    public void note(Connection connection, Collection<SessionNote> sessions) throws SQLException {
        if (sessions.isEmpty()) {
            return;
        }
        var rows = new JsonRows();
        sessions.forEach(session -> rows.row()
                .set("key", session.device().toString())
                .set("id", session.session().value())
                .set("started_at", session.startedAt())
                .set("ended_at", session.endedAt())
                .set("events", session.events())
                .set("outcome", session.outcome())
                .set("rpcs", session.rpcs())
                .set("faults", session.faults())
                .set("detail", session.detail())
                .set("remote_address", session.remoteAddress())
                .set("transcript_parts", session.transcriptParts()));
        try (PreparedStatement insert = connection.prepareStatement(NOTE)) {
            insert.setString(1, rows.json());
            insert.executeUpdate();
        }
    }
}
