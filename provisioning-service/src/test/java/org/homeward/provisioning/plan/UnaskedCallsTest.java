package org.homeward.provisioning.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.homeward.contracts.PlanId;
import org.homeward.contracts.device.DeviceFacts;
import org.homeward.contracts.device.DeviceFacts.Subscriber;
import org.homeward.contracts.plan.Action;
import org.homeward.contracts.plan.GatewayCommand.SessionPlan;
import org.homeward.contracts.plan.Step;
import org.homeward.contracts.rpc.ParameterValue;
import org.homeward.contracts.rpc.RpcResult;
import org.homeward.contracts.rpc.ValueType;
import org.homeward.contracts.session.SessionEvent.SessionClosed.Reason;
import org.homeward.provisioning.profile.Given;
import org.junit.jupiter.api.Test;

/** Devices that are called though no order waits for them, because something is to be done with them. */
class UnaskedCallsTest {

    private static final String NAME = "Device.DeviceInfo.X_NAME";

    private static final RpcResult NAMED =
            new RpcResult.Values(List.of(new ParameterValue(NAME, "fixed", ValueType.STRING)));

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

    /** A device that has done all it was told. */
    private void known(String value) {
        device.profiles = Given.active("{name: a, values: {" + NAME + ": " + value + "}}");
        device.inform("first", "0 BOOTSTRAP");
        PlanId played = null;
        while (!device.plan().steps().isEmpty() && !device.plan().plan().equals(played)) {
            SessionPlan plan = device.plan();
            played = plan.plan();
            for (Step step : plan.steps()) {
                if (step.action() instanceof Action.ReadTree) {
                    device.partly("first", step, NAMED);
                }
                device.answer("first", plan, step, answer(step.action()));
            }
        }
        device.close("first");
        device.pass(Duration.ofHours(1));
    }

    private static RpcResult answer(Action action) {
        return switch (action) {
            case Action.ReadTree tree -> Scenario.tree();
            case Action.WriteValues write -> new RpcResult.Values(write.values());
            case Action.CreateObject create -> new RpcResult.Applied(0);
            case Action.Call call -> NAMED;
        };
    }

    @Test
    void aDeviceThatIsToBecomeSomethingElseIsCalled() {
        known("{expression: subscriber.id}");

        told("alice");

        assertThat(device.wakesNow()).hasSize(1);
    }

    @Test
    void whatChangesNothingForItCallsNobody() {
        known("fixed");

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
        known("{expression: subscriber.id}");
        told("alice");

        device.pass(Duration.ofHours(2));

        assertThat(Scenario.wakes(device.all)).hasSize(5);
        assertThat(device.ledger.timer()).isNull();
    }

    @Test
    void anOrderThatComesMeanwhileNeedNotWaitForItsTurn() {
        known("{expression: subscriber.id}");
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
        known("fixed");
        device.say(device.informReceived("late", device.now.minusSeconds(1), "2 PERIODIC"));
        device.close("late", Reason.NO_PLAN);

        assertThat(device.wakesNow()).isEmpty();
        assertThat(device.ledger.timer()).isNull();
    }

    @Test
    void aPlanThatCameJustAfterTheSessionHadEndedIsWorthACall() {
        known("{expression: subscriber.id}");
        device.inform("s", "2 PERIODIC");
        assertThat(device.plan().last()).isTrue();
        told("alice");
        assertThat(device.plansNow())
                .as("nobody has said yet that the session is over")
                .hasSize(1);

        device.close("s");
        device.refuse("s");
        device.pass(Duration.ofSeconds(2));

        assertThat(Scenario.wakes(device.all)).hasSize(1);
    }
}
