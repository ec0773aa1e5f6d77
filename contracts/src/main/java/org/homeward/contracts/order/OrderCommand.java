package org.homeward.contracts.order;

import java.time.Instant;
import org.homeward.contracts.Message;
import org.homeward.contracts.OrderId;

/** A command about an order; on {@code device.orders}, by device. */
public sealed interface OrderCommand extends Message {

    OrderId order();

    /**
     * Place an order. The same id twice is one order.
     *
     * @param createdBy who asks: a user, or a service's name
     * @param wake whether the device is asked to call at once; otherwise the order waits for its next session
     */
    record SubmitOrder(
            OrderId order, OrderTask task, String createdBy, Instant createdAt, Instant expiresAt, boolean wake)
            implements OrderCommand {}

    /** Withdraw an order that has not begun. One that runs is left to end. */
    record CancelOrder(OrderId order, String by) implements OrderCommand {}
}
