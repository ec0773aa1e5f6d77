package org.homeward.provisioning.testing;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.homeward.contracts.DeviceKey;
import org.homeward.contracts.Event;
import org.homeward.contracts.Message;
import org.homeward.contracts.Topic;
import org.homeward.contracts.order.OrderEvent;
import org.homeward.contracts.plan.GatewayCommand;
import org.homeward.contracts.wakeup.DeliverConnectionRequest;
import org.homeward.contracts.wakeup.UdpWakeUp;
import org.homeward.contracts.wakeup.XmppWakeUp;
import org.homeward.kit.consumer.Consumers;
import org.homeward.kit.consumer.Delivery;
import org.homeward.kit.consumer.TailSpec;
import org.homeward.kit.events.EventFactory;
import org.homeward.kit.events.EventPublisher;

/** Stands where gateways, connectors and devices are: publishes what they say, hears what the brain says to them. */
@ApplicationScoped
public class ScriptedGateways {

    static final int PLANS_PARTITION = 2;
    static final int STUN_PARTITION = 3;

    @Inject
    EventPublisher publisher;

    @Inject
    Consumers consumers;

    private final EventFactory events = new EventFactory(Clock.systemUTC(), "/test");
    private final Map<DeviceKey, BlockingQueue<GatewayCommand>> commands = new ConcurrentHashMap<>();
    private final Map<DeviceKey, BlockingQueue<DeliverConnectionRequest>> wakeUps = new ConcurrentHashMap<>();
    private final Map<DeviceKey, BlockingQueue<UdpWakeUp>> udpWakeUps = new ConcurrentHashMap<>();
    private final Map<DeviceKey, BlockingQueue<XmppWakeUp>> xmppWakeUps = new ConcurrentHashMap<>();
    private final Map<DeviceKey, List<OrderEvent>> orderEvents = new ConcurrentHashMap<>();

    @PostConstruct
    void listen() {
        List.of(
                        TailSpec.fromEnd("test-plans", Topic.SESSION_PLANS, this::hear)
                                .ofPartition(PLANS_PARTITION),
                        TailSpec.fromEnd("test-wake-ups", Topic.WAKEUP_REQUESTS_HTTP, this::hear),
                        TailSpec.fromEnd("test-stun", Topic.WAKEUP_REQUESTS_STUN, this::hear)
                                .ofPartition(STUN_PARTITION),
                        TailSpec.fromEnd("test-xmpp", Topic.WAKEUP_REQUESTS_XMPP, this::hear),
                        TailSpec.fromEnd("test-orders", Topic.ORDER_EVENTS, this::hear))
                .forEach(spec -> {
                    try {
                        consumers.follow(spec).caughtUp().toCompletableFuture().get(30, TimeUnit.SECONDS);
                    } catch (Exception e) {
                        throw new IllegalStateException(e);
                    }
                });
    }

    private void hear(List<Delivery> deliveries) {
        for (Delivery delivery : deliveries) {
            if (delivery instanceof Delivery.Arrived arrived) {
                switch (arrived.event().data()) {
                    case GatewayCommand command -> commands(delivery.key()).add(command);
                    case DeliverConnectionRequest request ->
                        wakeUps(delivery.key()).add(request);
                    case UdpWakeUp request -> udpWakeUps(delivery.key()).add(request);
                    case XmppWakeUp request -> xmppWakeUps(delivery.key()).add(request);
                    case OrderEvent event -> orderEvents(delivery.key()).add(event);
                    default -> throw new IllegalStateException("unexpected " + arrived.event());
                }
            }
        }
    }

    BlockingQueue<GatewayCommand> commands(DeviceKey device) {
        return commands.computeIfAbsent(device, key -> new LinkedBlockingQueue<>());
    }

    BlockingQueue<DeliverConnectionRequest> wakeUps(DeviceKey device) {
        return wakeUps.computeIfAbsent(device, key -> new LinkedBlockingQueue<>());
    }

    BlockingQueue<UdpWakeUp> udpWakeUps(DeviceKey device) {
        return udpWakeUps.computeIfAbsent(device, key -> new LinkedBlockingQueue<>());
    }

    BlockingQueue<XmppWakeUp> xmppWakeUps(DeviceKey device) {
        return xmppWakeUps.computeIfAbsent(device, key -> new LinkedBlockingQueue<>());
    }

    List<OrderEvent> orderEvents(DeviceKey device) {
        return orderEvents.computeIfAbsent(device, key -> new CopyOnWriteArrayList<>());
    }

    <T extends Message> void publish(Topic topic, DeviceKey device, T message) {
        publish(topic, events.event(device, message));
    }

    <T extends Message> CompletableFuture<?> publishWithoutWaiting(Topic topic, DeviceKey device, T message) {
        return publisher.publish(topic, events.event(device, message)).toCompletableFuture();
    }

    void publish(Topic topic, Event<?> event) {
        publisher.publish(topic, event).toCompletableFuture().join();
    }

    /** What a compacted topic held of the device is gone. */
    public void withdraw(Topic topic, ScriptedDevice device) {
        publisher.withdraw(topic, device.key).toCompletableFuture().join();
    }

    /** A device that nobody has heard of. */
    public ScriptedDevice device(String serialNumber) {
        return device("acme", serialNumber);
    }

    /** A device of this tenant that nobody has heard of. */
    public ScriptedDevice device(String tenant, String serialNumber) {
        return new ScriptedDevice(this, tenant, serialNumber);
    }
}
