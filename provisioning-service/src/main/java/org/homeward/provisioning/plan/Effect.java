package org.homeward.provisioning.plan;

import java.time.Instant;
import java.util.Map;
import org.homeward.contracts.OrderId;
import org.homeward.contracts.order.OrderEvent;
import org.homeward.contracts.plan.GatewayCommand;
import org.homeward.contracts.wakeup.DeliverConnectionRequest;
import org.homeward.contracts.wakeup.UdpWakeUp;
import org.homeward.contracts.wakeup.XmppWakeUp.DeliverXmppConnectionRequest;
import org.homeward.contracts.wakeup.XmppWakeUp.OpenXmppAccount;

/** What is to be done because of a decision. */
public sealed interface Effect {

    /**
     * Send to the gateway that holds the session. May be lost: the session then ends without it, and what it carried
     * is due again.
     *
     * @param partition of the plans topic, as the session named it
     */
    record Send(int partition, GatewayCommand command) implements Effect {}

    /** Tell the world what became of an order. Must not be lost. */
    record Announce(OrderEvent event) implements Effect {}

    /** Keep evidence of an attempt to reach the device, for whoever asks why the order still waits. */
    record Note(OrderId order, Attempt attempt) implements Effect {}

    /**
     * The device does not take what its subscriber chose. Must not be lost.
     *
     * @param order that the choice came with
     * @param why for people, by the capability that was chosen
     */
    record Declined(OrderId order, Map<String, String> why) implements Effect {
        public Declined {
            why = Map.copyOf(why);
        }
    }

    /** Make the device call, over HTTP. Must not be lost. */
    record Wake(DeliverConnectionRequest request) implements Effect {}

    /** Let the device sign in at the XMPP server. Must not be lost. */
    record OpenAccount(OpenXmppAccount account) implements Effect {}

    /**
     * Make it call by UDP, or let that be. Must not be lost.
     *
     * @param partition of the requests' topic that the connector reads which gets through to the device
     */
    record WakeByUdp(int partition, UdpWakeUp request) implements Effect {}

    /** Make it call over XMPP. Must not be lost. */
    record WakeByXmpp(DeliverXmppConnectionRequest request) implements Effect {}

    /**
     * Remember how a way went for the device's neighbours. May be lost.
     *
     * @param address that the device last called from
     */
    record Learned(String address, Transport transport, boolean worked) implements Effect {}

    /**
     * One attempt to reach a device for an order.
     *
     * @param at when it left
     * @param transport {@code http}, {@code stun}, {@code xmpp}; empty where none could be chosen
     * @param address where it went, such as {@code 192.0.2.7:7547}
     * @param millis until this outcome
     * @param outcome {@code connected} (the device called because of it), {@code delivered}, {@code refused},
     *     {@code unreachable}, {@code silent} (delivered, but no session within 30 s) or {@code no-address}
     * @param cause for people; empty where there is nothing to explain
     * @param next what to do about it, for people; empty for nothing
     */
    record Attempt(
            Instant at, String transport, String address, long millis, String outcome, String cause, String next) {}
}
