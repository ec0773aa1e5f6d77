package org.homeward.provisioning.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.homeward.contracts.plan.Action;
import org.homeward.contracts.plan.GatewayCommand.SessionPlan;
import org.homeward.contracts.plan.Step;
import org.homeward.contracts.rpc.ParameterFault;
import org.homeward.contracts.rpc.ParameterValue;
import org.homeward.contracts.rpc.Rpc;
import org.homeward.contracts.rpc.RpcResult;
import org.homeward.contracts.rpc.ValueType;
import org.homeward.contracts.session.Authentication;
import org.homeward.contracts.session.SessionEvent.SessionClosed;
import org.homeward.contracts.wakeup.XmppWakeUp.OpenXmppAccount;
import org.homeward.provisioning.plan.Setup.State;
import org.homeward.provisioning.plan.Setup.Task;
import org.homeward.provisioning.profile.Given;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WaySetupTest {

    private static final WaySettings.Stun STUN =
            new WaySettings.Stun("192.0.2.53", 3478, Duration.ofSeconds(30), Duration.ofSeconds(60));
    private static final WaySettings.Xmpp XMPP =
            new WaySettings.Xmpp("example.net", "cwmp", "homeward@example.net", "", 5222);
    private static final WaySettings BY_STUN = new WaySettings(STUN, null);
    private static final WaySettings BY_XMPP = new WaySettings(null, XMPP);
    private static final WaySettings BY_BOTH = new WaySettings(STUN, XMPP);
    private static final String CONNECTIONS = "Device.XMPP.Connection.";

    /** What the device says of itself when it is read. */
    private final Map<String, String> tree = new TreeMap<>();

    private Scenario device = Scenario.with(BY_STUN);
    private final List<String> played = new ArrayList<>();
    private int instances;

    WaySetupTest() {
        tree.put("Device.DeviceInfo.ModelName", "X");
        hasStun("Device.");
    }

    private void hasStun(String root) {
        tree.put(root + "ManagementServer.STUNEnable", "0");
        tree.put(root + "ManagementServer.STUNServerAddress", "");
    }

    private void hasXmpp() {
        tree.put("Device.XMPP.ConnectionNumberOfEntries", "0");
    }

    private RpcResult done(String session, SessionPlan plan, Step step) {
        return switch (step.action()) {
            case Action.ReadTree read -> {
                List<ParameterValue> found = tree.entrySet().stream()
                        .filter(each -> read.paths().stream().anyMatch(each.getKey()::startsWith))
                        .map(each -> new ParameterValue(each.getKey(), each.getValue(), ValueType.STRING))
                        .toList();
                device.partly(session, step, new RpcResult.Values(found));
                yield new RpcResult.TreeRead(found.size(), List.of());
            }
            case Action.WriteValues write -> {
                write.values().forEach(value -> tree.put(value.path(), value.value()));
                yield new RpcResult.Values(write.values());
            }
            case Action.CreateObject create -> new RpcResult.ObjectAdded(1, 0);
            case Action.Call call -> {
                Rpc.AddObject add = (Rpc.AddObject) call.rpc();
                tree.put(add.object() + ++instances + ".Enable", "0");
                yield new RpcResult.ObjectAdded(instances, 0);
            }
        };
    }

    /** The device calls and does as it is told, until nothing is left or this step comes; that one is still to be done. */
    private List<Step> session(String id, String until, String... events) {
        device.inform(id, events);
        while (true) {
            SessionPlan plan = device.plan();
            for (Step step : plan.steps()) {
                if (step.command().value().equals(until)) {
                    return plan.steps();
                }
                played.add(step.command().value());
                device.answer(id, plan, step, done(id, plan, step));
            }
            if (device.plan() == plan || device.plan().steps().isEmpty()) {
                device.close(id);
                return List.of();
            }
        }
    }

    private void firstSession() {
        session("s", "", "0 BOOTSTRAP");
    }

    private State state(Task task) {
        return Objects.requireNonNull(device.ledger.setup().tasks().get(task));
    }

    private static Map<String, String> writes(Step step) {
        return ((Action.WriteValues) step.action())
                .values().stream().collect(Collectors.toMap(ParameterValue::path, ParameterValue::value));
    }

    private Step step(List<Step> steps, Task task) {
        return steps.stream()
                .filter(step -> step.command().equals(task.command()))
                .findFirst()
                .orElseThrow();
    }

    private List<OpenXmppAccount> accounts() {
        return device.all.stream()
                .filter(Effect.OpenAccount.class::isInstance)
                .map(effect -> ((Effect.OpenAccount) effect).account())
                .toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Device.", "InternetGatewayDevice."})
    void aDeviceThatHasAStunClientIsToldOfTheServerInItsFirstSession(String root) {
        device.root = root;
        hasStun(root);

        List<Step> steps = session("s", "setup.STUN", "0 BOOTSTRAP");

        String server = root + "ManagementServer.";
        assertThat(writes(step(steps, Task.STUN)))
                .isEqualTo(Map.of(
                        server + "STUNEnable", "1",
                        server + "STUNServerAddress", "192.0.2.53",
                        server + "STUNServerPort", "3478",
                        server + "STUNUsername", "001122-BOX-S1~~",
                        server + "STUNPassword", "sealed-stun",
                        server + "STUNMinimumKeepAlivePeriod", "30",
                        server + "STUNMaximumKeepAlivePeriod", "60"));
    }

    @Test
    void onceItWasToldItIsNotToldAgain() {
        firstSession();
        DeviceLedger before = device.ledger;
        played.clear();

        session("t", "", "2 PERIODIC");

        assertThat(played).isEmpty();
        assertThat(state(Task.STUN)).isEqualTo(new State.Verified());
        assertThat(device.ledger.setup()).isSameAs(before.setup());
    }

    @Test
    void aDeviceWithoutAStunClientIsToldNothingAndTheRestGoesOn() {
        tree.remove("Device.ManagementServer.STUNEnable");

        firstSession();

        assertThat(played).containsExactly("setup.READ_TREE", "setup.TOGETHER");
        assertThat(state(Task.STUN))
                .isInstanceOfSatisfying(
                        State.Refused.class,
                        refused -> assertThat(refused.text()).contains("STUNEnable"));
        assertThat(state(Task.PERIODIC_INFORM)).isEqualTo(new State.Verified());
    }

    @Test
    void aDeviceThatSaysItTakesNoRequestsByStunIsToldNothing() {
        tree.put("Device.ManagementServer.SupportedConnReqMethods", "HTTP,XMPP");

        firstSession();

        assertThat(played).doesNotContain("setup.STUN");
        assertThat(state(Task.STUN))
                .isInstanceOfSatisfying(
                        State.Refused.class,
                        refused -> assertThat(refused.text()).contains("HTTP,XMPP"));
    }

    @Test
    void itsOwnCredentialsComeAfterTheWays() {
        device.authentication =
                new Authentication(Authentication.Scheme.DIGEST, "u", Authentication.Credential.FACTORY);

        firstSession();

        assertThat(played).containsExactly("setup.READ_TREE", "setup.TOGETHER", "setup.STUN", "setup.ACS_CREDENTIALS");
    }

    @Test
    void aFactoryResetDoesItAgain() {
        firstSession();
        played.clear();

        session("t", "", "0 BOOTSTRAP", "1 BOOT");

        assertThat(played).containsExactly("setup.READ_TREE", "setup.TOGETHER", "setup.STUN");
    }

    /** The same device, after the operator set something else and the service started anew. */
    private void operatorSets(WaySettings ways) {
        Scenario later = Scenario.with(ways);
        later.ledger = device.ledger;
        later.now = device.now.plusSeconds(3_600);
        device = later;
        played.clear();
    }

    @Test
    void whatTheOperatorSetsLaterReachesTheFleetAtItsNextSessions() {
        device = Scenario.with(WaySettings.NONE);
        firstSession();
        operatorSets(BY_STUN);

        session("t", "", "2 PERIODIC");

        assertThat(played).containsExactly("setup.STUN");
        assertThat(tree).containsEntry("Device.ManagementServer.STUNServerAddress", "192.0.2.53");
    }

    @Test
    void ofADeviceThatWasReadBeforeAnybodyAskedOnlyWhatMattersIsReadAgain() {
        device = Scenario.with(WaySettings.NONE);
        firstSession();
        Setup setup = device.ledger.setup();
        device.ledger = device.ledger.with(new Setup(setup.tasks(), setup.refused(), Offer.UNREAD, Map.of()));
        operatorSets(BY_STUN);

        session("t", "", "2 PERIODIC");

        assertThat(played).containsExactly("setup.READ_WAYS", "setup.STUN");
    }

    @Test
    void anotherServerIsToldToEveryDeviceEvenToOneThatRefusedTheFirst() {
        List<Step> steps = session("s", "setup.STUN", "0 BOOTSTRAP");
        String address = "Device.ManagementServer.STUNServerAddress";
        device.answer(
                "s",
                step(steps, Task.STUN),
                new RpcResult.Fault(9003, "bad", List.of(new ParameterFault(address, 9007, "no"))));
        device.close("s");
        operatorSets(new WaySettings(
                new WaySettings.Stun("192.0.2.99", 3478, Duration.ofSeconds(30), Duration.ofSeconds(60)), null));

        session("t", "", "2 PERIODIC");

        assertThat(tree).containsEntry(address, "192.0.2.99");
        assertThat(device.ledger.setup().refused()).isEmpty();
    }

    @Test
    void whatIsTurnedOffIsNotToldAnyMoreAndIsToldWhenItIsTurnedOn() {
        firstSession();
        operatorSets(WaySettings.NONE);
        session("t", "", "0 BOOTSTRAP");
        assertThat(played).doesNotContain("setup.STUN");
        operatorSets(BY_STUN);

        session("u", "", "2 PERIODIC");

        assertThat(played).containsExactly("setup.STUN");
    }

    @Test
    void aRefusalThatMattersEndsItWithTheReason() {
        List<Step> steps = session("s", "setup.STUN", "0 BOOTSTRAP");

        device.answer(
                "s",
                step(steps, Task.STUN),
                new RpcResult.Fault(
                        9003,
                        "not here",
                        List.of(new ParameterFault("Device.ManagementServer.STUNEnable", 9008, "read only"))));

        assertThat(state(Task.STUN)).isEqualTo(new State.Refused(9003, "not here"));
    }

    @Test
    void withoutBoundsOfItsKeepAlivesItIsSetUpAllTheSame() {
        List<Step> steps = session("s", "setup.STUN", "0 BOOTSTRAP");
        String bound = "Device.ManagementServer.STUNMaximumKeepAlivePeriod";
        device.answer(
                "s",
                step(steps, Task.STUN),
                new RpcResult.Fault(9003, "bad", List.of(new ParameterFault(bound, 9005, "unknown"))));
        device.close("s");

        session("t", "", "2 PERIODIC");

        assertThat(state(Task.STUN)).isEqualTo(new State.Verified());
        assertThat(tree)
                .containsEntry("Device.ManagementServer.STUNEnable", "1")
                .doesNotContainKey(bound);
    }

    @Test
    void whatProfilesSayOfTheServerIsLeftToThem() {
        device.profiles =
                Given.active("{name: a, values: {Device.ManagementServer.STUNServerAddress: stun.example.net}}");

        List<Step> steps = session("s", "setup.STUN", "0 BOOTSTRAP");

        assertThat(writes(step(steps, Task.STUN)))
                .containsKey("Device.ManagementServer.STUNEnable")
                .doesNotContainKey("Device.ManagementServer.STUNServerAddress");
    }

    @Test
    void anXmppConnectionIsAddedFilledInAndUsed() {
        device = Scenario.with(BY_XMPP);
        hasXmpp();

        firstSession();

        assertThat(played).containsExactly("setup.READ_TREE", "setup.TOGETHER", "setup.XMPP", "setup.XMPP");
        assertThat(tree)
                .containsEntry(CONNECTIONS + "1.Username", "cpe-1")
                .containsEntry(CONNECTIONS + "1.Password", "sealed-xmpp")
                .containsEntry(CONNECTIONS + "1.Domain", "example.net")
                .containsEntry(CONNECTIONS + "1.Resource", "cwmp")
                .containsEntry(CONNECTIONS + "1.UseTLS", "1")
                .containsEntry(CONNECTIONS + "1.Enable", "1")
                .containsEntry("Device.ManagementServer.ConnReqXMPPConnection", "Device.XMPP.Connection.1")
                .containsEntry("Device.ManagementServer.ConnReqAllowedJabberIDs", "homeward@example.net")
                .doesNotContainKey(CONNECTIONS + "1.ServerConnectAlgorithm");
        assertThat(state(Task.XMPP)).isEqualTo(new State.Verified());
        assertThat(accounts()).isNotEmpty().containsOnly(new OpenXmppAccount("cpe-1", "sealed-xmpp"));
        assertThat(device.ledger.known().contacts().account()).isEqualTo("cpe-1@example.net");
    }

    @Test
    void theServersAddressGetsAnObjectOfItsOwn() {
        device = Scenario.with(
                new WaySettings(null, new WaySettings.Xmpp("example.net", "cwmp", "a@b", "192.0.2.5", 5223)));
        hasXmpp();
        tree.put(CONNECTIONS + "3.Domain", "");

        firstSession();

        assertThat(tree)
                .containsEntry(CONNECTIONS + "3.ServerConnectAlgorithm", "ServerTable")
                .containsEntry(CONNECTIONS + "3.Server.1.ServerAddress", "192.0.2.5")
                .containsEntry(CONNECTIONS + "3.Server.1.Port", "5223")
                .containsEntry(CONNECTIONS + "3.Server.1.Enable", "1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Username=cpe-1", "Domain=Example.net", "Username="})
    void aConnectionThatIsThereIsTaken(String said) {
        device = Scenario.with(BY_XMPP);
        tree.put(CONNECTIONS + "1.Username", "another");
        tree.put(CONNECTIONS + "1.Domain", "elsewhere.example");
        String[] value = said.split("=", -1);
        tree.put(CONNECTIONS + "4." + value[0], value[1]);

        firstSession();

        assertThat(instances).isZero();
        assertThat(tree)
                .containsEntry("Device.ManagementServer.ConnReqXMPPConnection", "Device.XMPP.Connection.4")
                .containsEntry(CONNECTIONS + "1.Username", "another");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void afterASessionThatBrokeOffWhileAnObjectWasAddedItIsLookedWhatIsThere(boolean wasAdded) {
        device = Scenario.with(BY_XMPP);
        hasXmpp();
        List<Step> steps = session("s", "setup.XMPP", "0 BOOTSTRAP");
        if (wasAdded) {
            done("s", device.plan(), step(steps, Task.XMPP));
        }
        device.close("s", SessionClosed.Reason.TIMED_OUT);
        played.clear();

        session("t", "", "2 PERIODIC");

        assertThat(instances).isEqualTo(1);
        assertThat(played).startsWith("setup.READ_WAYS", "setup.XMPP");
        assertThat(state(Task.XMPP)).isEqualTo(new State.Verified());
    }

    @Test
    void aSessionThatMayStillAddAnObjectIsWaitedFor() {
        device = Scenario.with(BY_XMPP);
        hasXmpp();
        List<Step> steps = session("s", "setup.XMPP", "0 BOOTSTRAP");
        played.clear();

        session("t", "", "2 PERIODIC");
        done("s", device.plan(), step(steps, Task.XMPP));
        device.pass(Duration.ofMinutes(5));
        assertThat(played).isEmpty();
        session("u", "", "2 PERIODIC");

        assertThat(instances).isEqualTo(1);
        assertThat(state(Task.XMPP)).isEqualTo(new State.Verified());
    }

    @Test
    void aDeviceThatAddsNoConnectionsIsReachedByItsOtherWay() {
        device = Scenario.with(BY_BOTH);
        hasXmpp();
        List<Step> steps = session("s", "setup.STUN", "0 BOOTSTRAP");
        Step add = step(steps, Task.XMPP);
        device.answer("s", step(steps, Task.STUN), done("s", device.plan(), step(steps, Task.STUN)));

        device.answer("s", add, Scenario.fault(9005));

        assertThat(state(Task.XMPP)).isEqualTo(new State.Refused(9005, "fault 9005"));
        assertThat(state(Task.STUN)).isEqualTo(new State.Verified());
    }

    @Test
    void aConnectionThatAProfileChoosesIsLeftToIt() {
        device = Scenario.with(BY_XMPP);
        hasXmpp();
        device.profiles = Given.active(
                "{name: a, values: {Device.ManagementServer.ConnReqXMPPConnection: Device.XMPP.Connection.9}}");

        firstSession();

        assertThat(instances).isZero();
        assertThat(accounts()).isEmpty();
        assertThat(state(Task.XMPP)).isEqualTo(new State.Verified());
    }

    @Test
    void aTreeThatCannotBeReadLeavesTheWaysAReadingOfTheirOwn() {
        List<Step> steps = session("s", "setup.READ_TREE", "0 BOOTSTRAP");

        device.answer("s", steps.getFirst(), Scenario.fault(9005));
        device.answer("s", steps.getLast(), new RpcResult.Applied(0));

        assertThat(device.plan().steps())
                .extracting(step -> step.command().value())
                .containsExactly("setup.READ_WAYS");
        device.answer("s", device.plan().steps().getFirst(), Scenario.fault(9005));
        assertThat(state(Task.STUN)).isInstanceOf(State.Refused.class);
        assertThat(device.plan().steps()).isEmpty();
    }
}
