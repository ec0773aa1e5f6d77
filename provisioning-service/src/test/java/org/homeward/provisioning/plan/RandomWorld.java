package org.homeward.provisioning.plan;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.homeward.contracts.OrderId;
import org.homeward.contracts.SessionId;
import org.homeward.contracts.WakeUpId;
import org.homeward.contracts.order.OrderCommand;
import org.homeward.contracts.order.OrderEvent;
import org.homeward.contracts.order.OrderTask;
import org.homeward.contracts.plan.Action;
import org.homeward.contracts.plan.GatewayCommand;
import org.homeward.contracts.plan.GatewayCommand.EndSession;
import org.homeward.contracts.plan.GatewayCommand.SessionPlan;
import org.homeward.contracts.plan.Step;
import org.homeward.contracts.rpc.ParameterValue;
import org.homeward.contracts.rpc.Rpc;
import org.homeward.contracts.rpc.RpcResult;
import org.homeward.contracts.rpc.ValueType;
import org.homeward.contracts.session.SessionEvent;
import org.homeward.contracts.session.SessionEvent.PlanRefused;
import org.homeward.contracts.session.SessionEvent.RpcCompleted;
import org.homeward.contracts.session.SessionEvent.RpcDispatched;
import org.homeward.contracts.session.SessionEvent.SessionClosed;
import org.homeward.contracts.wakeup.UdpBinding;
import org.homeward.contracts.wakeup.UdpWakeUp.DeliverUdpConnectionRequest;
import org.homeward.contracts.wakeup.WakeUpResult;
import org.homeward.contracts.wakeup.XmppPresence;
import org.homeward.provisioning.profile.ActiveProfiles;
import org.homeward.provisioning.profile.Given;
import org.jspecify.annotations.Nullable;

/**
 * A device, its gateways, a connector, callers and the brain's edge, all driven by one seed: events come twice, topics
 * overtake one another, plans get lost, gateways die, and the brain's process crashes before or after it has written.
 */
final class RandomWorld {

    /** What a gateway holds of a session. */
    private static final class Session {
        final SessionId id;
        final Deque<SessionPlan> plans = new ArrayDeque<>();
        int step;
        int plansGot;
        boolean closed;
        boolean dead;
        Instant activeAt;

        Session(SessionId id, Instant activeAt) {
            this.id = id;
            this.activeAt = activeAt;
        }
    }

    private record WakeUp(WakeUpId request, Transport transport) {}

    private void wake(WakeUpId request, Transport transport) {
        wakeUps.add(new WakeUp(request, transport));
        wakeUpsSent++;
    }

    private static final ActiveProfiles PROFILES = Given.active("{name: a, values: {Device.Q1: 1, Device.Q2: 2},"
            + " objects: [{table: Device.T., key: [K], rows: [{K: 7, V: seven}]}]}");

    private static final WaySettings WAYS = new WaySettings(
            new WaySettings.Stun("", 3478, Duration.ofSeconds(30), Duration.ofSeconds(60)),
            new WaySettings.Xmpp("example.net", "cwmp", "acs@example.net", "xmpp.example.net", 5222));

    private final Random random;

    /** Whether the device can be told of ways to it, and is. */
    private final boolean reachable;

    private final Scenario told;
    private final Brain brain;
    private final Map<SessionId, Session> sessions = new LinkedHashMap<>();
    private final Deque<SessionEvent> sessionEvents = new ArrayDeque<>();
    private final Deque<OrderCommand> commands = new ArrayDeque<>();
    private final Deque<WakeUpResult> results = new ArrayDeque<>();
    private final Deque<GatewayCommand> toGateways = new ArrayDeque<>();
    private final Deque<WakeUp> wakeUps = new ArrayDeque<>();
    private final Map<String, OrderTask> orders = new LinkedHashMap<>();

    final Map<String, Integer> doneByDevice = new HashMap<>();
    final List<OrderEvent> announced = new ArrayList<>();
    final Map<SessionId, Integer> plansOfSession = new HashMap<>();
    final Set<String> submitted = new LinkedHashSet<>();
    int wakeUpsSent;

    private DeviceLedger stored;
    private DeviceLedger ledger;
    private SessionId atDevice = new SessionId("none");
    private final List<String> bootEvents = new ArrayList<>(List.of("0 BOOTSTRAP"));
    private int names;
    private Instant now;

    /** What the device says of the parameters that a profile names. */
    final Map<String, String> values = new TreeMap<>();

    private int rows;

    RandomWorld(long seed) {
        random = new Random(seed);
        reachable = seed % 3 == 0;
        told = reachable ? Scenario.with(WAYS) : new Scenario();
        if (seed % 2 == 1) {
            told.profiles = PROFILES;
        }
        reset();
        brain = told.brain;
        stored = told.ledger;
        ledger = told.ledger;
        now = told.now;
    }

    /** To what it was in the shop. */
    private void reset() {
        values.clear();
        values.put("Device.Q1", "x");
        values.put("Device.Q2", "2");
        if (reachable) {
            values.put("Device.ManagementServer.STUNEnable", "0");
            values.put("Device.XMPP.ConnectionNumberOfEntries", "0");
        }
    }

    private boolean chance(double probability) {
        return random.nextDouble() < probability;
    }

    /** One thing happens somewhere, good or bad. */
    void step(boolean calm) {
        int kind = random.nextInt(calm ? 8 : 40);
        switch (kind < 32 ? kind % 8 : kind - 24) {
            case 0, 1, 2 -> poll(calm);
            case 3, 4 -> gatewaysRead(calm);
            case 5 -> devicePlays(calm);
            case 6 -> connectorWorks(calm);
            case 7 -> timePasses(Duration.ofMillis(random.nextInt(1_000)));
            case 8, 9, 10 -> submit();
            case 11, 12 -> informs(List.of("2 PERIODIC"));
            case 13 -> trouble();
            default -> timePasses(Duration.ofSeconds(random.nextInt(100)));
        }
    }

    /** Nothing bad happens any more; whatever is open has time to end. */
    void calmDown() {
        for (int round = 0; round < 60; round++) {
            sessions.values().forEach(this::close);
            informs(List.of("2 PERIODIC"));
            for (int i = 0; i < 60; i++) {
                step(true);
            }
            sessions.values().forEach(this::close);
            while (!sessionEvents.isEmpty() || !commands.isEmpty() || !results.isEmpty()) {
                poll(true);
            }
            timePasses(Duration.ofHours(1));
        }
    }

    private void submit() {
        if (submitted.size() > 25) {
            return;
        }
        String id = "o" + submitted.size();
        OrderTask task = switch (random.nextInt(6)) {
            case 0 -> Scenario.reboot(id);
            case 1 -> Scenario.addObject();
            case 2 -> Scenario.get("Device.X");
            case 3 -> new OrderTask.Connect();
            case 4 -> Scenario.set("Device.P" + random.nextInt(3), "v");
            default -> new OrderTask.Perform("factoryReset", new Action.Call(new Rpc.FactoryReset()));
        };
        submitted.add(id);
        orders.put(id, task);
        OrderCommand command = new OrderCommand.SubmitOrder(
                new OrderId(id), task, "alice", now, now.plus(Duration.ofHours(24)), chance(0.8));
        commands.add(command);
        if (chance(0.2)) {
            commands.add(command);
        }
        if (chance(0.1)) {
            commands.add(new OrderCommand.CancelOrder(new OrderId(id), "alice"));
        }
    }

    private void informs(List<String> events) {
        if (bootEvents.contains("0 BOOTSTRAP")) {
            // the reset happens after the session that asked for it, and ends whatever else was connected
            reset();
            sessions.values().forEach(this::close);
        }
        SessionId id = new SessionId("s" + names++);
        atDevice = id;
        sessions.put(id, new Session(id, now));
        List<String> all = new ArrayList<>(bootEvents);
        bootEvents.clear();
        all.addAll(events);
        SessionEvent inform =
                told.informReceived(id.value(), now.plusSeconds(chance(0.9) ? 5 : -5), all.toArray(String[]::new));
        say(inform);
    }

    private void say(SessionEvent event) {
        sessionEvents.add(event);
        if (chance(0.05)) {
            sessionEvents.add(event);
        }
    }

    /** The brain takes a few events, in one transaction; or crashes while it does. */
    private void poll(boolean calm) {
        List<Input> batch = new ArrayList<>();
        int size = 1 + random.nextInt(4);
        Deque<SessionEvent> events = new ArrayDeque<>(sessionEvents);
        Deque<OrderCommand> asked = new ArrayDeque<>(commands);
        Deque<WakeUpResult> heard = new ArrayDeque<>(results);
        for (int i = 0; i < size; i++) {
            int topic = random.nextInt(3);
            if (topic == 0 && !asked.isEmpty()) {
                batch.add(new Input.Ordered(asked.poll()));
            } else if (topic == 1 && !heard.isEmpty()) {
                batch.add(new Input.Called(heard.poll()));
            } else if (!events.isEmpty()) {
                batch.add(new Input.InSession(events.poll()));
            } else if (!asked.isEmpty()) {
                batch.add(new Input.Ordered(asked.poll()));
            } else if (!heard.isEmpty()) {
                batch.add(new Input.Called(heard.poll()));
            }
        }
        if (!calm && chance(0.05)) {
            // crashed before the transaction: all of it is read again
            ledger = stored;
            return;
        }
        sessionEvents.clear();
        sessionEvents.addAll(events);
        commands.clear();
        commands.addAll(asked);
        results.clear();
        results.addAll(heard);
        decide(batch, !calm && chance(0.05));
    }

    private void decide(List<Input> inputs, boolean crashAfterwards) {
        List<GatewayCommand> sends = new ArrayList<>();
        boolean timer = false;
        for (Input input : inputs) {
            Decision decision = brain.decide(ledger, told.profiles, input, now);
            ledger = decision.ledger();
            timer |= input instanceof Input.TimeCame;
            for (Effect effect : decision.effects()) {
                switch (effect) {
                    case Effect.Send send -> sends.add(send.command());
                    case Effect.Announce announce -> announced.add(announce.event());
                    case Effect.Wake wake -> wake(wake.request().request(), Transport.HTTP);
                    case Effect.WakeByUdp wake -> {
                        if (wake.request() instanceof DeliverUdpConnectionRequest request) {
                            wake(request.request(), Transport.STUN);
                        }
                    }
                    case Effect.WakeByXmpp wake -> wake(wake.request().request(), Transport.XMPP);
                    case Effect.Learned lesson -> {}
                    case Effect.Note note -> {}
                    case Effect.OpenAccount open -> {}
                    case Effect.Declined declined -> {}
                }
            }
            if (ledger.timer() != null && !ledger.timer().isAfter(now)) {
                throw new AssertionError("a timer that has come already: " + ledger);
            }
        }
        boolean earlier = ledger.timer() != null
                && (stored.timer() == null || ledger.timer().isBefore(stored.timer()));
        if (timer || earlier || ledger.differsForGood(stored)) {
            stored = ledger.forGood();
        }
        for (GatewayCommand send : sends) {
            if (send instanceof SessionPlan plan) {
                plansOfSession.merge(plan.session(), 1, Integer::sum);
            }
        }
        if (crashAfterwards) {
            ledger = stored;
        } else {
            toGateways.addAll(sends);
        }
    }

    private void gatewaysRead(boolean calm) {
        GatewayCommand command = toGateways.poll();
        if (command == null || !calm && chance(0.05)) {
            return;
        }
        Session session = sessions.get(command.session());
        switch (command) {
            case SessionPlan plan -> {
                if (session == null || session.dead) {
                    return;
                }
                if (session.closed) {
                    if (!plan.steps().isEmpty()) {
                        say(new PlanRefused(
                                plan.session(),
                                plan.plan(),
                                plan.steps().stream().map(Step::command).toList(),
                                "over"));
                    }
                    return;
                }
                session.plansGot++;
                session.plans.add(plan);
                if (plan.steps().isEmpty() && plan.last() && session.plans.size() == 1) {
                    close(session);
                }
            }
            case EndSession end -> {
                if (session != null) {
                    close(session);
                }
            }
        }
    }

    private void close(Session session) {
        if (!session.closed && !session.dead) {
            session.closed = true;
            session.plans.clear();
            say(new SessionClosed(
                    session.id,
                    session.plansGot == 0 ? SessionClosed.Reason.NO_PLAN : SessionClosed.Reason.COMPLETED,
                    now,
                    0,
                    0,
                    ""));
        }
    }

    private void devicePlays(boolean calm) {
        Session session = calm || chance(0.7) ? sessions.get(atDevice) : anySession();
        if (session == null || session.closed || session.dead || session.plans.isEmpty()) {
            return;
        }
        session.activeAt = now;
        SessionPlan plan = session.plans.peek();
        if (session.step < plan.steps().size()) {
            play(session, plan, plan.steps().get(session.step), calm);
        }
        if (!session.closed && session.step >= plan.steps().size()) {
            session.plans.poll();
            session.step = 0;
            if (session.plans.isEmpty() && plan.last()) {
                close(session);
            }
        }
    }

    /** Some CPEs are seen on two connections at once. */
    private @Nullable Session anySession() {
        List<Session> open =
                sessions.values().stream().filter(session -> !session.closed).toList();
        return open.isEmpty() ? null : open.get(random.nextInt(open.size()));
    }

    private void play(Session session, SessionPlan plan, Step step, boolean calm) {
        String order = step.command().value();
        boolean upkeep = order.startsWith("profile.") || reachable && order.startsWith("setup.");
        boolean repeatable = Proof.repeatable(step.action());
        if (!repeatable) {
            say(new RpcDispatched(session.id, plan.plan(), step.command(), "M"));
            if (!calm && chance(0.1)) {
                session.dead = chance(0.5);
                close(session);
                return;
            }
        }
        RpcResult result;
        if (upkeep) {
            result = chance(calm ? 0 : 0.1) ? Scenario.fault(9002) : keptUp(session, plan, step);
        } else {
            result = chance(calm ? 0 : 0.2) ? Scenario.fault(chance(0.5) ? 9002 : 9005) : answer(step.action());
        }
        if (!upkeep && !(result instanceof RpcResult.Fault)) {
            doneByDevice.merge(order, 1, Integer::sum);
            if (step.action() instanceof Action.Call call && call.rpc() instanceof Rpc.Reboot reboot) {
                bootEvents.add("1 BOOT");
                bootEvents.add("M Reboot#" + reboot.commandKey());
            } else if (step.action() instanceof Action.Call call && call.rpc() instanceof Rpc.FactoryReset) {
                bootEvents.add("0 BOOTSTRAP");
                bootEvents.add("1 BOOT");
            }
        }
        if (!calm && chance(0.1)) {
            // it did it, and nobody heard of it
            session.dead = chance(0.5);
            close(session);
            return;
        }
        session.step++;
        boolean last = session.step >= plan.steps().size();
        say(new RpcCompleted(session.id, plan.plan(), step.command(), 1, "M", null, result, 1, 1, true, last, 1));
    }

    /** The device does what a profile wants of it. */
    private RpcResult keptUp(Session session, SessionPlan plan, Step step) {
        return switch (step.action()) {
            case Action.ReadTree tree -> {
                List<ParameterValue> found = values.entrySet().stream()
                        .filter(each -> tree.paths().stream().anyMatch(each.getKey()::startsWith))
                        .map(each -> new ParameterValue(each.getKey(), each.getValue(), ValueType.STRING))
                        .toList();
                RpcResult read = new RpcResult.Values(found);
                say(new RpcCompleted(
                        session.id, plan.plan(), step.command(), 1, "M", null, read, 1, 1, false, false, 1));
                yield new RpcResult.TreeRead(found.size(), List.of());
            }
            case Action.WriteValues write -> {
                write.values().forEach(value -> values.put(value.path(), value.value()));
                yield new RpcResult.Values(write.values());
            }
            case Action.CreateObject create -> {
                int instance = ++rows;
                create.values()
                        .forEach(value -> values.put(
                                create.object() + instance + '.' + value.path(), chance(0.9) ? value.value() : ""));
                yield new RpcResult.ObjectAdded(instance, 0);
            }
            case Action.Call call -> {
                if (!(call.rpc() instanceof Rpc.AddObject add)) {
                    yield new RpcResult.Done();
                }
                int instance = ++rows;
                values.put(add.object() + instance + ".Enable", "0");
                yield new RpcResult.ObjectAdded(instance, 0);
            }
        };
    }

    private static RpcResult answer(Action action) {
        return switch (action) {
            case Action.ReadTree tree -> Scenario.tree();
            case Action.WriteValues write -> new RpcResult.Applied(0);
            case Action.CreateObject create -> new RpcResult.ObjectAdded(1, 0);
            case Action.Call call -> {
                if (call.rpc() instanceof Rpc.AddObject) {
                    yield new RpcResult.ObjectAdded(1, 0);
                }
                yield call.rpc() instanceof Rpc.GetParameterValues
                        ? new RpcResult.Values(List.of())
                        : new RpcResult.Done();
            }
        };
    }

    private void connectorWorks(boolean calm) {
        WakeUp request = wakeUps.poll();
        if (request == null || !calm && chance(0.1)) {
            return;
        }
        Session session = sessions.get(atDevice);
        boolean busy = session != null && !session.closed && !session.dead;
        if (busy && (calm || chance(0.8))) {
            results.add(new WakeUpResult.ConnectionRequestRefused(
                    request.request(), request.transport().toString(), "a", now, 1, 503, "busy"));
        } else if (calm || chance(0.6)) {
            results.add(new WakeUpResult.ConnectionRequestDelivered(
                    request.request(), request.transport().toString(), "a", now, 1));
            if (calm || chance(0.8)) {
                informs(List.of("6 CONNECTION REQUEST"));
            }
        } else {
            results.add(new WakeUpResult.ConnectionRequestUnreachable(
                    request.request(), request.transport().toString(), "a", now, 1, "no"));
        }
    }

    private void trouble() {
        Session session = sessions.get(atDevice);
        switch (random.nextInt(6)) {
            case 4 ->
                decide(
                        List.of(new Input.Bound(
                                chance(0.2)
                                        ? null
                                        : new UdpBinding("192.0.2.7:4" + names, 1, "stun", now, now, chance(0.4)))),
                        false);
            case 5 ->
                decide(
                        List.of(new Input.Present(
                                chance(0.2) ? null : new XmppPresence("cpe@xmpp/" + names, chance(0.6), now))),
                        false);
            case 0 -> ledger = stored;
            case 1 -> {
                if (session != null) {
                    session.dead = true;
                }
            }
            case 2 -> sessions.values().forEach(this::close);
            default -> toGateways.clear();
        }
    }

    private void timePasses(Duration duration) {
        Instant end = now.plus(duration);
        int rings = 0;
        while (stored.timer() != null && !stored.timer().isAfter(end)) {
            now = Objects.requireNonNull(stored.timer()).isAfter(now) ? stored.timer() : now;
            decide(List.of(new Input.TimeCame()), false);
            if (++rings > 10_000) {
                throw new AssertionError("timers never rest: " + ledger);
            }
        }
        now = end;
        // gateways give up on silent CPEs, sooner than the brain does on silent gateways
        for (Session session : sessions.values()) {
            if (session.activeAt.isBefore(now.minusSeconds(60))) {
                close(session);
            }
        }
    }

    OrderTask task(String order) {
        return Objects.requireNonNull(orders.get(order));
    }

    DeviceLedger ledger() {
        return ledger;
    }
}
