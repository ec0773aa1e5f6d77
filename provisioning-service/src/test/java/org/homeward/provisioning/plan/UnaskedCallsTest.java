package org.homeward.provisioning.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.homeward.contracts.device.DeviceFacts;
import org.homeward.contracts.device.DeviceFacts.Subscriber;
import org.homeward.contracts.plan.Action;
import org.homeward.contracts.plan.Step;
import org.homeward.contracts.rpc.RpcResult;
import org.homeward.contracts.session.SessionEvent.SessionClosed.Reason;
import org.homeward.provisioning.profile.Given;
import org.junit.jupiter.api.Test;

/** Devices that are called though no order waits for them, because something is to be done with them. */
class UnaskedCallsTest {

    private static final String NAME = "Device.DeviceInfo.X_NAME";

    private final Scenario device = new Scenario();

    private void told(String subscriber) {
        device.happen(new Input.Described(new DeviceFacts(
                Scenario.IDENTITY,
                "Device.",
                "1.0",
                "",
                "",
                Set.of(),
                subscriber,
                false,
                true,
                new Subscriber(subscriber, Map.of(), Map.of()),
                List.of())));
    }

    /** Says what nobody asked for: a device of this subscriber. */
    private Scenario known() {
        device.profiles = Given.active("{name: a, values: {" + NAME + ": {expression: subscriber.id}}}");
        return Scenario.ofKnownDevice(device);
    }

    @Test
    void aDeviceThatIsToBecomeSomethingElseIsCalled() {
        known();

        told("alice");

        assertThat(device.wakesNow()).hasSize(1);
    }

    @Test
    void whatChangesNothingForItCallsNobody() {
        device.profiles = Given.active("{name: a, values: {" + NAME + ": fixed}}");
        Scenario.ofKnownDevice(device);
        device.inform("s", "2 PERIODIC");
        Step read = device.plan().steps().getFirst();
        assertThat(read.action()).isNotInstanceOf(Action.WriteValues.class);
        device.answer(
                "s",
                read,
                new RpcResult.Values(List.of(new org.homeward.contracts.rpc.ParameterValue(
                        NAME, "fixed", org.homeward.contracts.rpc.ValueType.STRING))));
        device.close("s");

        told("alice");

        assertThat(device.wakesNow()).isEmpty();
        assertThat(device.ledger.timer()).isNull();
    }

    @Test
    void aDeviceThatNeverCalledIsNotCalled() {
        device.profiles = Given.active("{name: a, values: {" + NAME + ": {expression: subscriber.id}}}");

        told("alice");

        assertThat(device.wakesNow()).isEmpty();
    }

    @Test
    void oneThatDoesNotAnswerIsLeftAloneAfterAWhile() {
        known();
        told("alice");
        int calls = 1;
        for (int i = 0; i < 20 && !device.wakesNow().isEmpty(); i++) {
            device.unreachable(device.wakesNow().getFirst().request());
            device.pass(Duration.ofMinutes(30));
            calls += device.wakesNow().size();
        }

        assertThat(calls).isEqualTo(5);
        assertThat(device.ledger.timer()).isNull();
    }

    @Test
    void anOrderThatComesMeanwhileNeedNotWaitForItsTurn() {
        device.brain.decide(DeviceLedger.blank(Scenario.KEY), device.profiles, new Input.TimeCame(), device.now);
        known();
        told("alice");
        device.unreachable(device.wakesNow().getFirst().request());

        device.order("o", Scenario.get(NAME));
        device.pass(Duration.ofSeconds(5));

        assertThat(device.states("o")).contains("Waking");
    }

    @Test
    void aNewBoxThatGotNoPlanInTimeIsCalled() {
        device.say(device.informReceived("late", device.now.minusSeconds(1), "0 BOOTSTRAP"));
        assertThat(device.plansNow()).isEmpty();
        device.close("late", Reason.NO_PLAN);
        assertThat(device.wakesNow()).isEmpty();

        device.ring();

        assertThat(device.wakesNow()).hasSize(1);
    }

    @Test
    void aKnownDeviceThatGotNoPlanInTimeIsNotCalledForNothing() {
        known();
        device.profiles = Given.active("{name: b, condition: 'false', values: {" + NAME + ": x}}");
        device.inform("s", "2 PERIODIC");
        device.close("s");
        device.say(device.informReceived("late", device.now.minusSeconds(1), "2 PERIODIC"));
        device.close("late", Reason.NO_PLAN);

        assertThat(device.wakesNow()).isEmpty();
        assertThat(device.ledger.timer()).isNull();
    }
}
