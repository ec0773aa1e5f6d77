package org.homeward.provisioning.testing;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.homeward.contracts.DeviceId;
import org.homeward.contracts.DeviceKey;
import org.homeward.contracts.Message;
import org.homeward.contracts.OrderId;
import org.homeward.contracts.SessionId;
import org.homeward.contracts.TenantId;
import org.homeward.contracts.Topic;
import org.homeward.contracts.device.DeviceEvent;
import org.homeward.contracts.device.DeviceFacts;
import org.homeward.contracts.order.OrderCommand;
import org.homeward.contracts.order.OrderEvent;
import org.homeward.contracts.order.OrderTask;
import org.homeward.contracts.plan.Action;
import org.homeward.contracts.plan.GatewayCommand;
import org.homeward.contracts.plan.GatewayCommand.SessionPlan;
import org.homeward.contracts.plan.Step;
import org.homeward.contracts.rpc.ParameterValue;
import org.homeward.contracts.rpc.RpcResult;
import org.homeward.contracts.rpc.ValueType;
import org.homeward.contracts.session.Authentication;
import org.homeward.contracts.session.DeviceIdentity;
import org.homeward.contracts.session.InformEvent;
import org.homeward.contracts.session.SessionEvent;
import org.homeward.contracts.session.SessionEvent.InformReceived;
import org.homeward.contracts.session.SessionEvent.RpcCompleted;
import org.homeward.contracts.session.SessionEvent.RpcDispatched;
import org.homeward.contracts.session.SessionEvent.SessionClosed;
import org.homeward.contracts.wakeup.DeliverConnectionRequest;
import org.homeward.contracts.wakeup.UdpBinding;
import org.homeward.contracts.wakeup.UdpWakeUp;
import org.homeward.contracts.wakeup.WakeUpResult;
import org.homeward.contracts.wakeup.XmppPresence;
import org.homeward.contracts.wakeup.XmppWakeUp;
import org.jspecify.annotations.Nullable;

/** One device, and the gateway that it calls. */
public final class ScriptedDevice {

    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final ScriptedGateways world;
    public final DeviceKey key;
    private final String serialNumber;
    private SessionId session = SessionId.random();
    private String root = "Device.";

    ScriptedDevice(ScriptedGateways world, String tenant, String serialNumber) {
        this.world = world;
        // a name of its own in every test, since the broker is shared
        this.serialNumber = serialNumber + UUID.randomUUID().toString().substring(0, 8);
        this.key = new DeviceKey(new TenantId(tenant), new DeviceId("001122", "BOX", this.serialNumber));
    }

    public String id() {
        return key.device().toString();
    }

    /** With a data model that begins so; otherwise it is {@code Device.} */
    public ScriptedDevice speaking(String newRoot) {
        root = newRoot;
        return this;
    }

    public SessionId session() {
        return session;
    }

    /** Its first session, all that first contact asks for answered, and closed. */
    public ScriptedDevice known() {
        inform("0 BOOTSTRAP", "1 BOOT");
        boolean more = true;
        while (more) {
            SessionPlan plan = plan();
            plan.steps()
                    .forEach(step -> answer(
                            plan,
                            step,
                            step.action() instanceof Action.ReadTree
                                    ? new RpcResult.TreeRead(300, List.of())
                                    : new RpcResult.Applied(0)));
            more = !plan.last();
        }
        close(SessionClosed.Reason.COMPLETED);
        return this;
    }

    public void inform(String... events) {
        session = SessionId.random();
        inform(Instant.now().plusSeconds(5), events);
    }

    public void inform(Instant planBy, String... events) {
        session = SessionId.random();
        say(informReceived(planBy, events));
    }

    public InformReceived informReceived(Instant planBy, String... events) {
        List<InformEvent> codes = new ArrayList<>();
        for (String event : events) {
            String[] parts = event.split("#", 2);
            codes.add(new InformEvent(parts[0], parts.length > 1 ? parts[1] : ""));
        }
        return new InformReceived(
                session,
                "gw-test",
                ScriptedGateways.PLANS_PARTITION,
                planBy,
                new DeviceIdentity("Acme", "001122", "BOX", serialNumber),
                codes,
                List.of(
                        new ParameterValue(root + "DeviceInfo.SoftwareVersion", "1.0", ValueType.STRING),
                        new ParameterValue(
                                root + "ManagementServer.ConnectionRequestURL",
                                "http://192.0.2.7:7547/cr",
                                ValueType.STRING)),
                "",
                0,
                "urn:dslforum-org:cwmp-1-2",
                "192.0.2.7",
                new Authentication(Authentication.Scheme.DIGEST, "u", Authentication.Credential.DERIVED));
    }

    public void say(SessionEvent event) {
        world.publish(Topic.SESSION_EVENTS, key, event);
    }

    public void sayOf(Topic topic, Message message) {
        world.publish(topic, key, message);
    }

    public void registered() {
        sayOf(
                Topic.DEVICE_EVENTS,
                new DeviceEvent.DeviceRegistered(new DeviceIdentity("Acme", "001122", "BOX", serialNumber), "alice"));
    }

    /** The registry says whose it is. */
    public ScriptedDevice belongingTo(@Nullable String subscriber) {
        sayOf(
                Topic.DEVICE_FACTS,
                new DeviceFacts(
                        new DeviceIdentity("Acme", "001122", "BOX", serialNumber),
                        root,
                        "1.0",
                        "",
                        "",
                        Set.of(),
                        subscriber,
                        false,
                        true,
                        null,
                        List.of()));
        return this;
    }

    public void answer(SessionPlan plan, Step step, RpcResult result) {
        boolean last = plan.steps().getLast().equals(step);
        say(new RpcCompleted(plan.session(), plan.plan(), step.command(), 1, "M", null, result, 1, 1, true, last, 5));
    }

    /** An answer of a step that has more to come. */
    public void partly(SessionPlan plan, Step step, RpcResult result) {
        say(new RpcCompleted(plan.session(), plan.plan(), step.command(), 1, "M", null, result, 1, 1, false, false, 5));
    }

    public void dispatched(SessionPlan plan, Step step) {
        say(new RpcDispatched(plan.session(), plan.plan(), step.command(), "M"));
    }

    public void close(SessionClosed.Reason reason) {
        say(new SessionClosed(session, reason, Instant.now(), 0, 0, ""));
    }

    public void order(OrderId order, OrderTask task) {
        sayOf(
                Topic.DEVICE_ORDERS,
                new OrderCommand.SubmitOrder(
                        order, task, "campaign", Instant.now(), Instant.now().plusSeconds(3600), true));
    }

    /** A whole session that has nothing to say; nobody waits for its plan. */
    public CompletableFuture<?> periodicSession() {
        session = SessionId.random();
        world.publishWithoutWaiting(
                Topic.SESSION_EVENTS, key, informReceived(Instant.now().plusSeconds(60), "2 PERIODIC"));
        return world.publishWithoutWaiting(
                Topic.SESSION_EVENTS,
                key,
                new SessionClosed(session, SessionClosed.Reason.COMPLETED, Instant.now(), 0, 0, ""));
    }

    public SessionPlan plan() {
        return (SessionPlan) command();
    }

    public GatewayCommand command() {
        return next(world.commands(key), "a plan");
    }

    public DeliverConnectionRequest wakeUp() {
        return next(world.wakeUps(key), "a connection request");
    }

    /** What is asked of the STUN connector that it keeps its binding open to. */
    public UdpWakeUp udpWakeUp() {
        return next(world.udpWakeUps(key), "a UDP connection request");
    }

    public XmppWakeUp xmppWakeUp() {
        return next(world.xmppWakeUps(key), "an XMPP connection request");
    }

    /** A STUN connector says where it is. */
    public ScriptedDevice bound(String address, boolean lapsed) {
        Instant now = Instant.now();
        sayOf(
                Topic.WAKEUP_BINDINGS,
                new UdpBinding(address, ScriptedGateways.STUN_PARTITION, "stun-1", now, now, lapsed));
        return this;
    }

    /** The XMPP connector says whether it is signed in. */
    public ScriptedDevice present(String jabberId, boolean online) {
        sayOf(Topic.WAKEUP_PRESENCES, new XmppPresence(jabberId, online, Instant.now()));
        return this;
    }

    public boolean hasNoCommand() {
        return world.commands(key).isEmpty();
    }

    public void delivered(DeliverConnectionRequest request) {
        sayOf(
                Topic.WAKEUP_RESULTS,
                new WakeUpResult.ConnectionRequestDelivered(
                        request.request(), "http", "192.0.2.7:7547", Instant.now(), 4));
    }

    public void unreachable(DeliverConnectionRequest request) {
        sayOf(
                Topic.WAKEUP_RESULTS,
                new WakeUpResult.ConnectionRequestUnreachable(
                        request.request(), "http", "192.0.2.7:7547", Instant.now(), 4, "no route to host"));
    }

    public List<OrderEvent> orderEvents(OrderId order) {
        return world.orderEvents(key).stream()
                .filter(event -> event.order().equals(order))
                .toList();
    }

    private static <T> T next(BlockingQueue<T> queue, String what) {
        try {
            T next = queue.poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            if (next == null) {
                throw new AssertionError("no sign of " + what + " within " + PATIENCE);
            }
            return next;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
