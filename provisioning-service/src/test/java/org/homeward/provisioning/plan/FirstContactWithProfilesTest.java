package org.homeward.provisioning.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.homeward.contracts.plan.Action;
import org.homeward.contracts.plan.GatewayCommand.SessionPlan;
import org.homeward.contracts.plan.Step;
import org.homeward.contracts.rpc.ParameterValue;
import org.homeward.contracts.rpc.RpcResult;
import org.homeward.contracts.rpc.ValueType;
import org.homeward.provisioning.profile.Given;
import org.junit.jupiter.api.Test;

class FirstContactWithProfilesTest {

    private static final String SERVER = "Device.ManagementServer.";
    private static final String ENABLE = SERVER + "PeriodicInformEnable";
    private static final String INTERVAL = SERVER + "PeriodicInformInterval";
    private static final String TIME = SERVER + "PeriodicInformTime";
    private static final String MODEL = "Device.DeviceInfo.ModelName";

    private final Scenario device = new Scenario();

    /** All that a plan writes, by path. */
    private static Map<String, String> writes(SessionPlan plan) {
        return plan.steps().stream()
                .map(Step::action)
                .filter(Action.WriteValues.class::isInstance)
                .flatMap(action -> ((Action.WriteValues) action).values().stream())
                .collect(Collectors.toMap(ParameterValue::path, ParameterValue::value));
    }

    /** A box fresh from the shop that does as it is told, until nothing is left; what it was told, plan by plan. */
    private List<Map<String, String>> firstSession(String model) {
        List<SessionPlan> plans = new ArrayList<>();
        device.inform("s", "0 BOOTSTRAP");
        do {
            SessionPlan plan = device.plan();
            plans.add(plan);
            for (Step step : plan.steps()) {
                answer(plan, step, model);
            }
        } while (!device.plan().last() || !device.plan().steps().isEmpty());
        device.close("s");
        return plans.stream().map(FirstContactWithProfilesTest::writes).toList();
    }

    private void answer(SessionPlan plan, Step step, String model) {
        if (step.action() instanceof Action.WriteValues write) {
            device.answer("s", plan, step, new RpcResult.Values(write.values()));
        } else {
            device.partly(
                    "s",
                    step,
                    new RpcResult.Values(List.of(
                            new ParameterValue(ENABLE, "1", ValueType.BOOLEAN),
                            new ParameterValue(INTERVAL, "86400", ValueType.UNSIGNED_INT),
                            new ParameterValue(TIME, "0001-01-01T00:00:00Z", ValueType.DATE_TIME),
                            new ParameterValue(MODEL, model, ValueType.STRING))));
            device.answer("s", plan, step, Scenario.tree());
        }
    }

    private static List<String> said(List<Map<String, String>> writes, String path) {
        return writes.stream()
                .filter(each -> each.containsKey(path))
                .map(each -> each.getOrDefault(path, ""))
                .toList();
    }

    @Test
    void howOftenADeviceCallsIsSaidOnceByTheProfileThatSpeaksOfIt() {
        device.profiles = Given.active("{name: a, connection: {PeriodicInformInterval: 300}}");

        List<Map<String, String>> writes = firstSession("X");

        assertThat(said(writes, INTERVAL)).containsExactly("300");
        assertThat(said(writes, ENABLE)).containsExactly("1");
        assertThat(said(writes, TIME)).hasSize(1);
        assertThat(device.ledger.standing().settled()).isTrue();
        assertThat(device.ledger.setup().tasks().values()).allMatch(Setup.State.Verified.class::isInstance);
    }

    @Test
    void devicesThatCallOnceADayAreSpreadOverTheDay() {
        device.profiles = Given.active("{name: a, values: {" + INTERVAL + ": 86400}}");

        List<Map<String, String>> writes = firstSession("X");

        Scenario other = new Scenario();
        other.inform("s", "0 BOOTSTRAP");
        Function<Map<String, String>, String> time = all -> all.getOrDefault(TIME, "");
        assertThat(said(writes, TIME)).singleElement().isNotEqualTo(time.apply(writes(other.plan())));
    }

    @Test
    void aProfileForOthersLeavesItToFirstContact() {
        device.profiles = Given.active(
                "{name: a, condition: device.productClass == 'OTHER', connection: {PeriodicInformInterval: 300}}");

        List<Map<String, String>> writes = firstSession("X");

        assertThat(said(writes, INTERVAL)).containsExactly("3600");
    }

    @Test
    void whereAProfileDependsOnWhatTheDeviceReportsItIsReadFirst() {
        device.profiles = Given.active("{name: a, condition: 'reported[\"" + MODEL
                + "\"] == \"X\"', connection: {PeriodicInformInterval: 300}}");

        assertThat(said(firstSession("X"), INTERVAL)).containsExactly("300");
    }

    @Test
    void whereTheDeviceReportsAnotherModelFirstContactSaysIt() {
        device.profiles = Given.active("{name: a, condition: 'reported[\"" + MODEL
                + "\"] == \"X\"', connection: {PeriodicInformInterval: 300}}");

        assertThat(said(firstSession("Y"), INTERVAL)).containsExactly("3600");
    }

    @Test
    void whatProfilesCanNotAgreeOnIsAsFirstContactSays() {
        device.profiles = Given.active(
                "{name: a, condition: device.oui == '001122', connection: {PeriodicInformInterval: 300}}",
                "{name: b, condition: device.productClass == 'BOX', connection: {PeriodicInformInterval: 600}}");

        assertThat(said(firstSession("X"), INTERVAL)).containsExactly("3600");
    }

    @Test
    void nothingIsLeftToDoWhereProfilesSayAllOfIt() {
        device.profiles = Given.active("{name: a, connection: {PeriodicInformEnable: true, PeriodicInformInterval: 300,"
                + " PeriodicInformTime: '2026-01-01T00:00:00Z'}}");

        List<Map<String, String>> writes = firstSession("X");

        assertThat(writes).hasSize(2);
        assertThat(writes.getFirst()).doesNotContainKeys(ENABLE, INTERVAL, TIME);
        assertThat(said(writes, INTERVAL)).containsExactly("300");
        assertThat(said(writes, TIME)).containsExactly("2026-01-01T00:00:00Z");
        assertThat(device.ledger.setup().tasks().values()).allMatch(Setup.State.Verified.class::isInstance);
    }
}
