package org.homeward.provisioning.channel.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.homeward.contracts.DeviceId;
import org.homeward.contracts.TenantId;
import org.homeward.contracts.order.OrderTask;
import org.homeward.kit.json.ContractsJson;
import org.homeward.provisioning.channel.Band;
import org.homeward.provisioning.channel.ChannelPlan;
import org.homeward.provisioning.channel.ChannelPlan.Item;
import org.homeward.provisioning.channel.ChannelPlan.ItemState;
import org.homeward.provisioning.channel.ChannelPlan.State;
import org.homeward.provisioning.channel.Choice;
import org.jspecify.annotations.Nullable;

/** The tables of channel plans, in the transaction of the connection. */
final class ChannelPlanRows {

    private static final String PLAN =
            "select id, tenant, state, apply, country, bands, created_by, created_at, deadline,"
                    + " finished_at from channel_plan ";
    private static final String ITEM =
            "select place, device, state, survey, order_id, choices, why from channel_plan_item where plan = ? ";
    private static final ObjectMapper CONTRACTS = ContractsJson.mapper();
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TypeReference<List<Choice>> CHOICES = new TypeReference<>() {};
    private static final TypeReference<Map<String, Object>> RESULT = new TypeReference<>() {};
    private static final TypeReference<OrderTask> TASK = new TypeReference<>() {};

    private final Connection connection;

    ChannelPlanRows(Connection connection) {
        this.connection = connection;
    }

    void insert(ChannelPlan plan, List<Item> items, Instant due) throws SQLException {
        update(
                "insert into channel_plan (id, tenant, state, apply, country, bands, created_by, created_at, deadline,"
                        + " due_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                plan.id(),
                plan.tenant().value(),
                plan.state().toString(),
                plan.apply(),
                plan.country(),
                String.join(",", plan.bands().stream().map(Band::toString).toList()),
                plan.createdBy(),
                plan.createdAt(),
                plan.deadline(),
                due);
        try (PreparedStatement insert = connection.prepareStatement(
                "insert into channel_plan_item (plan, place, device, state, survey, why) values (?, ?, ?, ?, ?::json,"
                        + " ?)")) {
            for (Item item : items) {
                set(
                        insert,
                        plan.id(),
                        item.place(),
                        item.device().toString(),
                        item.state().toString(),
                        json(item.survey()),
                        item.why());
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    Optional<ChannelPlan> of(TenantId tenant, String id) throws SQLException {
        return plans(PLAN + "where tenant = ? and id = ?", tenant.value(), id).stream()
                .findFirst();
    }

    /** The same; nobody else carries it on until the transaction ends. */
    Optional<ChannelPlan> toChange(TenantId tenant, String id) throws SQLException {
        return plans(PLAN + "where tenant = ? and id = ? for update", tenant.value(), id).stream()
                .findFirst();
    }

    /** Newest first. @param before the id of the last one of the page before; ids are in the order of time */
    List<ChannelPlan> page(TenantId tenant, @Nullable String before, int limit) throws SQLException {
        return before == null
                ? plans(PLAN + "where tenant = ? order by id desc limit ?", tenant.value(), limit)
                : plans(PLAN + "where tenant = ? and id < ? order by id desc limit ?", tenant.value(), before, limit);
    }

    /** One whose time has come, if nobody else has it. */
    Optional<ChannelPlan> takeDue(Instant now) throws SQLException {
        return plans(PLAN + "where due_at <= ? order by due_at limit 1 for update skip locked", now).stream()
                .findFirst();
    }

    /** @param due when it is to be looked at again; null for never */
    void save(ChannelPlan plan, @Nullable Instant due) throws SQLException {
        update(
                "update channel_plan set state = ?, deadline = ?, finished_at = ?, due_at = ? where id = ?",
                plan.state().toString(),
                plan.deadline(),
                plan.finishedAt(),
                due,
                plan.id());
    }

    /** Plans that orders belong to, by the plans' ids in order; locked until the transaction ends. */
    List<ChannelPlan> lockedOf(Collection<String> orders) throws SQLException {
        return plans(
                PLAN
                        + "where id in (select plan from channel_plan_item where order_id = any(?)) order by id for"
                        + " update",
                (Object) orders.toArray(String[]::new));
    }

    List<Item> itemsOf(String plan, Collection<String> orders) throws SQLException {
        return items(ITEM + "and order_id = any(?)", plan, orders.toArray(String[]::new));
    }

    /** In the order of their places. */
    List<Item> items(String plan, ItemState state, int limit) throws SQLException {
        return items(ITEM + "and state = ? order by place limit ?", plan, state.toString(), limit);
    }

    /** @param state null for any; @param after the place of the last one of the page before, 0 for the first */
    List<Item> page(String plan, @Nullable ItemState state, int after, int limit) throws SQLException {
        return state == null
                ? items(ITEM + "and place > ? order by place limit ?", plan, after, limit)
                : items(
                        ITEM + "and place > ? and state = ? order by place limit ?",
                        plan,
                        after,
                        state.toString(),
                        limit);
    }

    /** What a device heard, by the place of its item. */
    Map<Integer, Map<String, Object>> heard(String plan) throws SQLException {
        Map<Integer, Map<String, Object>> heard = new HashMap<>();
        try (PreparedStatement select = connection.prepareStatement(
                "select place, heard from channel_plan_item where plan = ? and state = 'scanned'")) {
            set(select, plan);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    heard.put(row.getInt(1), read(JSON, row.getString(2), RESULT));
                }
            }
        }
        return heard;
    }

    void asked(String plan, Item item, ItemState state, String order, Instant now) throws SQLException {
        update(
                "update channel_plan_item set state = ?, order_id = ?, asked_at = ? where plan = ? and place = ?",
                state.toString(),
                order,
                now,
                plan,
                item.place());
    }

    void heard(String plan, Item item, Map<String, Object> result) throws SQLException {
        update(
                "update channel_plan_item set state = 'scanned', heard = ?::json where plan = ? and place = ?",
                json(JSON, result),
                plan,
                item.place());
    }

    void save(String plan, Item item) throws SQLException {
        update(
                "update channel_plan_item set state = ?, choices = ?::json, why = ? where plan = ? and place = ?",
                item.state().toString(),
                json(JSON, item.choices()),
                item.why(),
                plan,
                item.place());
    }

    /** Those that are still in one of these states come to an end. */
    void giveUp(String plan, String why, ItemState... states) throws SQLException {
        update(
                "update channel_plan_item set state = 'cannot', why = ? where plan = ? and state = any(?)",
                why,
                plan,
                Arrays.stream(states).map(ItemState::toString).toArray(String[]::new));
    }

    /** When those were asked that hold places of others, oldest first. @param since those asked before hold none any more */
    List<Instant> asked(String plan, ItemState state, Instant since) throws SQLException {
        List<Instant> asked = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(
                "select asked_at from channel_plan_item where plan = ? and state = ? and asked_at > ? order by"
                        + " asked_at")) {
            set(select, plan, state.toString(), since);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    asked.add(time(row, 1));
                }
            }
        }
        return asked;
    }

    Map<ItemState, Integer> counts(String plan) throws SQLException {
        Map<ItemState, Integer> counts = new EnumMap<>(ItemState.class);
        try (PreparedStatement select = connection.prepareStatement(
                "select state, count(*) from channel_plan_item where plan = ? group by state")) {
            set(select, plan);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    counts.put(ItemState.named(row.getString(1)), row.getInt(2));
                }
            }
        }
        return counts;
    }

    /** Plans that are older than that are forgotten. */
    void forget(Instant before) throws SQLException {
        update("delete from channel_plan where created_at < ? and due_at is null", before);
    }

    private List<ChannelPlan> plans(String select, @Nullable Object... values) throws SQLException {
        List<ChannelPlan> plans = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(select)) {
            set(statement, values);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    plans.add(new ChannelPlan(
                            row.getString("id"),
                            new TenantId(row.getString("tenant")),
                            State.named(row.getString("state")),
                            row.getBoolean("apply"),
                            row.getString("country"),
                            Arrays.stream(row.getString("bands").split(","))
                                    .filter(band -> !band.isEmpty())
                                    .map(Band::named)
                                    .toList(),
                            row.getString("created_by"),
                            time(row, 8),
                            time(row, 9),
                            row.getObject(10) == null ? null : time(row, 10)));
                }
            }
        }
        return plans;
    }

    private List<Item> items(String select, @Nullable Object... values) throws SQLException {
        List<Item> items = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(select)) {
            set(statement, values);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    String survey = row.getString("survey");
                    String choices = row.getString("choices");
                    items.add(new Item(
                            row.getInt("place"),
                            DeviceId.parse(row.getString("device")),
                            ItemState.named(row.getString("state")),
                            survey == null ? null : read(CONTRACTS, survey, new TypeReference<OrderTask.Survey>() {}),
                            row.getString("order_id"),
                            choices == null ? List.of() : read(JSON, choices, CHOICES),
                            row.getString("why")));
                }
            }
        }
        return items;
    }

    private static Instant time(ResultSet row, int column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    private void update(String sql, @Nullable Object... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            set(statement, values);
            statement.executeUpdate();
        }
    }

    private void set(PreparedStatement statement, @Nullable Object... values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            Object value = values[i];
            if (value instanceof String[] texts) {
                statement.setArray(i + 1, connection.createArrayOf("text", texts));
            } else {
                statement.setObject(i + 1, value instanceof Instant time ? time.atOffset(ZoneOffset.UTC) : value);
            }
        }
    }

    private static @Nullable String json(OrderTask.@Nullable Survey survey) {
        try {
            return survey == null ? null : CONTRACTS.writerFor(OrderTask.class).writeValueAsString(survey);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static OrderTask.Survey survey(String json) {
        return (OrderTask.Survey) read(CONTRACTS, json, TASK);
    }

    private static String json(ObjectMapper mapper, Object value) {
        try {
            return mapper.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static <T> T read(ObjectMapper mapper, String json, TypeReference<T> type) {
        try {
            return mapper.readValue(json, type);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
