package org.homeward.provisioning.channel.store;

import io.agroal.api.AgroalDataSource;
import io.quarkus.agroal.DataSource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.homeward.contracts.DeviceKey;
import org.homeward.contracts.OrderId;
import org.homeward.contracts.TenantId;
import org.homeward.contracts.order.OrderEvent;
import org.homeward.contracts.order.OrderTask;
import org.homeward.provisioning.ProvisioningConfig;
import org.homeward.provisioning.channel.ChannelPlan;
import org.homeward.provisioning.channel.ChannelPlan.Item;
import org.homeward.provisioning.channel.ChannelPlan.ItemState;
import org.homeward.provisioning.channel.ChannelPlan.State;
import org.homeward.provisioning.channel.store.ChannelDecisions.Change;
import org.homeward.provisioning.order.OrderDesk;
import org.homeward.provisioning.order.OrderDesk.Wish;
import org.homeward.provisioning.plan.events.ProvisioningOutbox;
import org.jspecify.annotations.Nullable;

/**
 * Carries channel plans on. All that is known of one stands in its rows, so that any instance can, and after a crash the
 * next one does: a step takes the plan's row for itself, and the orders that it places are part of its transaction.
 */
@ApplicationScoped
public class ChannelPlans {

    private static final String LATE = "the device did not call before the deadline";

    private final AgroalDataSource database;
    private final OrderDesk desk;
    private final ChannelDecisions decisions;
    private final ProvisioningOutbox voice;
    private final ProvisioningConfig.Channels config;

    public ChannelPlans(
            @DataSource("provisioning") AgroalDataSource database,
            OrderDesk desk,
            ChannelDecisions decisions,
            ProvisioningOutbox voice,
            ProvisioningConfig config) {
        this.database = database;
        this.desk = desk;
        this.decisions = decisions;
        this.voice = voice;
        this.config = config.channels();
    }

    /** A plan with how many of its devices are in which state. */
    public record Counted(ChannelPlan plan, Map<ItemState, Integer> counts) {}

    private interface Work<T> {
        T in(ChannelPlanRows rows) throws SQLException;
    }

    private <T> T with(Work<T> work) throws SQLException {
        try (Connection connection = database.getConnection()) {
            return work.in(new ChannelPlanRows(connection));
        }
    }

    private Instant now() {
        return voice.clock().instant().truncatedTo(ChronoUnit.MILLIS);
    }

    /** Begins with it. @param items those that can't be scanned as {@link ItemState#CANNOT}, all others waiting */
    @Transactional
    public Counted begin(ChannelPlan plan, List<Item> items) throws SQLException {
        Map<ItemState, Integer> counts = new EnumMap<>(ItemState.class);
        items.forEach(item -> counts.merge(item.state(), 1, Integer::sum));
        return with(rows -> {
            rows.insert(plan, items, plan.createdAt());
            return new Counted(plan, counts);
        });
    }

    @Transactional
    public Optional<Counted> of(TenantId tenant, String id) throws SQLException {
        return with(rows -> {
            ChannelPlan plan = rows.of(tenant, id).orElse(null);
            return plan == null ? Optional.empty() : Optional.of(new Counted(plan, rows.counts(id)));
        });
    }

    @Transactional
    public List<ChannelPlan> page(TenantId tenant, @Nullable String before, int limit) throws SQLException {
        return with(rows -> rows.page(tenant, before, limit));
    }

    @Transactional
    public List<Item> items(String plan, @Nullable ItemState state, int after, int limit) throws SQLException {
        return with(rows -> rows.page(plan, state, after, limit));
    }

    /** Sets what it proposes. Whether it does: not unless it has proposals that nobody has taken yet. */
    @Transactional
    public boolean apply(TenantId tenant, String id) throws SQLException {
        return with(rows -> {
            ChannelPlan plan = rows.toChange(tenant, id).orElse(null);
            Instant now = now();
            if (plan == null
                    || plan.state() != State.PROPOSED
                    || !plan.deadline().isAfter(now)) {
                return false;
            }
            rows.save(plan.with(State.APPLYING, now.plus(config.expiresIn()), null), now);
            return true;
        });
    }

    /** Carries on one plan whose time has come; whether there was one. */
    @Transactional
    public boolean advance() throws SQLException {
        Instant now = now();
        return with(rows -> {
            ChannelPlan plan = rows.takeDue(now).orElse(null);
            if (plan == null) {
                return false;
            }
            switch (plan.state()) {
                case SCANNING -> scan(rows, plan, now);
                case APPLYING -> apply(rows, plan, now);
                case PROPOSED, DONE -> rows.save(plan, null);
            }
            return true;
        });
    }

    private void scan(ChannelPlanRows rows, ChannelPlan plan, Instant now) throws SQLException {
        if (!plan.deadline().isAfter(now)) {
            rows.giveUp(plan.id(), LATE, ItemState.WAITING, ItemState.SCANNING);
        }
        for (Item item : turn(rows, plan, ItemState.WAITING, ItemState.SCANNING, now)) {
            OrderTask.Survey survey = item.survey();
            if (survey != null) {
                place(rows, plan, item, ItemState.SCANNING, survey, now);
            }
        }
        Map<ItemState, Integer> counts = rows.counts(plan.id());
        if (counts.containsKey(ItemState.WAITING) || counts.containsKey(ItemState.SCANNING)) {
            rows.save(plan, next(rows, plan, counts.containsKey(ItemState.WAITING), ItemState.SCANNING, now));
            return;
        }
        boolean any = false;
        List<Item> scanned = rows.items(plan.id(), ItemState.SCANNED, config.devicesPerPlan());
        for (Item item : decisions.choose(plan, scanned, rows.heard(plan.id()), now)) {
            rows.save(plan.id(), item);
            any |= item.state() == ItemState.PROPOSED;
        }
        if (!any) {
            rows.save(plan.with(State.DONE, plan.deadline(), now), null);
        } else if (plan.apply()) {
            rows.save(plan.with(State.APPLYING, now.plus(config.expiresIn()), null), now);
        } else {
            rows.save(plan.with(State.PROPOSED, now.plus(config.holdsFor()), null), null);
        }
    }

    private void apply(ChannelPlanRows rows, ChannelPlan plan, Instant now) throws SQLException {
        if (!plan.deadline().isAfter(now)) {
            rows.giveUp(plan.id(), LATE, ItemState.PROPOSED, ItemState.APPLYING);
        }
        List<Item> turn = turn(rows, plan, ItemState.PROPOSED, ItemState.APPLYING, now);
        Map<Item, Change> changes = decisions.changes(plan, turn, now);
        for (Item item : turn) {
            switch (changes.getOrDefault(item, new Change.None("the device is gone"))) {
                case Change.Write write ->
                    place(rows, plan, item, ItemState.APPLYING, write.task(order(plan, item, ItemState.APPLYING)), now);
                case Change.None none -> rows.save(plan.id(), item.with(ItemState.CANNOT, item.choices(), none.why()));
            }
        }
        Map<ItemState, Integer> counts = rows.counts(plan.id());
        if (counts.containsKey(ItemState.PROPOSED) || counts.containsKey(ItemState.APPLYING)) {
            rows.save(plan, next(rows, plan, counts.containsKey(ItemState.PROPOSED), ItemState.APPLYING, now));
        } else {
            rows.save(plan.with(State.DONE, plan.deadline(), now), null);
        }
    }

    /** Those whose turn it is, so that no more are busy at once than may be. */
    private List<Item> turn(ChannelPlanRows rows, ChannelPlan plan, ItemState from, ItemState to, Instant now)
            throws SQLException {
        int busy = rows.asked(plan.id(), to, now.minus(config.hold())).size();
        return busy < config.atOnce() ? rows.items(plan.id(), from, config.atOnce() - busy) : List.of();
    }

    /** When to look again though nobody says anything: at the deadline, or when one that says nothing makes room. */
    private Instant next(ChannelPlanRows rows, ChannelPlan plan, boolean waiting, ItemState busy, Instant now)
            throws SQLException {
        List<Instant> asked = rows.asked(plan.id(), busy, now.minus(config.hold()));
        Instant room = asked.isEmpty() ? now : asked.getFirst().plus(config.hold());
        return waiting && room.isBefore(plan.deadline()) ? room : plan.deadline();
    }

    private void place(ChannelPlanRows rows, ChannelPlan plan, Item item, ItemState state, OrderTask task, Instant now)
            throws SQLException {
        OrderId order = order(plan, item, state);
        rows.asked(plan.id(), item, state, order.value(), now);
        desk.place(new Wish(
                order,
                new DeviceKey(plan.tenant(), item.device()),
                task,
                plan.createdBy(),
                Duration.between(now, plan.deadline()),
                true,
                null,
                ""));
    }

    /** By its name, so that its events are told from those of others without asking the database. */
    private static OrderId order(ChannelPlan plan, Item item, ItemState state) {
        String name = plan.id() + '/' + item.place() + '/' + state;
        return new OrderId(
                UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString());
    }

    /** Whether an order may be one of a plan's. */
    public static boolean mayBeOurs(OrderId order) {
        return order.value().length() == 36 && order.value().charAt(14) == '3';
    }

    /** What became of orders; of those of other people nothing. Said twice it is as said once. */
    @Transactional
    public void ended(Map<String, OrderEvent> ends) throws SQLException {
        Instant now = now();
        with(rows -> {
            // the plans first, as every step does
            for (ChannelPlan plan : rows.lockedOf(ends.keySet())) {
                for (Item item : rows.itemsOf(plan.id(), ends.keySet())) {
                    OrderEvent end = ends.get(item.order());
                    if (end != null && item.state() == ItemState.SCANNING) {
                        scanned(rows, plan, item, end);
                    } else if (end != null && item.state() == ItemState.APPLYING) {
                        rows.save(plan.id(), applied(item, end));
                    }
                }
                if (plan.state() == State.SCANNING || plan.state() == State.APPLYING) {
                    rows.save(plan, now);
                }
            }
            return true;
        });
    }

    private static void scanned(ChannelPlanRows rows, ChannelPlan plan, Item item, OrderEvent end) throws SQLException {
        if (end instanceof OrderEvent.OrderSucceeded succeeded) {
            rows.heard(plan.id(), item, succeeded.result());
        } else {
            rows.save(plan.id(), item.with(ItemState.CANNOT, List.of(), why(end)));
        }
    }

    private static Item applied(Item item, OrderEvent end) {
        if (!(end instanceof OrderEvent.OrderSucceeded succeeded)) {
            return item.with(ItemState.CANNOT, item.choices(), why(end));
        }
        return succeeded.result().get("differs") instanceof List<?> differs && !differs.isEmpty()
                ? item.with(ItemState.CANNOT, item.choices(), "the device took it and says otherwise in " + differs)
                : item.with(ItemState.APPLIED, item.choices(), item.why());
    }

    private static String why(OrderEvent end) {
        return switch (end) {
            case OrderEvent.OrderFailed failed -> failed.fault().text();
            case OrderEvent.OrderUnknown unknown -> unknown.why();
            case OrderEvent.OrderExpired expired -> expired.why();
            case OrderEvent.OrderCancelled cancelled -> "cancelled by " + cancelled.by();
            case OrderEvent.OrderQueued queued -> "";
            case OrderEvent.OrderWaking waking -> "";
            case OrderEvent.OrderRunning running -> "";
            case OrderEvent.OrderRetrying retrying -> "";
            case OrderEvent.OrderSucceeded succeeded -> "";
        };
    }

    /** Lets go of plans that were kept long enough. */
    @Transactional
    public void forget(Instant before) throws SQLException {
        with(rows -> {
            rows.forget(before);
            return true;
        });
    }
}
