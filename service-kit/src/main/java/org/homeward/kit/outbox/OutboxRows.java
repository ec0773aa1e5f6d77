package org.homeward.kit.outbox;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.homeward.contracts.DeviceKey;
import org.homeward.contracts.Topic;
import org.homeward.kit.events.CloudEvents;

/** The table {@code outbox} of {@code db/kit}. */
final class OutboxRows {

    private static final String INSERT = """
            insert into outbox (topic, partition, key, event_id, event_type, event_time, source, value)
            select * from unnest(?::text[], ?::int[], ?::text[], ?::text[], ?::text[], ?::timestamptz[], ?::text[], ?::bytea[])
            """;
    private static final String OLDEST = """
            select id, topic, partition, key, event_id, event_type, event_time, source, value
            from outbox order by id limit ?
            """;
    /**
     * One relay at a time for each database, for as long as its transaction lasts. Needs no wait for the disk: what a crash
     * leaves undeleted is only published again.
     */
    private static final String LOCK =
            "select set_config('synchronous_commit', 'off', true), pg_advisory_xact_lock(482174)";

    private static final String WITHDRAW = """
            insert into outbox (topic, key, event_id, event_type, event_time, source, value)
            values (?, ?, '', '', now(), '', null)
            """;

    private static final String BURY = """
            with dead as (
                delete from outbox using unnest(?::int8[], ?::text[]) as failed (id, reason)
                where outbox.id = failed.id
                returning outbox.*, failed.reason)
            insert into outbox_dead
                (id, topic, partition, key, event_id, event_type, event_time, source, value, created_at, reason)
            select id, topic, partition, key, event_id, event_type, event_time, source, value, created_at, reason
            from dead
            """;

    private OutboxRows() {}

    /** A row, as the Kafka record that it becomes. */
    record Row(long id, String eventType, ProducerRecord<String, byte[]> kafkaRecord) {}

    /** A row that Kafka will never take. */
    record Dead(Row row, String reason) {}

    static void insert(Connection connection, List<Outgoing> events) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
            insert.setArray(
                    1, array(connection, "text", events, each -> each.topic().topicName()));
            insert.setArray(2, array(connection, "int4", events, Outgoing::partition));
            insert.setArray(
                    3,
                    array(connection, "text", events, each -> each.event().key().toString()));
            insert.setArray(
                    4, array(connection, "text", events, each -> each.event().id()));
            insert.setArray(
                    5, array(connection, "text", events, each -> each.event().type()));
            insert.setArray(
                    6,
                    array(
                            connection,
                            "timestamptz",
                            events,
                            each -> each.event().time().toString()));
            insert.setArray(
                    7, array(connection, "text", events, each -> each.event().source()));
            insert.setArray(
                    8,
                    connection.createArrayOf(
                            "bytea",
                            events.stream()
                                    .map(each -> CloudEvents.value(each.event().data()))
                                    .toArray(byte[][]::new)));
            insert.executeUpdate();
        }
    }

    static void withdraw(Connection connection, Topic topic, DeviceKey key) throws SQLException {
        ProducerRecord<String, byte[]> tombstone = CloudEvents.tombstone(topic, key);
        try (PreparedStatement insert = connection.prepareStatement(WITHDRAW)) {
            insert.setString(1, tombstone.topic());
            insert.setString(2, tombstone.key());
            insert.executeUpdate();
        }
    }

    private static Array array(
            Connection connection, String type, List<Outgoing> events, Function<Outgoing, Object> column)
            throws SQLException {
        return connection.createArrayOf(type, events.stream().map(column).toArray());
    }

    static void lock(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(LOCK);
        }
    }

    static List<Row> oldest(Connection connection, int limit) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(OLDEST)) {
            select.setInt(1, limit);
            List<Row> rows = new ArrayList<>();
            try (ResultSet found = select.executeQuery()) {
                while (found.next()) {
                    rows.add(new Row(found.getLong("id"), found.getString("event_type"), kafkaRecord(found)));
                }
            }
            return rows;
        }
    }

    private static ProducerRecord<String, byte[]> kafkaRecord(ResultSet row) throws SQLException {
        byte[] value = row.getBytes("value");
        if (value == null) {
            return new ProducerRecord<>(row.getString("topic"), row.getString("key"), null);
        }
        return CloudEvents.toRecord(
                row.getString("topic"),
                row.getObject("partition", Integer.class),
                row.getString("event_id"),
                row.getString("event_type"),
                row.getObject("event_time", OffsetDateTime.class)
                        .withOffsetSameInstant(ZoneOffset.UTC)
                        .toInstant(),
                row.getString("source"),
                DeviceKey.parse(row.getString("key")),
                value);
    }

    static void delete(Connection connection, Collection<Long> ids) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement("delete from outbox where id = any(?)")) {
            delete.setArray(1, connection.createArrayOf("int8", ids.toArray()));
            delete.executeUpdate();
        }
    }

    /** Lets go of those that died before; returns how many. */
    static int forgetDead(Connection connection, Instant before) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement("delete from outbox_dead where died_at < ?")) {
            delete.setObject(1, before.atOffset(ZoneOffset.UTC));
            return delete.executeUpdate();
        }
    }

    static void bury(Connection connection, List<Dead> dead) throws SQLException {
        try (PreparedStatement bury = connection.prepareStatement(BURY)) {
            bury.setArray(
                    1,
                    connection.createArrayOf(
                            "int8", dead.stream().map(each -> each.row().id()).toArray()));
            bury.setArray(
                    2,
                    connection.createArrayOf(
                            "text", dead.stream().map(Dead::reason).toArray()));
            bury.executeUpdate();
        }
    }
}
