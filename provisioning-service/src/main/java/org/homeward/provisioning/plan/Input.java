package org.homeward.provisioning.plan;

import org.homeward.contracts.device.DeviceFacts;
import org.homeward.contracts.order.OrderCommand;
import org.homeward.contracts.session.SessionEvent;
import org.homeward.contracts.wakeup.UdpBinding;
import org.homeward.contracts.wakeup.WakeUpResult;
import org.homeward.contracts.wakeup.XmppPresence;
import org.jspecify.annotations.Nullable;

/** One thing that happened to a device. */
public sealed interface Input {

    /** A gateway said something about one of its sessions. */
    record InSession(SessionEvent event) implements Input {}

    /** Somebody wants something, or no longer wants it. */
    record Ordered(OrderCommand command) implements Input {}

    /** A connection request went out and this is how it went. */
    record Called(WakeUpResult result) implements Input {}

    /** A STUN connector said where the device can be reached by UDP; with null, that it was not heard of for long. */
    record Bound(@Nullable UdpBinding binding) implements Input {}

    /** The XMPP connector said whether the device is signed in; with null, that it does not know any more. */
    record Present(@Nullable XmppPresence presence) implements Input {}

    /** The device was registered ahead of its first contact, or at it. */
    record Registered() implements Input {}

    /** The registry said who and whose the device is. */
    record Described(DeviceFacts facts) implements Input {}

    /** The device was deleted from the inventory. */
    record Deleted(String by) implements Input {}

    /** A moment that {@link DeviceLedger#timer} named has come. */
    record TimeCame() implements Input {}
}
