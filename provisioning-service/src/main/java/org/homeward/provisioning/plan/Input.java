package org.homeward.provisioning.plan;

import org.homeward.contracts.device.DeviceFacts;
import org.homeward.contracts.order.OrderCommand;
import org.homeward.contracts.session.SessionEvent;
import org.homeward.contracts.wakeup.WakeUpResult;

/** One thing that happened to a device. */
public sealed interface Input {

    /** A gateway said something about one of its sessions. */
    record InSession(SessionEvent event) implements Input {}

    /** Somebody wants something, or no longer wants it. */
    record Ordered(OrderCommand command) implements Input {}

    /** A connection request went out and this is how it went. */
    record Called(WakeUpResult result) implements Input {}

    /** The device was registered ahead of its first contact, or at it. */
    record Registered() implements Input {}

    /** The registry said who and whose the device is. */
    record Described(DeviceFacts facts) implements Input {}

    /** The device was deleted from the inventory. */
    record Deleted(String by) implements Input {}

    /** A moment that {@link DeviceLedger#timer} named has come. */
    record TimeCame() implements Input {}
}
