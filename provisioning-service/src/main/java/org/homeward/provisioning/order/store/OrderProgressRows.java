package org.homeward.provisioning.order.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.UncheckedIOException;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.homeward.contracts.DeviceKey;
import org.homeward.contracts.OrderId;
import org.homeward.contracts.order.OrderEvent;
import org.homeward.contracts.order.OrderEvent.OrderQueued;
import org.homeward.contracts.order.OrderFault;
import org.homeward.kit.json.ContractsJson;
import org.homeward.provisioning.order.OrderState;
import org.homeward.provisioning.plan.Effect;
import org.jspecify.annotations.Nullable;

/**
 * What the brain's decisions make of the rows of orders: everything that happened to an order in one poll becomes one
 * update of its row.
 */
public final class OrderProgressRows {

    /** So many attempts are kept with an order; the newest. */
    private static final int ATTEMPTS_KEPT = 20;

    /** REST has made the row already, unless the order came by event. */
    private static final String INSERT = """
            insert into device_order (id, tenant, device, type, state, created_by, created_at, expires_at)
            select * from unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::timestamptz[],
                ?::timestamptz[])
            on conflict (id) do nothing
            """;

    private static final String UPDATE = """
            update device_order stored
            set state = coalesce(row.state, stored.state),
                finished_at = case when row.state is null then stored.finished_at else row.finished_at end,
                session = coalesce(row.session, stored.session),
                result = coalesce(row.result, stored.result),
                fault = case when row.state in ('succeeded', 'running', 'unknown') then null else coalesce(row.fault, stored.fault) end,
                detail = case when row.state is null then stored.detail else row.detail end,
                attempts = case when row.attempts is null then stored.attempts
                    else (select coalesce(jsonb_agg(kept.attempt order by kept.place), '[]') from (
                        select attempt, place
                        from jsonb_array_elements(stored.attempts || row.attempts)
                            with ordinality as each (attempt, place)
                        order by place desc limit %d) kept) end
            from unnest(?::text[], ?::text[], ?::timestamptz[], ?::text[], ?::json[], ?::json[], ?::text[], ?::jsonb[])
                as row (id, state, finished_at, session, result, fault, detail, attempts)
            where stored.id = row.id
            """.formatted(ATTEMPTS_KEPT);

    private final Instant now;
    private final Map<OrderId, Row> rows = new LinkedHashMap<>();

    /** @param now when what is added from here on happened */
    public OrderProgressRows(Instant now) {
        this.now = now;
    }

    /** What happened to one order. */
    private static final class Row {
        final OrderId id;
        final DeviceKey device;

        @Nullable
        OrderQueued queued;

        @Nullable
        OrderState state;

        @Nullable
        String session;

        @Nullable
        Object result;

        @Nullable
        OrderFault fault;

        @Nullable
        String detail;

        final List<Effect.Attempt> attempts = new ArrayList<>();

        Row(OrderId id, DeviceKey device) {
            this.id = id;
            this.device = device;
        }
    }

    private Row row(DeviceKey device, OrderId order) {
        return rows.computeIfAbsent(order, id -> new Row(id, device));
    }

    public void add(DeviceKey device, OrderEvent event) {
        Row row = row(device, event.order());
        row.state = OrderState.after(event);
        row.detail = null;
        switch (event) {
            case OrderEvent.OrderQueued queued -> row.queued = queued;
            case OrderEvent.OrderWaking waking -> {}
            case OrderEvent.OrderRunning running -> {
                row.session = running.session().value();
                // why it was waiting is of no interest once it runs; the attempts tell
                row.fault = null;
            }
            case OrderEvent.OrderRetrying retrying -> {
                row.fault = retrying.fault();
                row.detail = "tried again from " + retrying.notBefore();
            }
            case OrderEvent.OrderSucceeded succeeded -> {
                row.result = succeeded.result();
                row.fault = null;
            }
            case OrderEvent.OrderFailed failed -> row.fault = failed.fault();
            case OrderEvent.OrderUnknown unknown -> row.detail = unknown.why();
            case OrderEvent.OrderExpired expired -> row.detail = expired.why();
            case OrderEvent.OrderCancelled cancelled -> row.detail = "cancelled by " + cancelled.by();
        }
    }

    public void add(DeviceKey device, Effect.Note note) {
        row(device, note.order()).attempts.add(note.attempt());
    }

    public boolean isEmpty() {
        return rows.isEmpty();
    }

    /** Writes all that was added, in the caller's transaction. */
    public void write(Connection connection) throws SQLException {
        List<Row> fresh =
                rows.values().stream().filter(row -> row.queued != null).toList();
        if (!fresh.isEmpty()) {
            insert(connection, fresh);
        }
        if (!rows.isEmpty()) {
            update(connection, rows.values());
        }
    }

    private static void insert(Connection connection, List<Row> fresh) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
            insert.setArray(1, array(connection, "text", fresh, row -> row.id.value()));
            insert.setArray(
                    2,
                    array(connection, "text", fresh, row -> row.device.tenant().value()));
            insert.setArray(
                    3,
                    array(connection, "text", fresh, row -> row.device.device().toString()));
            insert.setArray(
                    4, array(connection, "text", fresh, row -> queued(row).type()));
            insert.setArray(5, array(connection, "text", fresh, row -> OrderState.QUEUED.toString()));
            insert.setArray(
                    6, array(connection, "text", fresh, row -> queued(row).createdBy()));
            insert.setArray(
                    7,
                    array(
                            connection,
                            "timestamptz",
                            fresh,
                            row -> queued(row).createdAt().atOffset(ZoneOffset.UTC)));
            insert.setArray(
                    8,
                    array(
                            connection,
                            "timestamptz",
                            fresh,
                            row -> queued(row).expiresAt().atOffset(ZoneOffset.UTC)));
            insert.executeUpdate();
        }
    }

    private static OrderQueued queued(Row row) {
        return java.util.Objects.requireNonNull(row.queued);
    }

    private void update(Connection connection, Collection<Row> changed) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(UPDATE)) {
            update.setArray(1, array(connection, "text", changed, row -> row.id.value()));
            update.setArray(
                    2, array(connection, "text", changed, row -> row.state == null ? null : row.state.toString()));
            update.setArray(
                    3,
                    array(
                            connection,
                            "timestamptz",
                            changed,
                            row -> row.state != null && row.state.isEnd() ? now.atOffset(ZoneOffset.UTC) : null));
            update.setArray(4, array(connection, "text", changed, row -> row.session));
            update.setArray(5, array(connection, "json", changed, row -> json(row.result)));
            update.setArray(6, array(connection, "json", changed, row -> json(row.fault)));
            update.setArray(7, array(connection, "text", changed, row -> row.detail));
            update.setArray(
                    8, array(connection, "jsonb", changed, row -> row.attempts.isEmpty() ? null : json(row.attempts)));
            update.executeUpdate();
        }
    }

    private static @Nullable String json(@Nullable Object value) {
        try {
            return value == null ? null : ContractsJson.mapper().writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Array array(
            Connection connection, String type, Collection<Row> rows, Function<Row, @Nullable Object> column)
            throws SQLException {
        return connection.createArrayOf(type, rows.stream().map(column).toArray());
    }
}
