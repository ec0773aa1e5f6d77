package org.homeward.registry.twin.history.store;

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
import org.homeward.contracts.DeviceKey;
import org.homeward.contracts.SessionId;
import org.homeward.kit.rest.Cursor;
import org.homeward.kit.rest.Page;
import org.homeward.kit.rest.Problem;
import org.jspecify.annotations.Nullable;

/** Finds how values changed. */
@ApplicationScoped
public class ChangeSearch {

    private static final String ORDER = "-at";

    /** The last condition alone would do; the one before it lets the index find the place. */
    private static final String SELECT = """
            select c.at, c.id, c.session, e.ordinality, e.value ->> 'path', e.value ->> 'before', e.value ->> 'after'
            from value_change c cross join lateral jsonb_array_elements(c.changes) with ordinality e
            where c.key = ? and c.at <= ?::timestamptz
              and (c.at, c.id, e.ordinality) < (?::timestamptz, ?, ?)
              and case when ? then starts_with(e.value ->> 'path', ?) else e.value ->> 'path' = ? end
            order by c.at desc, c.id desc, e.ordinality desc limit ?
            """;

    private final AgroalDataSource database;

    @Inject
    public ChangeSearch(@DataSource("registry") AgroalDataSource database) {
        this.database = database;
    }

    /** One value that changed. */
    public record ValueChange(
            Instant at,
            SessionId session,
            String path,
            @Nullable String before,
            @Nullable String after) {}

    private record Found(ValueChange change, String event, long ordinal) {}

    /**
     * Changes, newest first.
     *
     * @param path a partial path, which ends in a dot, or a parameter; empty for all
     */
    public Page<ValueChange> list(DeviceKey device, String path, int limit, @Nullable String cursor)
            throws SQLException {
        String at = "infinity";
        String event = "";
        long ordinal = 0;
        if (cursor != null && !cursor.isEmpty()) {
            List<@Nullable String> values = Cursor.decode(cursor, ORDER).values();
            try {
                at = OffsetDateTime.parse(String.valueOf(values.getFirst())).toString();
                event = String.valueOf(values.get(1));
                ordinal = Long.parseLong(String.valueOf(values.get(2)));
            } catch (RuntimeException e) {
                var problem = Problem.invalid("cursor", "is not one that this list gave out")
                        .exception();
                problem.addSuppressed(e);
                throw problem;
            }
        }
        try (Connection connection = database.getConnection();
                PreparedStatement select = connection.prepareStatement(SELECT)) {
            select.setString(1, device.toString());
            select.setString(2, at);
            select.setString(3, at);
            select.setString(4, event);
            select.setLong(5, ordinal);
            select.setBoolean(6, path.isEmpty() || path.endsWith("."));
            select.setString(7, path);
            select.setString(8, path);
            select.setInt(9, limit + 1);
            List<Found> found = new ArrayList<>();
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    found.add(found(rows));
                }
            }
            return Page.of(found, limit, ChangeSearch::cursor).map(Found::change);
        }
    }

    private static Cursor cursor(Found found) {
        return new Cursor(
                ORDER, List.of(found.change().at().toString(), found.event(), String.valueOf(found.ordinal())));
    }

    private static Found found(ResultSet row) throws SQLException {
        return new Found(
                new ValueChange(
                        row.getObject(1, OffsetDateTime.class).toInstant(),
                        new SessionId(row.getString(3)),
                        row.getString(5),
                        row.getString(6),
                        row.getString(7)),
                row.getString(2),
                row.getLong(4));
    }
}
