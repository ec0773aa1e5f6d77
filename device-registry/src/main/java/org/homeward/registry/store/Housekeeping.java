package org.homeward.registry.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.homeward.contracts.DeviceKey;
import org.homeward.contracts.SessionId;
import org.homeward.kit.rest.IdempotencyKeys;
import org.homeward.registry.RegistryConfig;
import org.homeward.registry.session.TranscriptStore;
import org.homeward.registry.twin.history.store.ChangeRows;

/** Lets go of what was kept long enough, some thousand rows at a time. Safe to run on several instances. */
public final class Housekeeping {

    private static final int AT_ONCE = 5_000;
    private static final Duration IDEMPOTENCY = Duration.ofDays(1);
    private static final Duration LOOK_BACK = Duration.ofDays(1);

    private static final String OLD_SESSIONS = """
            delete from session where (key, id) in (
                select key, id from session where started_at < ? limit ? for update skip locked)
            returning key, id, transcript_parts
            """;
    private static final String LOST_SESSIONS = """
            update session set outcome = 'lost', ended_at = now()
            where ended_at is null and started_at < ?
            """;

    private final RegistryConfig config;
    private final DataSource database;
    private final TranscriptStore transcripts;
    private final Clock clock;

    public Housekeeping(RegistryConfig config, DataSource database, TranscriptStore transcripts, Clock clock) {
        this.config = config;
        this.database = database;
        this.transcripts = transcripts;
        this.clock = clock;
    }

    /** Sweeps once. */
    public void sweep() throws SQLException {
        Instant now = clock.instant();
        try (Connection connection = database.getConnection()) {
            execute(connection, LOST_SESSIONS, now.minus(config.sessions().lostAfter()));
            Instant oldest = now.minus(config.timelineRetention());
            deleteOlder(connection, "device_order", "created_at", oldest);
            deleteOlder(connection, "happening", "at", oldest);
            deleteOlder(
                    connection, "value_change", "at", now.minus(config.history().retention()));
            new ChangeRows().keepLatest(connection, config.history().perDevice(), now.minus(LOOK_BACK));
            IdempotencyKeys.forget(connection, now.minus(IDEMPOTENCY));
            sessions(connection, now.minus(config.sessions().retention()));
        }
    }

    private static void execute(Connection connection, String sql, Instant before) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setTimestamp(1, Timestamp.from(before));
            statement.executeUpdate();
        }
    }

    private static void deleteOlder(Connection connection, String table, String time, Instant before)
            throws SQLException {
        String sql = "delete from " + table + " where (key, id) in (select key, id from " + table + " where " + time
                + " < ? limit ? for update skip locked)";
        try (PreparedStatement delete = connection.prepareStatement(sql)) {
            int deleted = AT_ONCE;
            while (deleted == AT_ONCE) {
                delete.setTimestamp(1, Timestamp.from(before));
                delete.setInt(2, AT_ONCE);
                deleted = delete.executeUpdate();
            }
        }
    }

    private void sessions(Connection connection, Instant before) throws SQLException {
        connection.setAutoCommit(false);
        try (PreparedStatement delete = connection.prepareStatement(OLD_SESSIONS)) {
            int deleted = AT_ONCE;
            while (deleted == AT_ONCE) {
                delete.setTimestamp(1, Timestamp.from(before));
                delete.setInt(2, AT_ONCE);
                deleted = 0;
                List<TranscriptStore.Kept> kept = new ArrayList<>();
                try (ResultSet rows = delete.executeQuery()) {
                    while (rows.next()) {
                        deleted++;
                        if (rows.getInt(3) > 0) {
                            kept.add(new TranscriptStore.Kept(
                                    DeviceKey.parse(rows.getString(1)),
                                    new SessionId(rows.getString(2)),
                                    rows.getInt(3)));
                        }
                    }
                }
                // a transcript without its session could never be found again
                transcripts.delete(kept);
                connection.commit();
            }
        } catch (SQLException | RuntimeException e) {
            connection.rollback();
            throw e;
        } finally {
            connection.setAutoCommit(true);
        }
    }
}
