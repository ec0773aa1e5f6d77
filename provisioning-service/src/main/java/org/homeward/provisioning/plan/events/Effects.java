package org.homeward.provisioning.plan.events;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.homeward.contracts.DeviceKey;
import org.homeward.contracts.Event;
import org.homeward.contracts.Topic;
import org.homeward.contracts.plan.GatewayCommand;
import org.homeward.kit.events.EventFactory;
import org.homeward.kit.outbox.Outgoing;
import org.homeward.provisioning.order.store.OrderProgressRows;
import org.homeward.provisioning.plan.Effect;
import org.homeward.provisioning.plan.store.StoredLedger;

/** What a poll's decisions ask for: first all that must not be lost, in one transaction, then the plans. */
final class Effects {

    /** A command for the gateway that reads this partition. */
    record ToGateway(int partition, Event<? extends GatewayCommand> event) {}

    final List<StoredLedger> ledgers = new ArrayList<>();
    final OrderProgressRows orders;
    final List<Effect.Declined> declined = new ArrayList<>();
    final List<Effect.Learned> learned = new ArrayList<>();
    final List<Outgoing> outgoing = new ArrayList<>();
    final List<ToGateway> toGateways = new ArrayList<>();
    final Instant now;
    private final EventFactory events;

    Effects(EventFactory events, Instant now) {
        this.events = events;
        this.now = now;
        this.orders = new OrderProgressRows(now);
    }

    void add(DeviceKey device, Effect effect) {
        switch (effect) {
            case Effect.Send send ->
                toGateways.add(new ToGateway(send.partition(), events.event(device, send.command())));
            case Effect.Announce announce -> {
                orders.add(device, announce.event());
                outgoing.add(new Outgoing(Topic.ORDER_EVENTS, events.event(device, announce.event())));
            }
            case Effect.Note note -> orders.add(device, note);
            case Effect.Declined choice -> declined.add(choice);
            case Effect.Wake wake ->
                outgoing.add(new Outgoing(Topic.WAKEUP_REQUESTS_HTTP, events.event(device, wake.request())));
            case Effect.WakeByUdp wake ->
                outgoing.add(new Outgoing(
                        Topic.WAKEUP_REQUESTS_STUN, wake.partition(), events.event(device, wake.request())));
            case Effect.WakeByXmpp wake ->
                outgoing.add(new Outgoing(Topic.WAKEUP_REQUESTS_XMPP, events.event(device, wake.request())));
            case Effect.Learned lesson -> learned.add(lesson);
            case Effect.OpenAccount open ->
                outgoing.add(new Outgoing(Topic.WAKEUP_REQUESTS_XMPP, events.event(device, open.account())));
        }
    }

    /** Whether anything must be written. */
    boolean isWorthATransaction() {
        return !ledgers.isEmpty() || !orders.isEmpty() || !outgoing.isEmpty();
    }
}
