package org.homeward.provisioning.plan.events;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.homeward.contracts.DeviceKey;
import org.homeward.contracts.Message;
import org.homeward.contracts.OrderId;
import org.homeward.contracts.device.DeviceEvent.DeviceDeleted;
import org.homeward.contracts.device.DeviceEvent.DeviceRegistered;
import org.homeward.contracts.device.DeviceFacts;
import org.homeward.contracts.order.OrderCommand;
import org.homeward.contracts.order.OrderCommand.SubmitOrder;
import org.homeward.contracts.session.SessionEvent;
import org.homeward.contracts.wakeup.UdpBinding;
import org.homeward.contracts.wakeup.WakeUpResult;
import org.homeward.contracts.wakeup.XmppPresence;
import org.homeward.kit.consumer.Batch;
import org.homeward.kit.consumer.Delivery;
import org.homeward.provisioning.plan.Input;

/**
 * What happened to one device in a poll, in order.
 *
 * @param partition of the device's topics
 */
record Inputs(int partition, List<Input> all) {

    /** Those of a batch that the core takes an interest in. */
    static Map<DeviceKey, Inputs> of(Batch batch) {
        Map<DeviceKey, Inputs> byDevice = new LinkedHashMap<>();
        for (Delivery delivery : batch.deliveries()) {
            of(delivery)
                    .ifPresent(input -> byDevice.computeIfAbsent(
                                    delivery.key(), key -> new Inputs(delivery.partition(), new ArrayList<>(2)))
                            .all()
                            .add(input));
        }
        return byDevice;
    }

    /** The orders that are submitted here. */
    List<OrderId> submitted() {
        return all.stream()
                .filter(input -> input instanceof Input.Ordered(SubmitOrder submit))
                .map(input -> ((Input.Ordered) input).command().order())
                .toList();
    }

    private static Optional<Input> of(Delivery delivery) {
        return switch (delivery) {
            case Delivery.Arrived arrived -> of(arrived.event().data());
            case Delivery.Withdrawn withdrawn ->
                switch (withdrawn.topic()) {
                    case WAKEUP_BINDINGS -> Optional.of(new Input.Bound(null));
                    case WAKEUP_PRESENCES -> Optional.of(new Input.Present(null));
                    default -> Optional.empty();
                };
        };
    }

    private static Optional<Input> of(Message message) {
        return switch (message) {
            case SessionEvent event -> Optional.of(new Input.InSession(event));
            case OrderCommand command -> Optional.of(new Input.Ordered(command));
            case WakeUpResult result -> Optional.of(new Input.Called(result));
            case UdpBinding binding -> Optional.of(new Input.Bound(binding));
            case XmppPresence presence -> Optional.of(new Input.Present(presence));
            case DeviceRegistered registered -> Optional.of(new Input.Registered());
            case DeviceFacts facts -> Optional.of(new Input.Described(facts));
            case DeviceDeleted deleted -> Optional.of(new Input.Deleted(deleted.by()));
            // what the registry says besides is not the brain's business
            default -> Optional.empty();
        };
    }
}
