package org.homeward.registry.session.store;

import io.agroal.api.AgroalDataSource;
import io.quarkus.agroal.DataSource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.homeward.contracts.DeviceKey;
import org.homeward.contracts.SessionId;
import org.homeward.kit.query.Condition;
import org.homeward.kit.query.Field;
import org.homeward.kit.query.Fields;
import org.homeward.kit.query.Sort;
import org.homeward.kit.rest.Page;
import org.homeward.registry.session.SessionNote;
import org.homeward.registry.session.TranscriptStore.Kept;
import org.jspecify.annotations.Nullable;

/** Finds sessions of a device. */
@ApplicationScoped
public class SessionSearch {

    private static final Sort NEWEST_FIRST =
            Fields.of(Field.time("startedAt", "started_at")).sort("-startedAt", "-startedAt", "id");

    private final AgroalDataSource database;

    @Inject
    public SessionSearch(@DataSource("registry") AgroalDataSource database) {
        this.database = database;
    }

    /** Sessions, newest first. */
    public Page<SessionNote> list(DeviceKey device, int limit, @Nullable String cursor) throws SQLException {
        Condition where = Condition.of("key = ?", device.toString()).and(NEWEST_FIRST.startingAfter(cursor));
        List<SessionNote> found =
                select(device, where, " order by " + NEWEST_FIRST.orderBy() + " limit " + (limit + 1));
        return Page.of(
                found,
                limit,
                session -> NEWEST_FIRST.after(
                        session.startedAt(), session.session().value()));
    }

    public Optional<SessionNote> find(DeviceKey device, SessionId session) throws SQLException {
        return select(device, Condition.of("key = ? and id = ?", device.toString(), session.value()), "").stream()
                .findFirst();
    }

    /** All sessions of the device of which a transcript is kept. */
    public List<Kept> withTranscripts(DeviceKey device) throws SQLException {
        return select(device, Condition.of("key = ? and transcript_parts > 0", device.toString()), "").stream()
                .map(session -> new Kept(device, session.session(), session.transcriptParts()))
                .toList();
    }

    private List<SessionNote> select(DeviceKey device, Condition where, String rest) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement select =
                        connection.prepareStatement("select * from session where " + where.sql() + rest)) {
            for (int i = 0; i < where.parameters().size(); i++) {
                select.setObject(i + 1, where.parameters().get(i));
            }
            List<SessionNote> sessions = new ArrayList<>();
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    sessions.add(session(device, rows));
                }
            }
            return sessions;
        }
    }

    private static SessionNote session(DeviceKey device, ResultSet row) throws SQLException {
        Array events = row.getArray("events");
        OffsetDateTime ended = row.getObject("ended_at", OffsetDateTime.class);
        return new SessionNote(
                device,
                new SessionId(row.getString("id")),
                row.getObject("started_at", OffsetDateTime.class).toInstant(),
                ended == null ? null : ended.toInstant(),
                events == null ? List.of() : List.of((String[]) events.getArray()),
                row.getString("outcome"),
                row.getInt("rpcs"),
                row.getInt("faults"),
                row.getString("detail"),
                row.getString("remote_address"),
                row.getInt("transcript_parts"));
    }
}
