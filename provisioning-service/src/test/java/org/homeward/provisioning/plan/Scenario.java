package org.homeward.provisioning.plan;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Predicate;
import org.homeward.contracts.CommandId;
import org.homeward.contracts.DeviceId;
import org.homeward.contracts.DeviceKey;
import org.homeward.contracts.OrderId;
import org.homeward.contracts.SessionId;
import org.homeward.contracts.TenantId;
import org.homeward.contracts.WakeUpId;
import org.homeward.contracts.order.OrderCommand;
import org.homeward.contracts.order.OrderEvent;
import org.homeward.contracts.order.OrderTask;
import org.homeward.contracts.plan.Action;
import org.homeward.contracts.plan.GatewayCommand.EndSession;
import org.homeward.contracts.plan.GatewayCommand.SessionPlan;
import org.homeward.contracts.plan.Step;
import org.homeward.contracts.rpc.ParameterValue;
import org.homeward.contracts.rpc.Rpc;
import org.homeward.contracts.rpc.RpcResult;
import org.homeward.contracts.rpc.ValueType;
import org.homeward.contracts.session.Authentication;
import org.homeward.contracts.session.DeviceIdentity;
import org.homeward.contracts.session.InformEvent;
import org.homeward.contracts.session.SessionEvent;
import org.homeward.contracts.session.SessionEvent.InformReceived;
import org.homeward.contracts.session.SessionEvent.PlanRefused;
import org.homeward.contracts.session.SessionEvent.RpcCompleted;
import org.homeward.contracts.session.SessionEvent.RpcDispatched;
import org.homeward.contracts.session.SessionEvent.SessionClosed;
import org.homeward.contracts.wakeup.DeliverConnectionRequest;
import org.homeward.contracts.wakeup.UdpBinding;
import org.homeward.contracts.wakeup.UdpWakeUp;
import org.homeward.contracts.wakeup.UdpWakeUp.DeliverUdpConnectionRequest;
import org.homeward.contracts.wakeup.WakeUpResult;
import org.homeward.contracts.wakeup.XmppPresence;
import org.homeward.contracts.wakeup.XmppWakeUp.DeliverXmppConnectionRequest;
import org.homeward.provisioning.profile.ActiveProfiles;
import org.homeward.provisioning.profile.RawPaths;
import org.homeward.provisioning.profile.Vocabulary;
import org.jspecify.annotations.Nullable;

/** One device's story, told event by event; keeps the ledger and what the last event led to. */
final class Scenario {

    static final DeviceKey KEY = new DeviceKey(TenantId.DEFAULT, DeviceId.parse("001122-BOX-S1"));
    static final DeviceIdentity IDENTITY = new DeviceIdentity("Acme", "001122", "BOX", "S1");
    static final PlanPolicy POLICY = policy(8, 100);

    private static final ConnectionSecrets SECRETS = new ConnectionSecrets() {
        @Override
        public String seal(String clear) {
            return "v1.sealed";
        }

        @Override
        public Optional<String> passOn(String sealed) {
            return sealed.startsWith("v1.unreadable") ? Optional.empty() : Optional.of("v1.passed on");
        }

        @Override
        public String fingerprint(String secret) {
            return "fingerprint of " + secret.length();
        }

        @Override
        public String username(DeviceKey device) {
            return device.device().toString();
        }

        @Override
        public String sealedConnectionRequestPassword(DeviceKey device) {
            return "sealed-cr";
        }

        @Override
        public String sealedAcsPassword(DeviceKey device) {
            return "sealed-acs";
        }

        @Override
        public Optional<String> stunUsername(DeviceKey device) {
            return Optional.of(device.device().toString() + "~~");
        }

        @Override
        public String sealedStunPassword(DeviceKey device) {
            return "sealed-stun";
        }

        @Override
        public String xmppLocalpart(DeviceKey device) {
            return "cpe-1";
        }

        @Override
        public String sealedXmppPassword(DeviceKey device) {
            return "sealed-xmpp";
        }
    };

    final Brain brain;
    ActiveProfiles profiles = ActiveProfiles.NONE;
    DeviceLedger ledger = DeviceLedger.blank(KEY);
    Instant now = Instant.parse("2026-11-21T10:00:00Z");
    List<Effect> effects = List.of();
    final List<OrderEvent> history = new ArrayList<>();
    final List<Effect> all = new ArrayList<>();
    Authentication authentication =
            new Authentication(Authentication.Scheme.DIGEST, "u", Authentication.Credential.DERIVED);
    String softwareVersion = "1.0";
    String root = "Device.";

    String address = "192.0.2.7";

    /** What the next Inform says of the device's server settings, by name below ManagementServer. */
    final Map<String, String> server = new LinkedHashMap<>();

    /** How often each way leads to the device's neighbours, in tenths. */
    final Map<Transport, Integer> neighbours = new EnumMap<>(Transport.class);

    OptionalInt stunPartition = OptionalInt.empty();

    @Nullable
    String url = "http://192.0.2.7:7547/cr";

    Scenario() {
        this(POLICY);
    }

    Scenario(PlanPolicy policy) {
        this(policy, new RawPaths());
    }

    Scenario(PlanPolicy policy, Vocabulary vocabulary) {
        var experience = new Experience() {
            @Override
            public int hope(String address, Transport transport, Instant at) {
                return neighbours.getOrDefault(transport, 5);
            }

            @Override
            public OptionalInt stunPartition() {
                return stunPartition;
            }
        };
        brain = new Brain(policy, SECRETS, vocabulary, experience, new Pace(1));
    }

    static PlanPolicy policy(int stepsPerPlan, int openOrders) {
        return policy(stepsPerPlan, openOrders, WaySettings.NONE);
    }

    /** A device of an operator who wants devices to be reached by these ways. */
    static Scenario with(WaySettings ways) {
        return new Scenario(policy(8, 100, ways));
    }

    private static PlanPolicy policy(int stepsPerPlan, int openOrders, WaySettings ways) {
        return new PlanPolicy(
                Duration.ofSeconds(120),
                20,
                stepsPerPlan,
                100_000,
                openOrders,
                5,
                8,
                Duration.ofSeconds(10),
                Duration.ofMinutes(10),
                Duration.ofSeconds(1),
                Duration.ofMinutes(30),
                Duration.ofSeconds(10),
                Duration.ofSeconds(30),
                Duration.ofSeconds(1),
                Duration.ofSeconds(3),
                Duration.ofMinutes(10),
                Duration.ofHours(1),
                Duration.ofMinutes(10),
                Duration.ofHours(24),
                Duration.ofHours(1),
                true,
                ways);
    }

    /** A device whose first contact lies behind it, without an open session. */
    static Scenario ofKnownDevice() {
        return ofKnownDevice(new Scenario());
    }

    static Scenario ofKnownDevice(Scenario scenario) {
        scenario.inform("first", "0 BOOTSTRAP");
        for (Step step : scenario.plan().steps()) {
            scenario.answer(
                    "first", step, step.action() instanceof Action.ReadTree ? tree() : new RpcResult.Applied(0));
        }
        scenario.close("first");
        scenario.pass(Duration.ofHours(1));
        return scenario;
    }

    static RpcResult tree() {
        return new RpcResult.TreeRead(300, List.of());
    }

    void happen(Input input) {
        Decision decision = brain.decide(ledger, profiles, input, now);
        ledger = decision.ledger();
        effects = decision.effects();
        all.addAll(effects);
        effects.stream()
                .filter(Effect.Announce.class::isInstance)
                .forEach(effect -> history.add(((Effect.Announce) effect).event()));
    }

    void say(SessionEvent event) {
        happen(new Input.InSession(event));
    }

    void inform(String session, String... events) {
        say(informReceived(session, now.plusSeconds(5), events));
    }

    InformReceived informReceived(String session, Instant planBy, String... events) {
        List<ParameterValue> parameters = new ArrayList<>();
        if (!root.isEmpty()) {
            parameters.add(new ParameterValue(root + "DeviceInfo.SoftwareVersion", softwareVersion, ValueType.STRING));
            if (url != null) {
                parameters.add(
                        new ParameterValue(root + "ManagementServer.ConnectionRequestURL", url, ValueType.STRING));
            }
            server.forEach((name, value) ->
                    parameters.add(new ParameterValue(root + "ManagementServer." + name, value, ValueType.STRING)));
        }
        List<InformEvent> codes = new ArrayList<>();
        for (String event : events) {
            int key = event.indexOf('#');
            codes.add(
                    key < 0
                            ? new InformEvent(event, "")
                            : new InformEvent(event.substring(0, key), event.substring(key + 1)));
        }
        return new InformReceived(
                new SessionId(session),
                "gw-1",
                3,
                planBy,
                IDENTITY,
                codes,
                parameters,
                "",
                0,
                "urn:dslforum-org:cwmp-1-2",
                address,
                authentication);
    }

    void answer(String session, Step step, RpcResult result) {
        answer(session, plan(), step, result);
    }

    void answer(String session, SessionPlan plan, Step step, RpcResult result) {
        boolean last = plan.steps().getLast().equals(step);
        say(new RpcCompleted(
                new SessionId(session), plan.plan(), step.command(), 1, "M", null, result, 1, 1, true, last, 5));
    }

    void partly(String session, Step step, RpcResult result) {
        say(new RpcCompleted(
                new SessionId(session), plan().plan(), step.command(), 1, "M", null, result, 1, 1, false, false, 5));
    }

    void dispatched(String session, Step step) {
        say(new RpcDispatched(new SessionId(session), plan().plan(), step.command(), "M"));
    }

    void refuse(String session) {
        SessionPlan plan = plan();
        List<CommandId> commands = plan.steps().stream().map(Step::command).toList();
        say(new PlanRefused(new SessionId(session), plan.plan(), commands, "session over"));
    }

    void close(String session) {
        close(session, SessionClosed.Reason.COMPLETED);
    }

    void close(String session, SessionClosed.Reason reason) {
        say(new SessionClosed(new SessionId(session), reason, now, 0, 0, ""));
    }

    void order(String id, OrderTask task) {
        order(id, task, true);
    }

    void order(String id, OrderTask task, boolean wake) {
        happen(new Input.Ordered(new OrderCommand.SubmitOrder(
                new OrderId(id), task, "alice", now, now.plus(Duration.ofHours(24)), wake)));
    }

    void cancel(String id) {
        happen(new Input.Ordered(new OrderCommand.CancelOrder(new OrderId(id), "alice")));
    }

    void called(WakeUpResult result) {
        happen(new Input.Called(result));
    }

    void delivered(DeliverConnectionRequest request) {
        called(new WakeUpResult.ConnectionRequestDelivered(request.request(), "http", "192.0.2.7:7547", now, 3));
    }

    void unreachable(WakeUpId request) {
        called(new WakeUpResult.ConnectionRequestUnreachable(request, "http", "192.0.2.7:7547", now, 3, "no route"));
    }

    void delivered(WakeUpId request, Transport transport, String where) {
        called(new WakeUpResult.ConnectionRequestDelivered(request, transport.toString(), where, now, 3));
    }

    void unreachable(WakeUpId request, Transport transport, String cause) {
        called(new WakeUpResult.ConnectionRequestUnreachable(request, transport.toString(), "there", now, 3, cause));
    }

    /** A STUN connector tells where the device is. */
    void bound(String at, int partition, boolean lapsed) {
        happen(new Input.Bound(new UdpBinding(at, partition, "stun-1", now, now, lapsed)));
    }

    /** The XMPP connector tells whether it is signed in. */
    void present(String jabberId, boolean online) {
        happen(new Input.Present(new XmppPresence(jabberId, online, now)));
    }

    /** Time passes until the timer rings. */
    void ring() {
        now = Objects.requireNonNull(ledger.timer());
        happen(new Input.TimeCame());
    }

    /** Time passes, and the timer rings whenever it should. */
    void pass(Duration duration) {
        Instant end = now.plus(duration);
        while (ledger.timer() != null && !ledger.timer().isAfter(end)) {
            now = ledger.timer();
            happen(new Input.TimeCame());
        }
        now = end;
    }

    static OrderTask set(String path, String value) {
        return new OrderTask.Perform(
                "setParameterValues",
                new Action.WriteValues(List.of(new ParameterValue(path, value, ValueType.STRING)), "key"));
    }

    static OrderTask get(String path) {
        return new OrderTask.Perform("getParameterValues", new Action.Call(new Rpc.GetParameterValues(List.of(path))));
    }

    static OrderTask reboot(String key) {
        return new OrderTask.Perform("reboot", new Action.Call(new Rpc.Reboot(key)));
    }

    static OrderTask addObject() {
        return new OrderTask.Perform("addObject", new Action.Call(new Rpc.AddObject("Device.NAT.PortMapping.", "key")));
    }

    static OrderTask download(String key) {
        return new OrderTask.Perform(
                "download",
                new Action.Call(
                        new Rpc.Download(key, "1 Firmware Upgrade Image", "http://f/1", "", null, 0, "", 0, "", "")));
    }

    static RpcResult fault(int code) {
        return new RpcResult.Fault(code, "fault " + code, List.of());
    }

    /** The newest plan that was sent. */
    SessionPlan plan() {
        return sent(all, SessionPlan.class).getLast();
    }

    /** The plans that the last event led to. */
    List<SessionPlan> plansNow() {
        return sent(effects, SessionPlan.class);
    }

    List<EndSession> endingsNow() {
        return sent(effects, EndSession.class);
    }

    private static <T> List<T> sent(List<Effect> effects, Class<T> type) {
        return effects.stream()
                .filter(Effect.Send.class::isInstance)
                .map(effect -> ((Effect.Send) effect).command())
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }

    /** The connection requests that the last event led to. */
    List<DeliverConnectionRequest> wakesNow() {
        return wakes(effects);
    }

    static List<DeliverConnectionRequest> wakes(List<Effect> effects) {
        return effects.stream()
                .filter(Effect.Wake.class::isInstance)
                .map(effect -> ((Effect.Wake) effect).request())
                .toList();
    }

    /** What the last event asked of STUN connectors. */
    List<UdpWakeUp> udpNow() {
        return effects.stream()
                .filter(Effect.WakeByUdp.class::isInstance)
                .map(effect -> ((Effect.WakeByUdp) effect).request())
                .toList();
    }

    DeliverUdpConnectionRequest udp() {
        return (DeliverUdpConnectionRequest) udpNow().getFirst();
    }

    /** What the last event asked of the XMPP connector. */
    List<DeliverXmppConnectionRequest> xmppNow() {
        return effects.stream()
                .filter(Effect.WakeByXmpp.class::isInstance)
                .map(effect -> ((Effect.WakeByXmpp) effect).request())
                .toList();
    }

    /** The ways that the last event took, in order. */
    List<Transport> waysNow() {
        return effects.stream()
                .<Transport>mapMulti((effect, found) -> {
                    switch (effect) {
                        case Effect.Wake wake -> found.accept(Transport.HTTP);
                        case Effect.WakeByUdp wake -> {
                            if (wake.request() instanceof DeliverUdpConnectionRequest) {
                                found.accept(Transport.STUN);
                            }
                        }
                        case Effect.WakeByXmpp wake -> found.accept(Transport.XMPP);
                        default -> {}
                    }
                })
                .toList();
    }

    /** The evidence that the last event left with orders. */
    List<Effect.Attempt> notesNow() {
        return effects.stream()
                .filter(Effect.Note.class::isInstance)
                .map(effect -> ((Effect.Note) effect).attempt())
                .toList();
    }

    List<OrderEvent> of(String order) {
        return history.stream()
                .filter(event -> event.order().value().equals(order))
                .toList();
    }

    List<String> states(String order) {
        return of(order).stream()
                .map(event -> event.getClass().getSimpleName().substring("Order".length()))
                .toList();
    }

    OrderEvent end(String order) {
        return of(order).getLast();
    }

    static Predicate<Step> reading() {
        return step -> step.action() instanceof Action.ReadTree;
    }
}
