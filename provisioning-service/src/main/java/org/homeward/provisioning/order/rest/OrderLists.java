package org.homeward.provisioning.order.rest;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.homeward.contracts.DeviceId;
import org.homeward.contracts.TenantId;
import org.homeward.kit.rest.Cursor;
import org.homeward.kit.rest.Limit;
import org.homeward.kit.rest.Page;
import org.homeward.kit.rest.Problem;
import org.homeward.provisioning.order.OrderState;
import org.homeward.provisioning.order.store.OrderRepository;
import org.homeward.provisioning.order.store.OrderRepository.Filter;
import org.homeward.provisioning.order.store.OrderRepository.Place;
import org.homeward.provisioning.order.store.OrderRow;
import org.jspecify.annotations.Nullable;

/** Pages of orders, newest first. */
@ApplicationScoped
public class OrderLists {

    private static final String ORDER = "-createdAt";

    private final OrderRepository orders;

    public OrderLists(OrderRepository orders) {
        this.orders = orders;
    }

    Page<OrderView> list(
            TenantId tenant,
            @Nullable DeviceId device,
            @Nullable OrderState state,
            @Nullable String limitText,
            @Nullable String cursor) {
        int limit = Limit.parse(limitText).value();
        Place before = cursor == null || cursor.isEmpty() ? null : place(cursor);
        List<OrderRow> found = orders.list(new Filter(tenant, device, state, before), limit + 1);
        return Page.of(
                        found,
                        limit,
                        row -> new Cursor(ORDER, List.of(row.createdAt().toString(), row.id())))
                .map(OrderView::of);
    }

    static @Nullable OrderState state(@Nullable String name) {
        if (name == null || name.isEmpty()) {
            return null;
        }
        return OrderState.named(name)
                .orElseThrow(() -> Problem.invalid(
                                "state", "\"" + name + "\" is none of " + Arrays.toString(OrderState.values()))
                        .exception());
    }

    private static Place place(String cursor) {
        List<@Nullable String> values = Cursor.decode(cursor, ORDER).values();
        try {
            return new Place(Instant.parse(String.valueOf(values.getFirst())), String.valueOf(values.getLast()));
        } catch (DateTimeException e) {
            throw Problem.invalid("cursor", "is not one that this list gave out")
                    .exception();
        }
    }
}
