package org.homeward.contracts.order;

import java.time.Instant;
import java.util.Map;
import org.homeward.contracts.Message;
import org.homeward.contracts.OrderId;
import org.homeward.contracts.SessionId;
import org.jspecify.annotations.Nullable;

/** A step in an order's life; on {@code device.order.events}, by device. */
public sealed interface OrderEvent extends Message {

    OrderId order();

    record OrderQueued(OrderId order, String type, String createdBy, Instant createdAt, Instant expiresAt)
            implements OrderEvent {}

    record OrderWaking(OrderId order, String transport) implements OrderEvent {}

    record OrderRunning(OrderId order, SessionId session) implements OrderEvent {}

    /** A passing fault; it is tried again. */
    record OrderRetrying(OrderId order, OrderFault fault, int attempt, Instant notBefore) implements OrderEvent {}

    /**
     * @param result JSON-shaped, by order type; what REST shows. Values of sensitive parameters are left out
     */
    record OrderSucceeded(OrderId order, @Nullable SessionId session, Map<String, Object> result)
            implements OrderEvent {
        public OrderSucceeded {
            result = Map.copyOf(result);
        }
    }

    record OrderFailed(OrderId order, @Nullable SessionId session, OrderFault fault) implements OrderEvent {}

    /** Whether the CPE did it is not known, and doing it again would show. */
    record OrderUnknown(OrderId order, @Nullable SessionId session, String why) implements OrderEvent {}

    record OrderExpired(OrderId order, String why) implements OrderEvent {}

    record OrderCancelled(OrderId order, String by) implements OrderEvent {}
}
