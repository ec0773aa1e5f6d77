package org.homeward.provisioning.order;

import java.util.Locale;
import java.util.Optional;
import org.homeward.contracts.order.OrderEvent;

/** Where an order stands. */
public enum OrderState {
    /** It waits: for its turn, for its next attempt, for the device to call. */
    QUEUED,
    /** The device is being called for it. */
    WAKING,
    /** It is part of a session's plan, or the CPE agreed and the proof is awaited. */
    RUNNING,
    SUCCEEDED,
    FAILED,
    /** It left, and whether the CPE did it is not known. An event of the CPE may still tell. */
    UNKNOWN,
    EXPIRED,
    CANCELLED;

    /** The state that an event leads to. */
    public static OrderState after(OrderEvent event) {
        return switch (event) {
            case OrderEvent.OrderQueued queued -> QUEUED;
            case OrderEvent.OrderWaking waking -> WAKING;
            case OrderEvent.OrderRunning running -> RUNNING;
            case OrderEvent.OrderRetrying retrying -> QUEUED;
            case OrderEvent.OrderSucceeded succeeded -> SUCCEEDED;
            case OrderEvent.OrderFailed failed -> FAILED;
            case OrderEvent.OrderUnknown unknown -> UNKNOWN;
            case OrderEvent.OrderExpired expired -> EXPIRED;
            case OrderEvent.OrderCancelled cancelled -> CANCELLED;
        };
    }

    public static Optional<OrderState> named(String name) {
        for (OrderState state : values()) {
            if (state.toString().equals(name)) {
                return Optional.of(state);
            }
        }
        return Optional.empty();
    }

    /** Whether somebody who waits for the order need not wait any longer. */
    public boolean isEnd() {
        return switch (this) {
            case QUEUED, WAKING, RUNNING -> false;
            case SUCCEEDED, FAILED, UNKNOWN, EXPIRED, CANCELLED -> true;
        };
    }

    /** As in REST. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
