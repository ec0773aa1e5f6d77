package org.homeward.provisioning.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.homeward.contracts.SessionId;
import org.homeward.contracts.rpc.RpcResult;
import org.homeward.contracts.session.SessionEvent.SessionClosed;
import org.junit.jupiter.api.Test;

class SessionsTest {

    private final Scenario device = Scenario.ofKnownDevice();

    @Test
    void aSessionWithNothingDueGetsAnEmptyFinalPlan() {
        device.inform("s", "2 PERIODIC");
        assertThat(device.plansNow()).singleElement().satisfies(plan -> {
            assertThat(plan.steps()).isEmpty();
            assertThat(plan.last()).isTrue();
        });
    }

    @Test
    void aSessionWithNothingDueLeavesNothingToWrite() {
        DeviceLedger before = device.ledger;
        device.inform("s", "2 PERIODIC");
        assertThat(device.ledger.differsForGood(before)).isFalse();
        device.close("s");
        assertThat(device.ledger.differsForGood(before)).isFalse();
        assertThat(device.ledger.timer()).isNull();
    }

    @Test
    void whatIsWrittenHoldsNoSessionInWhichNothingIsUnderWay() {
        device.inform("s", "2 PERIODIC");
        assertThat(device.ledger.forGood().session()).isNull();
        device.order("o", Scenario.get("Device.X"));
        assertThat(device.ledger.forGood().session()).isNotNull();
    }

    @Test
    void thePlanGoesToThePartitionThatTheSessionNamed() {
        device.inform("s", "2 PERIODIC");
        assertThat(device.effects)
                .singleElement()
                .isInstanceOfSatisfying(
                        Effect.Send.class, send -> assertThat(send.partition()).isEqualTo(3));
    }

    @Test
    void theSameInformTwiceIsPlannedOnce() {
        device.inform("s", "2 PERIODIC");
        device.inform("s", "2 PERIODIC");
        assertThat(device.effects).isEmpty();
    }

    @Test
    void anInformWhosePlanWouldComeTooLateIsOnlyRecorded() {
        device.url = "http://192.0.2.99:7547/new";
        device.say(device.informReceived("s", device.now.minusSeconds(1), "2 PERIODIC"));
        assertThat(device.effects).isEmpty();
        assertThat(device.ledger.known().connectionRequestUrl()).isEqualTo(device.url);
    }

    @Test
    void ordersOfASessionThatWasTooLateForAPlanRestBeforeTheDeviceIsCalledAgain() {
        device.order("o", Scenario.get("Device.X"));
        device.say(device.informReceived("s", device.now.minusSeconds(1), "6 CONNECTION REQUEST"));
        device.close("s", SessionClosed.Reason.NO_PLAN);
        assertThat(device.wakesNow()).isEmpty();
        device.pass(Duration.ofSeconds(10));
        assertThat(device.wakesNow()).hasSize(1);
    }

    @Test
    void theNewestSessionWins() {
        device.inform("old", "2 PERIODIC");
        device.inform("new", "2 PERIODIC");
        assertThat(device.endingsNow())
                .singleElement()
                .satisfies(end -> assertThat(end.session()).isEqualTo(new SessionId("old")));
        assertThat(device.plansNow())
                .singleElement()
                .satisfies(plan -> assertThat(plan.session()).isEqualTo(new SessionId("new")));
    }

    @Test
    void aLateInformOfAReplacedSessionBeginsNothing() {
        device.inform("old", "2 PERIODIC");
        device.inform("new", "2 PERIODIC");
        device.inform("old", "2 PERIODIC");
        assertThat(device.effects).isEmpty();
        assertThat(device.ledger.session()).extracting(OpenSession::id).isEqualTo(new SessionId("new"));
    }

    @Test
    void theEndOfAnOlderSessionLeavesTheNewOneOpen() {
        device.inform("old", "2 PERIODIC");
        device.inform("new", "2 PERIODIC");
        device.close("old", SessionClosed.Reason.SUPERSEDED);
        assertThat(device.ledger.session()).isNotNull();
    }

    @Test
    void eventsOfASessionThatNobodyKnowsDoNoHarm() {
        DeviceLedger before = device.ledger;
        device.close("never heard of");
        assertThat(device.ledger.differsForGood(before)).isFalse();
        assertThat(device.effects).isEmpty();
    }

    @Test
    void aSessionThatFallsSilentIsEndedByTheClockAndItsOrderIsPlannedAgain() {
        device.order("o", Scenario.get("Device.X"));
        device.inform("s", "6 CONNECTION REQUEST");
        device.pass(Duration.ofSeconds(125));
        assertThat(device.ledger.session()).isNull();
        device.inform("s2", "2 PERIODIC");
        assertThat(device.plan().session()).isEqualTo(new SessionId("s2"));
        assertThat(device.plan().steps()).hasSize(1);
    }

    @Test
    void aRefusedPlanIsDueAgainAndTheDeviceIsCalled() {
        device.inform("s", "2 PERIODIC");
        device.order("o", Scenario.get("Device.X"));
        device.refuse("s");
        assertThat(device.wakesNow()).hasSize(1);
        device.inform("s2", "6 CONNECTION REQUEST");
        assertThat(device.plan().steps()).hasSize(1);
    }

    @Test
    void moreThanFitsInOnePlanComesInTheNextOneOfTheSameSession() {
        for (int i = 0; i < 10; i++) {
            device.order("o" + i, Scenario.get("Device.X" + i));
        }
        device.inform("s", "6 CONNECTION REQUEST");
        var first = device.plan();
        assertThat(first.steps()).hasSize(8);
        assertThat(first.last()).isFalse();
        first.steps().forEach(step -> device.answer("s", first, step, new RpcResult.Done()));
        assertThat(device.plan().steps()).hasSize(2);
        assertThat(device.plan().last()).isTrue();
    }

    @Test
    void aGatewayThatWaitsForMoreIsToldWhenThereIsNoMore() {
        for (int i = 0; i < 9; i++) {
            device.order("o" + i, Scenario.get("Device.X" + i));
        }
        device.inform("s", "6 CONNECTION REQUEST");
        var first = device.plan();
        device.cancel("o8");
        first.steps().forEach(step -> device.answer("s", first, step, new RpcResult.Done()));
        assertThat(device.plansNow()).singleElement().satisfies(plan -> {
            assertThat(plan.steps()).isEmpty();
            assertThat(plan.last()).isTrue();
        });
    }

    @Test
    void aDeletedDeviceIsForgottenItsOrdersAreCancelledAndItsSessionEnds() {
        device.inform("s", "2 PERIODIC");
        device.order("o", Scenario.get("Device.X"));
        device.happen(new Input.Deleted("alice"));
        assertThat(device.ledger.deleted()).isTrue();
        assertThat(device.states("o")).containsExactly("Queued", "Running", "Cancelled");
        assertThat(device.endingsNow()).hasSize(1);
    }
}
