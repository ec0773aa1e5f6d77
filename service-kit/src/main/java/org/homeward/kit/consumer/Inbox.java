package org.homeward.kit.consumer;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.apache.kafka.common.TopicPartition;

/**
 * How far consumers have come, kept in the database that holds their effects: table {@code inbox} of
 * {@code db/kit}. Written in the transaction of the effect, and only from the position that the batch began at, so that
 * an event has one effect whatever crashes and whoever else takes it for theirs.
 */
public final class Inbox {

    private static final String ADVANCE = """
            update inbox set next_offset = span.up_to
            from unnest(?::text[], ?::int[], ?::bigint[], ?::bigint[]) as span (topic, partition, began, up_to)%s
            where consumer = ? and inbox.topic = span.topic and inbox.partition = span.partition
              and next_offset = span.began
            """;
    private static final String FOR_GOOD = ADVANCE.formatted("");
    /** Says in the same statement, and for this transaction only, that its commit does not wait for the disk. */
    private static final String LAZILY =
            ADVANCE.formatted(", set_config('synchronous_commit', 'off', true) as durability");

    private static final String LOAD = "select topic, partition, next_offset from inbox where consumer = ?";
    private static final String PLACE = """
            insert into inbox (consumer, topic, partition, next_offset)
            select ?, topic, partition, next_offset
            from unnest(?::text[], ?::int[], ?::bigint[]) as place (topic, partition, next_offset)
            on conflict (consumer, topic, partition) do update set next_offset = excluded.next_offset
            """;

    private final DataSource database;

    public Inbox(DataSource database) {
        this.database = database;
    }

    /**
     * Notes in the caller's transaction that the batch is handled.
     *
     * @throws StalePosition if somebody else has handled some of it; the transaction must be rolled back
     */
    public void advance(Connection connection, Batch batch) throws SQLException {
        advance(connection, batch, FOR_GOOD);
    }

    /**
     * The same where it may be undone by a crash of the database, together with all else that the transaction does: the
     * events are then read again.
     */
    public void advanceLazily(Connection connection, Batch batch) throws SQLException {
        advance(connection, batch, LAZILY);
    }

    private static void advance(Connection connection, Batch batch, String sql) throws SQLException {
        List<Batch.Span> spans = batch.spans();
        try (PreparedStatement update = connection.prepareStatement(sql)) {
            update.setArray(
                    1,
                    array(
                            connection,
                            "text",
                            spans.stream().map(span -> span.topic().topicName())));
            update.setArray(2, array(connection, "int4", spans.stream().map(Batch.Span::partition)));
            update.setArray(3, array(connection, "int8", spans.stream().map(Batch.Span::from)));
            update.setArray(4, array(connection, "int8", spans.stream().map(Batch.Span::upTo)));
            update.setString(5, batch.consumer());
            if (update.executeUpdate() != spans.size()) {
                throw new StalePosition(batch.consumer() + " is no longer at " + spans);
            }
        }
    }

    /** Notes that the batch needs no effect. */
    void skip(Batch batch) throws SQLException {
        try (Connection connection = database.getConnection()) {
            advance(connection, batch);
        }
    }

    Map<TopicPartition, Long> load(String consumer) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement select = connection.prepareStatement(LOAD)) {
            select.setString(1, consumer);
            Map<TopicPartition, Long> positions = new HashMap<>();
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    positions.put(new TopicPartition(rows.getString(1), rows.getInt(2)), rows.getLong(3));
                }
            }
            return positions;
        }
    }

    /** Sets positions where there were none, or none that still lead anywhere. */
    void place(String consumer, Map<TopicPartition, Long> positions) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement insert = connection.prepareStatement(PLACE)) {
            List<Map.Entry<TopicPartition, Long>> places = List.copyOf(positions.entrySet());
            insert.setString(1, consumer);
            insert.setArray(
                    2,
                    array(
                            connection,
                            "text",
                            places.stream().map(place -> place.getKey().topic())));
            insert.setArray(
                    3,
                    array(
                            connection,
                            "int4",
                            places.stream().map(place -> place.getKey().partition())));
            insert.setArray(4, array(connection, "int8", places.stream().map(Map.Entry::getValue)));
            insert.executeUpdate();
        }
    }

    private static java.sql.Array array(Connection connection, String type, java.util.stream.Stream<?> values)
            throws SQLException {
        return connection.createArrayOf(type, values.toArray());
    }
}
