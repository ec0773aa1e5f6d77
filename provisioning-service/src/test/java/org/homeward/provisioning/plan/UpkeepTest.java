package org.homeward.provisioning.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.homeward.contracts.device.DeviceFacts;
import org.homeward.contracts.order.OrderEvent.OrderSucceeded;
import org.homeward.contracts.plan.Action;
import org.homeward.contracts.plan.GatewayCommand.SessionPlan;
import org.homeward.contracts.plan.Step;
import org.homeward.contracts.rpc.ParameterValue;
import org.homeward.contracts.rpc.RpcResult;
import org.homeward.contracts.rpc.ValueType;
import org.homeward.contracts.session.SessionEvent.SessionClosed;
import org.homeward.provisioning.profile.ActiveProfiles;
import org.homeward.provisioning.profile.Given;
import org.homeward.provisioning.reconcile.Item;
import org.homeward.provisioning.reconcile.Standing;
import org.junit.jupiter.api.Test;

class UpkeepTest {

    private static final String NAME = "Device.WiFi.SSID.1.SSID";
    private static final String PROFILE = "{name: a, values: {" + NAME + ": home, Device.B: b}}";

    private final Scenario device = new Scenario();

    private static ParameterValue value(String path, String value) {
        return new ParameterValue(path, value, ValueType.STRING);
    }

    private static List<String> commands(SessionPlan plan) {
        return plan.steps().stream().map(step -> step.command().value()).toList();
    }

    /** Answers what first contact asks, the data model with these values. */
    private void answerSetup(String session, ParameterValue... tree) {
        SessionPlan plan = device.plan();
        for (Step step : plan.steps()) {
            if (step.action() instanceof Action.ReadTree) {
                device.partly(session, step, new RpcResult.Values(List.of(tree)));
                device.answer(session, plan, step, Scenario.tree());
            } else {
                device.answer(session, plan, step, new RpcResult.Applied(0));
            }
        }
    }

    private Step only() {
        assertThat(device.plan().steps()).hasSize(1);
        return device.plan().steps().getFirst();
    }

    private static List<ParameterValue> written(Step step) {
        return ((Action.WriteValues) step.action()).values();
    }

    private Item item(String path) {
        Item item = device.ledger.standing().items().get(path);
        assertThat(item).as(path).isNotNull();
        return item == null ? Item.UNREAD : item;
    }

    /** A device whose first contact made it what the profile says. */
    private void settled() {
        device.profiles = Given.active(PROFILE);
        device.inform("first", "0 BOOTSTRAP");
        answerSetup("first", value(NAME, "factory"), value("Device.B", "b"));
        device.answer("first", only(), new RpcResult.Values(List.of(value(NAME, "home"))));
        device.close("first");
    }

    @Test
    void firstContactIsFollowedInTheSameSessionByWhatTheProfileSays() {
        device.profiles = Given.active(PROFILE);
        device.inform("s", "0 BOOTSTRAP");
        assertThat(device.plan().last()).isFalse();
        assertThat(commands(device.plan())).allMatch(command -> command.startsWith("setup."));

        answerSetup("s", value(NAME, "factory"), value("Device.B", "b"));

        assertThat(written(only())).containsExactly(value(NAME, "home"));
        device.answer("s", only(), new RpcResult.Values(List.of(value(NAME, "home"))));
        assertThat(device.plan().steps()).isEmpty();
        assertThat(device.plan().last()).isTrue();
        assertThat(device.ledger.standing().settled()).isTrue();
    }

    @Test
    void aSessionWithNothingToDoIsNotWorthAWrite() {
        settled();
        DeviceLedger stored = device.ledger.forGood();

        device.inform("s", "2 PERIODIC");
        device.close("s");

        assertThat(device.plan().steps()).isEmpty();
        assertThat(device.ledger.differsForGood(stored)).isFalse();
        assertThat(device.ledger.standing()).isSameAs(stored.standing());
    }

    @Test
    void withoutProfilesNothingIsRemembered() {
        device.inform("s", "0 BOOTSTRAP");
        answerSetup("s");

        assertThat(device.ledger.standing()).isSameAs(Standing.NONE);
    }

    @Test
    void aTagThatTheRegistryTellsMakesItsProfileApply() {
        settled();
        device.profiles = Given.active(
                PROFILE, "{name: b, priority: 200, condition: '\"vip\" in device.tags', values: {Device.B: vip}}");
        device.inform("before", "2 PERIODIC");
        assertThat(device.plan().steps()).isEmpty();
        device.close("before");

        device.happen(new Input.Described(new DeviceFacts(
                Scenario.IDENTITY, "Device.", "1.0", "", "", Set.of("vip"), "alice", false, true, null, List.of())));

        device.inform("after", "2 PERIODIC");
        assertThat(written(only())).containsExactly(value("Device.B", "vip"));
    }

    @Test
    void ordersOfPeopleComeBeforeProfiles() {
        settled();
        device.profiles = Given.active("{name: a, values: {" + NAME + ": other}}");
        device.order("o", Scenario.get("Device.X"));

        device.inform("s", "6 CONNECTION REQUEST");

        assertThat(commands(device.plan())).hasSize(2).first().isEqualTo("o");
        assertThat(commands(device.plan()).getLast()).startsWith("profile.write");
    }

    @Test
    void aRebootThatWasOrderedWaitsForWhatProfilesStillHaveToSay() {
        settled();
        device.profiles = Given.active("{name: a, values: {" + NAME + ": other}}");
        device.order("o", Scenario.reboot("key"));
        device.inform("s", "6 CONNECTION REQUEST");
        Step write = only();

        device.answer("s", write, new RpcResult.Values(List.of(value(NAME, "other"))));

        assertThat(commands(device.plan())).containsExactly("o");
    }

    @Test
    void whatAnOrderWroteOverAProfileIsKnownAndOverruled() {
        settled();
        device.order("o", Scenario.set(NAME, "by hand"));
        device.inform("s", "6 CONNECTION REQUEST");

        device.answer("s", only(), new RpcResult.Values(List.of(value(NAME, "by hand"))));

        assertThat(device.end("o")).isInstanceOf(OrderSucceeded.class);
        assertThat(written(only())).containsExactly(value(NAME, "home"));
    }

    @Test
    void afterACrashInTheMiddleItIsReadWhatBecameOfTheWrite() {
        device.profiles = Given.active(PROFILE);
        device.inform("s", "0 BOOTSTRAP");
        answerSetup("s", value(NAME, "factory"), value("Device.B", "b"));
        assertThat(commands(device.plan())).containsExactly("profile.write.0");

        // the process dies; another one reads the ledger and hears of the next session only
        device.ledger = device.ledger.forGood();
        device.inform("next", "2 PERIODIC");

        Step read = only();
        assertThat(read.action()).isEqualTo(new Action.ReadTree(List.of(NAME)));
        device.partly("next", read, new RpcResult.Values(List.of(value(NAME, "home"))));
        device.answer("next", read, new RpcResult.TreeRead(1, List.of()));
        assertThat(device.plan().steps()).isEmpty();
        assertThat(item(NAME).base()).isEqualTo("home");
    }

    @Test
    void aPlanThatCameTooLateIsMadeAgain() {
        settled();
        device.profiles = Given.active("{name: a, values: {" + NAME + ": other}}");
        device.inform("s", "2 PERIODIC");
        device.refuse("s");
        device.close("s", SessionClosed.Reason.NO_PLAN);

        device.inform("next", "2 PERIODIC");

        assertThat(written(only())).containsExactly(value(NAME, "other"));
    }

    @Test
    void aProfileIsTriedAnewWithNewSoftware() {
        device.profiles = Given.active("{name: a, values: {" + NAME + ": home}}");
        device.inform("first", "0 BOOTSTRAP");
        answerSetup("first", value(NAME, "factory"));
        device.answer("first", only(), Scenario.fault(9007));
        device.close("first");
        device.inform("again", "2 PERIODIC");
        assertThat(device.plan().steps()).isEmpty();
        device.close("again");

        device.softwareVersion = "2.0";
        device.inform("s", "1 BOOT");
        answerSetup("s", value(NAME, "factory"));

        assertThat(written(only())).containsExactly(value(NAME, "home"));
    }

    @Test
    void aProfileThatIsForOthersCostsADeviceNoWrite() {
        settled();
        DeviceLedger stored = device.ledger.forGood();
        device.profiles = Given.active(
                PROFILE, "{name: b, condition: device.productClass == 'OTHER', values: {Device.B: other}}");

        device.inform("s", "2 PERIODIC");
        device.close("s");

        assertThat(device.plan().steps()).isEmpty();
        assertThat(device.ledger.standing().revision()).isEqualTo(device.profiles.revision());
        assertThat(device.ledger.differsForGood(stored)).isFalse();
    }

    @Test
    void aDeviceThatNoProfileIsForCostsNoWriteEither() {
        device.inform("first", "0 BOOTSTRAP");
        answerSetup("first");
        device.close("first");
        DeviceLedger stored = device.ledger.forGood();
        device.profiles = Given.active("{name: b, condition: device.productClass == 'OTHER', values: {Device.B: x}}");

        device.inform("s", "2 PERIODIC");
        device.close("s");

        assertThat(device.plan().steps()).isEmpty();
        assertThat(device.ledger.differsForGood(stored)).isFalse();
    }

    @Test
    void aVersionThatIsRolledBackReachesTheDeviceAtItsNextContactWhateverItCallsFor() {
        settled();
        ActiveProfiles before = device.profiles;
        device.profiles = Given.active("{name: a, values: {" + NAME + ": better, Device.B: b}}");
        device.inform("better", "2 PERIODIC");
        device.answer("better", only(), new RpcResult.Values(List.of(value(NAME, "better"))));
        device.close("better");
        device.profiles = before;

        device.inform("worse", "4 VALUE CHANGE");

        assertThat(written(only())).containsExactly(value(NAME, "home"));
    }

    @Test
    void whatARetiredProfileMadeStaysUnlessAnotherSpeaksThen() {
        String lower = "{name: z, priority: 1, values: {" + NAME + ": default}}";
        device.profiles = Given.active(PROFILE, lower);
        device.inform("first", "0 BOOTSTRAP");
        answerSetup("first", value(NAME, "factory"), value("Device.B", "b"));
        device.answer("first", only(), new RpcResult.Values(List.of(value(NAME, "home"))));
        device.close("first");
        device.profiles = Given.active(lower);

        device.inform("s", "2 PERIODIC");

        assertThat(written(only())).containsExactly(value(NAME, "default"));
        device.answer("s", only(), new RpcResult.Values(List.of(value(NAME, "default"))));
        device.close("s");
        device.profiles = ActiveProfiles.NONE;
        device.inform("none", "2 PERIODIC");
        assertThat(device.plan().steps()).isEmpty();
    }
}
