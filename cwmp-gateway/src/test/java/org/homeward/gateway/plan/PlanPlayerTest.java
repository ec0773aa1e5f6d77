package org.homeward.gateway.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.Arrays;
import java.util.List;
import org.homeward.contracts.CommandId;
import org.homeward.contracts.PlanId;
import org.homeward.contracts.SessionId;
import org.homeward.contracts.plan.Action;
import org.homeward.contracts.plan.GatewayCommand.SessionPlan;
import org.homeward.contracts.plan.Step;
import org.homeward.contracts.rpc.ParameterFault;
import org.homeward.contracts.rpc.ParameterInfo;
import org.homeward.contracts.rpc.ParameterValue;
import org.homeward.contracts.rpc.Rpc;
import org.homeward.contracts.rpc.RpcResult;
import org.homeward.contracts.rpc.ValueType;
import org.homeward.gateway.plan.PlanPlayer.Completion;
import org.junit.jupiter.api.Test;

class PlanPlayerTest {

    private static final Rpc REBOOT = new Rpc.Reboot("key");
    private final FakeCpe cpe = new FakeCpe();

    private static SessionPlan plan(boolean stopOnFault, Action... actions) {
        List<Step> steps = new java.util.ArrayList<>();
        for (Action action : actions) {
            steps.add(new Step(new CommandId("c" + (steps.size() + 1)), action, stopOnFault));
        }
        return new SessionPlan(new SessionId("s"), new PlanId("p"), steps, true);
    }

    private static ParameterValue value(String path, String value, ValueType type) {
        return new ParameterValue(path, value, type);
    }

    @Test
    void anEmptyPlanIsOverAtOnce() {
        var progress = PlanPlayer.start(plan(false));

        assertThat(progress.completed()).isEmpty();
        assertThat(progress.next()).isEmpty();
    }

    @Test
    void playsStepsInOrderAndSaysWhichOneEndsThePlan() {
        var completed = cpe.play(new Action.Call(new Rpc.GetRPCMethods()), new Action.Call(REBOOT));

        assertThat(cpe.asked).containsExactly(new Rpc.GetRPCMethods(), REBOOT);
        assertThat(completed)
                .containsExactly(
                        new Completion(new CommandId("c1"), "GetRPCMethods", null, new RpcResult.Done(), true, false),
                        new Completion(new CommandId("c2"), "Reboot", null, new RpcResult.Done(), true, true));
    }

    @Test
    void passesOverStepsThatNeedNoRpc() {
        var completed = cpe.play(
                new Action.ReadTree(List.of()), new Action.Call(REBOOT), new Action.WriteValues(List.of(), "key"));

        assertThat(cpe.asked).containsExactly(REBOOT);
        assertThat(completed).extracting(Completion::method).containsExactly("ReadTree", "Reboot", "WriteValues");
        assertThat(completed).extracting(Completion::stepDone).containsExactly(true, true, true);
        assertThat(completed).extracting(Completion::planDone).containsExactly(false, false, true);
    }

    @Test
    void goesOnAfterAFault() {
        cpe.mood = rpc -> rpc instanceof Rpc.GetRPCMethods ? FakeCpe.fault(9000) : null;

        cpe.play(plan(false, new Action.Call(new Rpc.GetRPCMethods()), new Action.Call(REBOOT)));

        assertThat(cpe.asked).contains(REBOOT);
    }

    @Test
    void leavesTheRestUnplayedWhereAFaultStops() {
        cpe.mood = rpc -> FakeCpe.fault(9001);

        var completed = cpe.play(plan(true, new Action.Call(new Rpc.GetRPCMethods()), new Action.Call(REBOOT)));

        assertThat(cpe.asked).containsExactly(new Rpc.GetRPCMethods());
        assertThat(completed).singleElement().satisfies(only -> {
            assertThat(only.stepDone()).isTrue();
            assertThat(only.planDone()).isTrue();
        });
    }

    @Test
    void aFaultOnTheWayOfAStepDoesNotStopThePlan() {
        cpe.with("Device.A.X");
        cpe.mood = rpc ->
                rpc instanceof Rpc.GetParameterNames names && names.path().isEmpty() ? FakeCpe.fault(9003) : null;

        cpe.play(plan(true, new Action.ReadTree(List.of("")), new Action.Call(REBOOT)));

        assertThat(cpe.asked).contains(REBOOT);
    }

    @Test
    void saysThatAnAnswerNeverCame() {
        PlanPlayer player = PlanPlayer.start(plan(false, new Action.Call(REBOOT), new Action.Call(REBOOT)))
                .next()
                .orElseThrow();

        Completion unanswered = player.unanswered("gone");

        assertThat(unanswered)
                .isEqualTo(new Completion(
                        new CommandId("c1"), "Reboot", null, new RpcResult.Unanswered("gone"), true, true));
    }

    @Test
    void tellsTheRequestWhereTheAnswerDoesNot() {
        var set = new Rpc.SetParameterValues(List.of(value("Device.A", "1", ValueType.INT)), "key");
        var delete = new Rpc.DeleteObject("Device.T.1.", "key");
        var attributes = new Rpc.SetParameterAttributes(List.of());

        var completed = cpe.play(
                new Action.Call(set), new Action.Call(delete), new Action.Call(attributes), new Action.Call(REBOOT));

        assertThat(completed).extracting(Completion::request).containsExactly(set, delete, attributes, null);
    }

    // --- WriteValues -------------------------------------------------------------------------------------------

    @Test
    void writesAndReadsBack() {
        cpe.with("Device.A");

        var completed = cpe.play(new Action.WriteValues(List.of(value("Device.A", "new", ValueType.STRING)), "key"));

        assertThat(cpe.asked)
                .containsExactly(
                        new Rpc.SetParameterValues(List.of(value("Device.A", "new", ValueType.STRING)), "key"),
                        new Rpc.GetParameterValues(List.of("Device.A")));
        assertThat(completed.getFirst().stepDone()).isFalse();
        assertThat(completed.getLast().result())
                .isEqualTo(new RpcResult.Values(List.of(value("Device.A", "new", ValueType.STRING))));
        assertThat(completed.getLast().stepDone()).isTrue();
    }

    @Test
    void looksUpNamesAndTypesThatNobodyTold() {
        cpe.mood = rpc -> switch (rpc) {
            case Rpc.GetParameterNames names -> names("Device.Enable", "Device.Odd", "Device.Count");
            case Rpc.GetParameterValues values ->
                new RpcResult.Values(List.of(value("Device.Enable", "0", ValueType.BOOLEAN)));
            default -> null;
        };

        cpe.play(new Action.WriteValues(
                List.of(
                        value("Device.Enable", "1", ValueType.UNKNOWN),
                        value("Device.Odd", "x", ValueType.UNKNOWN),
                        value("Device.Count", "3", ValueType.UNSIGNED_INT)),
                "key"));

        assertThat(cpe.asked)
                .startsWith(
                        new Rpc.GetParameterNames("Device.", true),
                        new Rpc.GetParameterValues(List.of("Device.Enable", "Device.Odd")),
                        new Rpc.SetParameterValues(
                                List.of(
                                        value("Device.Enable", "1", ValueType.BOOLEAN),
                                        value("Device.Odd", "x", ValueType.STRING),
                                        value("Device.Count", "3", ValueType.UNSIGNED_INT)),
                                "key"));
    }

    @Test
    void doesNotWriteWhatTheCpeDoesNotList() {
        cpe.mood = rpc -> rpc instanceof Rpc.GetParameterNames ? names("Device.WiFi.SSID") : null;

        var completed = cpe.play(new Action.WriteValues(
                List.of(
                        value("Device.WiFi.SSID", "home", ValueType.UNKNOWN),
                        value("Device.WiFi.Colour", "blue", ValueType.UNKNOWN)),
                "key"));

        assertThat(cpe.asked).containsExactly(new Rpc.GetParameterNames("Device.WiFi.", true));
        assertThat(completed.getLast().stepDone()).isTrue();
        assertThat(completed.getLast().result())
                .isInstanceOfSatisfying(
                        RpcResult.Fault.class,
                        fault -> assertThat(fault.parameters())
                                .extracting(ParameterFault::parameter, ParameterFault::code)
                                .containsExactly(tuple("Device.WiFi.Colour", 9005)));
    }

    @Test
    void anObjectThatTheCpeDoesNotHaveLacksItsParameters() {
        cpe.mood = rpc -> FakeCpe.fault(9005);

        cpe.play(new Action.WriteValues(List.of(value("Device.Nowhere.X", "x", ValueType.UNKNOWN)), "key"));

        assertThat(cpe.asked).containsExactly(new Rpc.GetParameterNames("Device.Nowhere.", true));
    }

    @Test
    void aStepUsesWhatAnEarlierOneRead() {
        cpe.with("Device.WiFi.SSID");

        cpe.play(
                new Action.ReadTree(List.of("Device.")),
                new Action.WriteValues(List.of(value("Device.WiFi.SSID", "home", ValueType.UNKNOWN)), "key"),
                new Action.WriteValues(List.of(value("Device.WiFi.Colour", "blue", ValueType.STRING)), "key"));

        assertThat(cpe.asked(Rpc.GetParameterNames.class)).hasSize(1);
        assertThat(cpe.asked(Rpc.SetParameterValues.class))
                .containsExactly(new Rpc.SetParameterValues(
                        List.of(value("Device.WiFi.SSID", "home", ValueType.STRING)), "key"));
    }

    @Test
    void writesWhatComesWithItsTypeWithoutAsking() {
        cpe.play(new Action.WriteValues(List.of(value("Device.Hidden", "x", ValueType.STRING)), "key"));

        assertThat(cpe.asked.getFirst()).isInstanceOf(Rpc.SetParameterValues.class);
    }

    @Test
    void writesIntoAnInstanceThatCameAfterTheListing() {
        cpe.with("Device.Table.1.Enable");

        cpe.play(
                new Action.ReadTree(List.of("Device.")),
                new Action.CreateObject("Device.Table.", List.of(value("Enable", "1", ValueType.BOOLEAN)), "key"));

        assertThat(cpe.asked(Rpc.SetParameterValues.class))
                .containsExactly(new Rpc.SetParameterValues(
                        List.of(value("Device.Table.7.Enable", "1", ValueType.BOOLEAN)), "key"));
    }

    private static RpcResult.Names names(String... paths) {
        return new RpcResult.Names(
                Arrays.stream(paths).map(path -> new ParameterInfo(path, true)).toList());
    }

    @Test
    void keepsSealedValuesSealed() {
        var secret = new ParameterValue("Device.WiFi.KeyPassphrase", "sealed", ValueType.UNKNOWN, true);
        cpe.with("Device.WiFi.KeyPassphrase");

        cpe.play(new Action.WriteValues(List.of(secret), "key"));

        assertThat(cpe.asked(Rpc.SetParameterValues.class).getFirst().parameters())
                .containsExactly(new ParameterValue("Device.WiFi.KeyPassphrase", "sealed", ValueType.STRING, true));
    }

    @Test
    void letsTheWriteSayWhichParameterIsWrong() {
        var fault = new RpcResult.Fault(
                9003, "Invalid arguments", List.of(new ParameterFault("Device.Nowhere", 9005, "no such parameter")));
        cpe.mood = rpc -> rpc instanceof Rpc.SetParameterValues ? fault : FakeCpe.fault(9001);

        var completed =
                cpe.play(new Action.WriteValues(List.of(value("Device.Nowhere", "x", ValueType.UNKNOWN)), "key"));

        assertThat(completed.getLast().result()).isEqualTo(fault);
        assertThat(completed.getLast().request()).isInstanceOf(Rpc.SetParameterValues.class);
        assertThat(completed.getLast().stepDone()).isTrue();
    }

    @Test
    void endsWithAppliedWhereTheValuesCanNotBeRead() {
        cpe.mood = rpc -> rpc instanceof Rpc.GetParameterValues ? FakeCpe.fault(9005) : new RpcResult.Applied(1);

        var completed = cpe.play(new Action.WriteValues(List.of(value("Device.A", "x", ValueType.STRING)), "key"));

        assertThat(completed)
                .extracting(Completion::result)
                .containsExactly(new RpcResult.Applied(1), FakeCpe.fault(9005), new RpcResult.Applied(1));
        assertThat(completed).extracting(Completion::stepDone).containsExactly(false, false, true);
        assertThat(completed.getLast().method()).isEqualTo("WriteValues");
    }

    // --- CreateObject ------------------------------------------------------------------------------------------

    @Test
    void addsAnObjectWithoutValues() {
        var completed = cpe.play(new Action.CreateObject("Device.Table.", List.of(), "key"));

        assertThat(cpe.asked).containsExactly(new Rpc.AddObject("Device.Table.", "key"));
        assertThat(completed).singleElement().satisfies(only -> {
            assertThat(only.result()).isEqualTo(new RpcResult.ObjectAdded(7, 0));
            assertThat(only.stepDone()).isTrue();
        });
    }

    @Test
    void addsAnObjectAndSetsItsValues() {
        var completed = cpe.play(
                new Action.CreateObject("Device.Table.", List.of(value("Enable", "1", ValueType.BOOLEAN)), "key"));

        assertThat(cpe.asked)
                .containsExactly(
                        new Rpc.AddObject("Device.Table.", "key"),
                        new Rpc.SetParameterValues(
                                List.of(value("Device.Table.7.Enable", "1", ValueType.BOOLEAN)), "key"),
                        new Rpc.GetParameterValues(List.of("Device.Table.7.Enable")));
        assertThat(completed)
                .extracting(Completion::method)
                .containsExactly("AddObject", "SetParameterValues", "GetParameterValues", "CreateObject");
        assertThat(completed.getLast().result()).isEqualTo(new RpcResult.ObjectAdded(7, 0));
        assertThat(completed).extracting(Completion::stepDone).containsExactly(false, false, false, true);
    }

    @Test
    void endsWithTheFaultOfTheObject() {
        cpe.mood = rpc -> FakeCpe.fault(9004);

        var completed = cpe.play(
                new Action.CreateObject("Device.Table.", List.of(value("Enable", "1", ValueType.BOOLEAN)), "key"));

        assertThat(completed)
                .singleElement()
                .satisfies(only -> assertThat(only.result()).isEqualTo(FakeCpe.fault(9004)));
    }

    @Test
    void endsWithTheFaultOfTheValuesAfterTheObjectIsThere() {
        cpe.mood = rpc -> rpc instanceof Rpc.SetParameterValues ? FakeCpe.fault(9007) : null;

        var completed = cpe.play(
                new Action.CreateObject("Device.Table.", List.of(value("Mode", "odd", ValueType.STRING)), "key"));

        assertThat(completed)
                .extracting(Completion::result)
                .containsExactly(new RpcResult.ObjectAdded(7, 0), FakeCpe.fault(9007));
        assertThat(completed).extracting(Completion::stepDone).containsExactly(false, true);
    }
}
