package org.homeward.registry.inventory.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.homeward.contracts.DeviceKey;
import org.homeward.registry.inventory.Silence;
import org.homeward.registry.store.JsonRows;

/** The devices that should have called; in the caller's transaction. */
public final class SilenceRows {

    private static final String DUE = """
            select c.key, c.last_inform, d.periodic_inform_seconds
            from contact c join device d using (key)
            where c.online and c.silent_due <= ? order by c.silent_due limit ? for update of c skip locked
            """;

    private static final String SETTLE = """
            update contact c
            set silent_due = v.due, online = v.due is not null,
                online_since = case when v.due is null then ?::timestamptz else c.online_since end,
                online_evidence = case when v.due is null then v.evidence else c.online_evidence end
            from json_to_recordset(?::json) as v (key text, due timestamptz, evidence text)
            where c.key = v.key
            """;

    private SilenceRows() {}

    /** Online devices that are to be looked at, at most so many; others don't look at them until the transaction ends. */
    public static List<Silence> due(Connection connection, Instant now, Duration defaultInterval, int most)
            throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(DUE)) {
            select.setTimestamp(1, Timestamp.from(now));
            select.setInt(2, most);
            List<Silence> due = new ArrayList<>();
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    Integer seconds = rows.getObject(3, Integer.class);
                    due.add(new Silence(
                            DeviceKey.parse(rows.getString(1)),
                            rows.getTimestamp(2).toInstant(),
                            seconds == null ? defaultInterval : Duration.ofSeconds(seconds)));
                }
            }
            return due;
        }
    }

    /** Writes what was decided: when to look again, or that the device is offline. */
    public static void settle(Connection connection, List<Silence.Verdict> verdicts, Instant now) throws SQLException {
        if (verdicts.isEmpty()) {
            return;
        }
        var rows = new JsonRows();
        for (Silence.Verdict verdict : verdicts) {
            rows.row().set("key", verdict.silence().device().toString());
            switch (verdict) {
                case Silence.LookAgain again -> rows.set("due", again.at());
                case Silence.Offline offline -> rows.set("evidence", offline.evidence());
            }
        }
        try (PreparedStatement update = connection.prepareStatement(SETTLE)) {
            update.setTimestamp(1, Timestamp.from(now));
            update.setString(2, rows.json());
            update.executeUpdate();
        }
    }
}
