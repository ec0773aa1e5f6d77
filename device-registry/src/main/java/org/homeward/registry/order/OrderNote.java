package org.homeward.registry.order;

import java.time.Instant;
import org.homeward.contracts.DeviceKey;
import org.homeward.contracts.OrderId;
import org.homeward.contracts.SessionId;
import org.homeward.contracts.order.OrderEvent;
import org.homeward.contracts.order.OrderFault;
import org.homeward.registry.BoundedText;
import org.jspecify.annotations.Nullable;

/**
 * What is known of an order from some of its events, in their order.
 *
 * @param createdAt the time of the event where its OrderQueued is not known
 * @param type empty where its OrderQueued is not known
 * @param state as REST names it: {@code queued}, {@code waking}, {@code running}, {@code succeeded}, {@code failed},
 *     {@code unknown}, {@code expired}, {@code cancelled}
 * @param detail why it is in that state, for people; empty where the state says all
 */
public record OrderNote(
        DeviceKey device,
        OrderId order,
        Instant createdAt,
        Instant changedAt,
        @Nullable Instant finishedAt,
        String type,
        String createdBy,
        String state,
        @Nullable SessionId session,
        String detail) {

    private static final int MAX_DETAIL = 1024;

    public OrderNote {
        // faults are told in the device's words
        detail = BoundedText.of(detail, MAX_DETAIL);
    }

    public static OrderNote of(DeviceKey device, Instant at, OrderEvent event) {
        return switch (event) {
            case OrderEvent.OrderQueued queued ->
                new OrderNote(
                        device,
                        queued.order(),
                        queued.createdAt(),
                        at,
                        null,
                        queued.type(),
                        queued.createdBy(),
                        "queued",
                        null,
                        "");
            case OrderEvent.OrderWaking waking -> open(device, at, waking, "waking", null, "by " + waking.transport());
            case OrderEvent.OrderRunning running -> open(device, at, running, "running", running.session(), "");
            case OrderEvent.OrderRetrying retrying ->
                open(device, at, retrying, "queued", null, "tried again: " + text(retrying.fault()));
            case OrderEvent.OrderSucceeded succeeded ->
                finished(device, at, succeeded, "succeeded", succeeded.session(), "");
            case OrderEvent.OrderFailed failed ->
                finished(device, at, failed, "failed", failed.session(), text(failed.fault()));
            case OrderEvent.OrderUnknown unknown ->
                finished(device, at, unknown, "unknown", unknown.session(), unknown.why());
            case OrderEvent.OrderExpired expired -> finished(device, at, expired, "expired", null, expired.why());
            case OrderEvent.OrderCancelled cancelled ->
                finished(device, at, cancelled, "cancelled", null, "by " + cancelled.by());
        };
    }

    private static OrderNote open(
            DeviceKey device, Instant at, OrderEvent event, String state, @Nullable SessionId session, String detail) {
        return new OrderNote(device, event.order(), at, at, null, "", "", state, session, detail);
    }

    private static OrderNote finished(
            DeviceKey device, Instant at, OrderEvent event, String state, @Nullable SessionId session, String detail) {
        return new OrderNote(device, event.order(), at, at, at, "", "", state, session, detail);
    }

    private static String text(OrderFault fault) {
        String code = fault.code() == 0 ? "" : fault.code() + " ";
        String parameter = fault.parameter() == null ? "" : " (" + fault.parameter() + ")";
        return code + fault.text() + parameter;
    }

    /** This one and a later one of the same order. */
    public OrderNote and(OrderNote later) {
        boolean queued = type.isEmpty();
        return new OrderNote(
                device,
                order,
                queued && !later.type.isEmpty() ? later.createdAt : createdAt,
                later.changedAt,
                later.finishedAt,
                queued ? later.type : type,
                queued ? later.createdBy : createdBy,
                later.state,
                later.session == null ? session : later.session,
                later.detail);
    }
}
