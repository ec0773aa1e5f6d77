package org.homeward.provisioning.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.homeward.contracts.plan.Action;
import org.homeward.contracts.plan.Step;
import org.homeward.contracts.rpc.ParameterFault;
import org.homeward.contracts.rpc.ParameterValue;
import org.homeward.contracts.rpc.RpcResult;
import org.homeward.contracts.rpc.ValueType;
import org.homeward.contracts.session.Authentication;
import org.homeward.contracts.session.SessionEvent.SessionClosed;
import org.homeward.provisioning.plan.Setup.State;
import org.homeward.provisioning.plan.Setup.Task;
import org.junit.jupiter.api.Test;

class FirstContactTest {

    private final Scenario device = new Scenario();

    private static List<String> paths(Step step) {
        return switch (step.action()) {
            case Action.ReadTree tree -> tree.paths();
            case Action.WriteValues write ->
                write.values().stream().map(ParameterValue::path).toList();
            case Action.Call call -> List.of();
            case Action.CreateObject create -> List.of();
        };
    }

    private Step step(Task task) {
        return device.plan().steps().stream()
                .filter(step ->
                        step.command().equals(task.command()) || step.command().equals(task.command(1)))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void anUnknownDeviceIsReadAndSetUpByOnePlanAndAsFewWritesAsCanBe() {
        device.inform("s", "0 BOOTSTRAP", "1 BOOT");
        assertThat(device.plan().steps())
                .extracting(FirstContactTest::paths)
                .containsExactly(
                        List.of("Device."),
                        List.of(
                                "Device.ManagementServer.ConnectionRequestUsername",
                                "Device.ManagementServer.ConnectionRequestPassword",
                                "Device.ManagementServer.PeriodicInformEnable",
                                "Device.ManagementServer.PeriodicInformInterval",
                                "Device.ManagementServer.PeriodicInformTime"));

        for (Step step : device.plan().steps()) {
            device.answer("s", step, Scenario.reading().test(step) ? Scenario.tree() : new RpcResult.Applied(0));
        }

        assertThat(device.plan().steps()).isEmpty();
        assertThat(device.plan().last()).isTrue();
        assertThat(device.ledger.setup().tasks().values()).hasOnlyElementsOfType(State.Verified.class);
    }

    @Test
    void whatTheDeviceRefusesTogetherItIsToldOneByOneInTheSameSession() {
        device.inform("s", "0 BOOTSTRAP");
        device.answer("s", step(Task.READ_TREE), Scenario.tree());

        device.answer("s", step(Task.PERIODIC_PHASE), Scenario.fault(9003));

        assertThat(device.plan().steps())
                .extracting(Step::command)
                .containsExactly(
                        Task.CONNECTION_REQUEST.command(),
                        Task.PERIODIC_INFORM.command(),
                        Task.PERIODIC_PHASE.command());
        device.answer("s", step(Task.CONNECTION_REQUEST), new RpcResult.Applied(0));
        device.answer("s", step(Task.PERIODIC_INFORM), new RpcResult.Applied(0));
        device.answer("s", step(Task.PERIODIC_PHASE), Scenario.fault(9005));
        assertThat(device.ledger.setup().tasks())
                .containsEntry(Task.CONNECTION_REQUEST, new State.Verified())
                .containsEntry(Task.PERIODIC_INFORM, new State.Verified());
        assertThat(device.ledger.setup().tasks().get(Task.PERIODIC_PHASE)).isInstanceOf(State.Refused.class);
    }

    @Test
    void anUnknownDeviceIsSetUpEvenWhenItsFirstInformHasNoBootstrap() {
        device.inform("s", "2 PERIODIC");
        assertThat(device.plan().steps()).hasSize(2);
    }

    @Test
    void theRootIsTheOneTheInformUses() {
        device.root = "InternetGatewayDevice.";
        device.inform("s", "0 BOOTSTRAP");
        assertThat(paths(step(Task.READ_TREE))).containsExactly("InternetGatewayDevice.");
    }

    @Test
    void withoutAnyParameterInTheInformTheRootIsFoundByReading() {
        device.root = "";
        device.inform("s", "0 BOOTSTRAP");
        assertThat(device.plan().steps()).hasSize(1);
        device.answer("s", step(Task.READ_TREE), new RpcResult.TreeRead(10, List.of("Device.")));
        assertThat(device.ledger.known().root()).isEqualTo("InternetGatewayDevice.");
        assertThat(paths(step(Task.CONNECTION_REQUEST)).getFirst()).startsWith("InternetGatewayDevice.");
    }

    @Test
    void passwordsTravelSealed() {
        device.inform("s", "0 BOOTSTRAP");
        assertThat(step(Task.CONNECTION_REQUEST).action()).isInstanceOfSatisfying(Action.WriteValues.class, write -> {
            assertThat(write.values().get(1).sealed()).isTrue();
            assertThat(write.values().get(1).value()).isEqualTo("sealed-cr");
        });
    }

    @Test
    void aDeviceThatKeepsItsUserNameIsWokenByThatName() {
        device.inform("s", "0 BOOTSTRAP");
        String path = "Device.ManagementServer.ConnectionRequestUsername";
        device.answer(
                "s",
                step(Task.CONNECTION_REQUEST),
                new RpcResult.Values(List.of(new ParameterValue(path, "cwmp", ValueType.STRING))));
        device.close("s");

        device.order("o", Scenario.get("Device.X"));

        assertThat(device.wakesNow())
                .singleElement()
                .satisfies(request -> assertThat(request.username()).isEqualTo("cwmp"));
    }

    @Test
    void aDeviceWithFactoryCredentialsGetsItsOwnLast() {
        device.authentication =
                new Authentication(Authentication.Scheme.DIGEST, "u", Authentication.Credential.FACTORY);
        device.inform("s", "0 BOOTSTRAP");
        assertThat(paths(device.plan().steps().getLast()))
                .containsExactly("Device.ManagementServer.Username", "Device.ManagementServer.Password");
    }

    @Test
    void onceDoneItIsNotDoneAgain() {
        Scenario known = Scenario.ofKnownDevice();
        known.inform("s", "2 PERIODIC");
        assertThat(known.plan().steps()).isEmpty();
    }

    @Test
    void bootstrapForgetsWhatWasKnownAndDoesItAllAgain() {
        Scenario known = Scenario.ofKnownDevice();
        known.url = null;
        known.inform("s", "0 BOOTSTRAP", "1 BOOT");
        assertThat(known.plan().steps()).hasSize(2);
        assertThat(known.ledger.known().connectionRequestUrl()).isEmpty();
    }

    @Test
    void aParameterTheDeviceLacksIsRememberedAndTheRestIsTriedOnce() {
        device.inform("s", "0 BOOTSTRAP");
        String lacking = "Device.ManagementServer.PeriodicInformInterval";
        device.answer("s", step(Task.READ_TREE), Scenario.tree());
        device.answer("s", step(Task.PERIODIC_INFORM), Scenario.fault(9003));
        device.answer(
                "s",
                step(Task.PERIODIC_INFORM),
                new RpcResult.Fault(9003, "bad", List.of(new ParameterFault(lacking, 9005, "unknown"))));
        device.close("s");
        device.pass(Duration.ofHours(1));
        device.inform("s2", "2 PERIODIC");
        assertThat(device.plan().steps())
                .filteredOn(step -> step.command().equals(Task.PERIODIC_INFORM.command()))
                .singleElement()
                .satisfies(step ->
                        assertThat(paths(step)).containsExactly("Device.ManagementServer.PeriodicInformEnable"));
        assertThat(device.ledger.setup().refused()).containsEntry(lacking, 9005);
    }

    @Test
    void aPermanentFaultIsNotTriedAgainUntilTheSoftwareChanges() {
        device.inform("s", "0 BOOTSTRAP");
        for (int i = 0; i < 2; i++) {
            for (Step step : device.plan().steps()) {
                device.answer("s", step, Scenario.fault(9005));
            }
        }
        device.close("s");
        device.inform("s2", "2 PERIODIC");
        assertThat(device.plan().steps()).isEmpty();
        device.close("s2");
        device.softwareVersion = "2.0";
        device.inform("s3", "1 BOOT");
        assertThat(device.plan().steps()).hasSize(2);
    }

    @Test
    void newSoftwareIsReadAgain() {
        Scenario known = Scenario.ofKnownDevice();
        known.softwareVersion = "2.0";
        known.inform("s", "1 BOOT");
        assertThat(known.plan().steps()).singleElement().matches(Scenario.reading());
    }

    @Test
    void aPassingFaultIsTriedAgainLaterAndNotForEver() {
        device.inform("s0", "0 BOOTSTRAP");
        int tries = 0;
        for (int i = 0; i < 20; i++) {
            for (Step step : device.plan().steps()) {
                tries += step.command().equals(Task.READ_TREE.command()) ? 1 : 0;
                device.answer(
                        "s" + i,
                        step,
                        step.command().equals(Task.READ_TREE.command())
                                ? Scenario.fault(9002)
                                : new RpcResult.Applied(0));
            }
            device.close("s" + i);
            device.pass(Duration.ofHours(1));
            device.inform("s" + (i + 1), "2 PERIODIC");
        }
        assertThat(tries).isEqualTo(Scenario.POLICY.faultAttempts());
        assertThat(device.ledger.setup().tasks().get(Task.READ_TREE)).isInstanceOf(State.Refused.class);
    }

    @Test
    void aSessionThatBreaksOffLeavesTheRestForTheNextOne() {
        device.inform("s", "0 BOOTSTRAP");
        device.answer("s", step(Task.READ_TREE), Scenario.tree());
        device.close("s", SessionClosed.Reason.TIMED_OUT);
        device.inform("s2", "2 PERIODIC");
        assertThat(device.plan().steps()).hasSize(3);
    }

    @Test
    void aValueThatReadsBackOtherwiseIsNotWrittenForEver() {
        device.inform("s", "0 BOOTSTRAP");
        device.answer(
                "s",
                step(Task.PERIODIC_PHASE),
                new RpcResult.Values(List.of(new ParameterValue(
                        "Device.ManagementServer.PeriodicInformTime", "0001-01-01T00:00:00Z", ValueType.DATE_TIME))));
        assertThat(device.ledger.setup().tasks().get(Task.PERIODIC_PHASE)).isInstanceOf(State.Refused.class);
    }

    @Test
    void booleansThatAreSpelledOtherwiseAreTheSame() {
        device.inform("s", "0 BOOTSTRAP");
        device.answer(
                "s",
                step(Task.PERIODIC_INFORM),
                new RpcResult.Values(List.of(
                        new ParameterValue("Device.ManagementServer.PeriodicInformEnable", "true", ValueType.BOOLEAN),
                        new ParameterValue(
                                "Device.ManagementServer.PeriodicInformInterval", "3600", ValueType.UNSIGNED_INT))));
        assertThat(device.ledger.setup().tasks().get(Task.PERIODIC_INFORM)).isInstanceOf(State.Verified.class);
    }

    @Test
    void ordersComeBeforeTheSetUp() {
        device.happen(new Input.Registered());
        device.order("o", Scenario.get("Device.X"));
        device.inform("s", "0 BOOTSTRAP");
        assertThat(device.plan().steps().getFirst().command().value()).isEqualTo("o");
        assertThat(device.plan().steps()).hasSize(3);
    }
}
