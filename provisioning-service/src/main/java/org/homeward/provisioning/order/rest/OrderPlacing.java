package org.homeward.provisioning.order.rest;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.function.Predicate;
import org.homeward.contracts.DeviceId;
import org.homeward.contracts.DeviceKey;
import org.homeward.contracts.OrderId;
import org.homeward.contracts.TenantId;
import org.homeward.kit.rest.Problem;
import org.homeward.provisioning.ProvisioningConfig;
import org.homeward.provisioning.order.OrderDesk;
import org.homeward.provisioning.order.OrderDesk.Wish;
import org.homeward.provisioning.order.OrderState;
import org.homeward.provisioning.order.events.OrderWatch;
import org.homeward.provisioning.order.store.OrderRepository;
import org.homeward.provisioning.order.store.OrderRow;
import org.jspecify.annotations.Nullable;

/** Places an order and, for those who want to, waits for what becomes of it; on nobody's thread. */
@ApplicationScoped
public class OrderPlacing {

    private static final Duration LONGEST_LIFE = Duration.ofDays(30);

    private final OrderDesk desk;
    private final OrderRepository orders;
    private final OrderWatch watch;
    private final ProvisioningConfig config;
    private final Executor later = Executors.newVirtualThreadPerTaskExecutor();

    public OrderPlacing(OrderDesk desk, OrderRepository orders, OrderWatch watch, ProvisioningConfig config) {
        this.desk = desk;
        this.orders = orders;
        this.watch = watch;
        this.config = config;
    }

    /** How an order is placed, and whatever has to be done in the same transaction. */
    @FunctionalInterface
    public interface Placement {
        OrderId place(Wish wish) throws SQLException;
    }

    /** Places it and answers as soon as it is there. */
    <T> T place(Wish wish, Function<OrderRow, T> answer) throws SQLException {
        requireKnown(wish.device());
        return answer.apply(row(wish.device().tenant(), desk.place(wish)));
    }

    /** Places it and answers when it came to its end, or when the time is up. */
    <T> CompletionStage<T> placeAndWait(Wish wish, Duration atMost, Function<OrderRow, T> answer) throws SQLException {
        return place(wish, desk::place, atMost, answer);
    }

    /** Places it and answers when it came to its end, or when the time is up. @param atMost zero to answer at once */
    public <T> CompletionStage<T> place(Wish wish, Placement placement, Duration atMost, Function<OrderRow, T> answer)
            throws SQLException {
        requireKnown(wish.device());
        TenantId tenant = wish.device().tenant();
        CompletionStage<Boolean> ended = watch.await(wish.order(), OrderState::isEnd, atMost);
        OrderId placed = placement.place(wish);
        if (!placed.equals(wish.order())) {
            // the same request was made before, and may have been answered by now
            ended = ended(tenant, placed, OrderState::isEnd, atMost);
        }
        return ended.thenApplyAsync(done -> answer.apply(row(tenant, placed)), later);
    }

    /** Withdraws an order that still waits; answers when the brain has decided. */
    <T> CompletionStage<T> cancel(OrderRow order, String by, Function<OrderRow, T> answer) throws SQLException {
        TenantId tenant = new TenantId(order.tenant());
        OrderId id = new OrderId(order.id());
        Predicate<OrderState> decided = state -> state.isEnd() || state == OrderState.RUNNING;
        CompletionStage<Boolean> done = watch.await(id, decided, Duration.ofSeconds(5));
        desk.cancel(new DeviceKey(tenant, DeviceId.parse(order.device())), id, by);
        return done.thenApplyAsync(ended -> answer.apply(row(tenant, id)), later);
    }

    private CompletionStage<Boolean> ended(
            TenantId tenant, OrderId order, Predicate<OrderState> wanted, Duration atMost) {
        CompletionStage<Boolean> ended = watch.await(order, wanted, atMost);
        return wanted.test(row(tenant, order).state()) ? CompletableFuture.completedStage(true) : ended;
    }

    private void requireKnown(DeviceKey device) throws SQLException {
        if (!desk.knows(device)) {
            throw Problem.notFound("device", device.device()).exception();
        }
    }

    private OrderRow row(TenantId tenant, OrderId order) {
        return orders.of(tenant, order)
                .orElseThrow(() -> Problem.notFound("order", order).exception());
    }

    Duration expiresIn(@Nullable String text) {
        if (text == null) {
            return config.orders().expiresIn();
        }
        try {
            Duration duration = Duration.parse(text);
            if (duration.isPositive() && duration.compareTo(LONGEST_LIFE) <= 0) {
                return duration;
            }
        } catch (DateTimeParseException e) {
            throw Problem.invalid("expiresIn", "is not an ISO-8601 duration such as PT24H")
                    .exception();
        }
        throw Problem.invalid("expiresIn", "is not between a moment and P30D").exception();
    }

    Duration longestWait() {
        return config.orders().longestWait();
    }
}
