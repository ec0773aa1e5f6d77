package org.homeward.provisioning.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.homeward.contracts.SessionId;
import org.homeward.contracts.order.OrderEvent.OrderFailed;
import org.homeward.contracts.order.OrderEvent.OrderSucceeded;
import org.homeward.contracts.order.OrderTask.Perform;
import org.homeward.contracts.plan.Action;
import org.homeward.contracts.plan.Step;
import org.homeward.contracts.rpc.ParameterFault;
import org.homeward.contracts.rpc.ParameterValue;
import org.homeward.contracts.rpc.RpcResult;
import org.homeward.contracts.rpc.ValueType;
import org.homeward.contracts.session.SessionEvent.SessionClosed;
import org.homeward.contracts.session.SessionEvent.TransferCompleted;
import org.junit.jupiter.api.Test;

class OrdersTest {

    private final Scenario device = Scenario.ofKnownDevice();

    /** The order is placed, the device calls, and the order's step is in its plan. */
    private Step planned(String id, org.homeward.contracts.order.OrderTask task) {
        device.order(id, task);
        device.inform("s", "6 CONNECTION REQUEST");
        return device.plan().steps().getFirst();
    }

    @Test
    void anOrderIsQueuedWakesRunsAndSucceedsWithWhatWasReadBack() {
        Step step = planned("o", Scenario.set("Device.WiFi.SSID.1.SSID", "home"));
        device.partly("s", step, new RpcResult.Applied(0));
        device.answer(
                "s",
                step,
                new RpcResult.Values(List.of(new ParameterValue("Device.WiFi.SSID.1.SSID", "home", ValueType.STRING))));
        assertThat(device.states("o")).containsExactly("Queued", "Waking", "Running", "Succeeded");
        assertThat(((OrderSucceeded) device.end("o")).result())
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "status",
                        0,
                        "values",
                        Map.of("Device.WiFi.SSID.1.SSID", Map.of("value", "home", "type", "string"))));
    }

    @Test
    void anOrderThatWasTakenInByAClockThatIsThenSetBackNeedNotWaitForIt() {
        device.now = device.now.plusSeconds(900);
        device.order("o", Scenario.get("Device.WiFi."));
        device.now = device.now.minusSeconds(900);

        device.inform("s", "2 PERIODIC");

        assertThat(device.plan().steps()).hasSize(1);
    }

    @Test
    void aValueThatReadsBackOtherwiseIsNamed() {
        Step step = planned("o", Scenario.set("Device.WiFi.SSID.1.SSID", "home"));
        device.answer(
                "s",
                step,
                new RpcResult.Values(
                        List.of(new ParameterValue("Device.WiFi.SSID.1.SSID", "other", ValueType.STRING))));
        assertThat(((OrderSucceeded) device.end("o")).result())
                .containsEntry("differs", List.of("Device.WiFi.SSID.1.SSID"));
    }

    @Test
    void secretsDoNotComeBackInResults() {
        Step step = planned("o", Scenario.get("Device.WiFi."));
        device.answer(
                "s",
                step,
                new RpcResult.Values(List.of(
                        new ParameterValue("Device.WiFi.KeyPassphrase", "x", ValueType.STRING, true),
                        new ParameterValue("Device.WiFi.Name", "n", ValueType.STRING))));
        assertThat(((OrderSucceeded) device.end("o")).result())
                .containsExactly(
                        Map.entry("values", Map.of("Device.WiFi.Name", Map.of("value", "n", "type", "string"))));
    }

    @Test
    void aResultOfFewButLongEntriesIsCutAndSaysSo() {
        Step step = planned(
                "o", new Perform("getRPCMethods", new Action.Call(new org.homeward.contracts.rpc.Rpc.GetRPCMethods())));
        device.answer("s", step, new RpcResult.MethodList(Collections.nCopies(900, "x".repeat(1_000))));
        assertThat(((OrderSucceeded) device.end("o")).result())
                .containsEntry("truncated", true)
                .hasEntrySatisfying(
                        "methods", methods -> assertThat(methods.toString()).hasSizeBetween(50_000, 100_500));
    }

    @Test
    void aFaultOfManyWordsIsCut() {
        Step step = planned("o", Scenario.set("Device.X", "1"));
        ParameterFault parameter = new ParameterFault("Device.X", 9007, "y".repeat(5_000));
        device.answer("s", step, new RpcResult.Fault(9003, "x".repeat(500_000), Collections.nCopies(900, parameter)));
        assertThat(device.end("o"))
                .isInstanceOfSatisfying(
                        OrderFailed.class,
                        failed -> assertThat(failed.fault().toString()).hasSizeLessThan(150_000));
    }

    @Test
    void aLargeResultIsCutAndSaysSo() {
        Step step = planned("o", Scenario.get("Device."));
        List<ParameterValue> many = java.util.stream.IntStream.range(0, 2_000)
                .mapToObj(i -> new ParameterValue("Device.P" + i, "v", ValueType.STRING))
                .toList();
        device.answer("s", step, new RpcResult.Values(many));
        assertThat(((OrderSucceeded) device.end("o")).result())
                .containsEntry("truncated", true)
                .hasEntrySatisfying(
                        "values", values -> assertThat((Map<?, ?>) values).hasSize(1_000));
    }

    @Test
    void anAnswerInPartsIsPutTogether() {
        Step step = planned("o", Scenario.get("Device."));
        device.partly("s", step, new RpcResult.Values(List.of(new ParameterValue("Device.A", "1", ValueType.INT))));
        device.answer("s", step, new RpcResult.Values(List.of(new ParameterValue("Device.B", "2", ValueType.INT))));
        assertThat(((OrderSucceeded) device.end("o")).result())
                .hasEntrySatisfying(
                        "values", values -> assertThat((Map<?, ?>) values).hasSize(2));
    }

    @Test
    void theSameOrderTwiceIsOne() {
        Step step = planned("o", Scenario.get("Device.X"));
        device.order("o", Scenario.get("Device.X"));
        assertThat(device.effects).isEmpty();
        device.answer("s", step, new RpcResult.Values(List.of()));
        device.order("o", Scenario.get("Device.X"));
        assertThat(device.effects).isEmpty();
    }

    @Test
    void aPermanentFaultIsKeptWithCodeTextAndParameter() {
        Step step = planned("o", Scenario.set("Device.X", "1"));
        device.answer(
                "s",
                step,
                new RpcResult.Fault(
                        9003, "Invalid arguments", List.of(new ParameterFault("Device.X", 9007, "out of range"))));
        assertThat(device.end("o")).isInstanceOfSatisfying(OrderFailed.class, failed -> {
            assertThat(failed.fault().code()).isEqualTo(9003);
            assertThat(failed.fault().text()).isEqualTo("Invalid arguments");
            assertThat(failed.fault().parameter()).isEqualTo("Device.X");
        });
    }

    @Test
    void aPassingFaultIsTriedAgainWithBackOffAndBound() {
        device.order("o", Scenario.get("Device.X"));
        for (int i = 0; i < 10; i++) {
            device.inform("s" + i, "2 PERIODIC");
            for (Step step : device.plan().steps()) {
                device.answer("s" + i, step, Scenario.fault(9002));
            }
            device.close("s" + i);
            device.pass(Duration.ofMinutes(11));
        }
        assertThat(device.states("o").stream().filter("Running"::equals)).hasSize(5);
        assertThat(device.end("o")).isInstanceOf(OrderFailed.class);
    }

    @Test
    void whatWaitsForItsNextAttemptIsNotPlannedBefore() {
        Step step = planned("o", Scenario.get("Device.X"));
        device.answer("s", step, Scenario.fault(9004));
        device.close("s");
        device.inform("s2", "2 PERIODIC");
        assertThat(device.plan().steps()).isEmpty();
    }

    @Test
    void aLaterWriteOfTheSameParameterDoesNotOvertake() {
        Step step = planned("o1", Scenario.set("Device.X", "1"));
        device.answer("s", step, Scenario.fault(9002));
        device.close("s");
        device.order("o2", Scenario.set("Device.X", "2"));
        device.order("o3", Scenario.set("Device.Y", "3"));
        device.inform("s2", "2 PERIODIC");
        assertThat(device.plan().steps()).extracting(s -> s.command().value()).containsExactly("o3");
        device.close("s2");
    }

    @Test
    void writesOfTheSameParameterFollowEachOtherOnlyWhenTheAnswerIsKnown() {
        device.order("o1", Scenario.set("Device.X", "1"));
        device.order("o2", Scenario.set("Device.X", "2"));
        device.order("o3", Scenario.set("Device.Y", "3"));
        device.inform("s", "2 PERIODIC");
        assertThat(device.plan().steps()).extracting(s -> s.command().value()).containsExactly("o1");
        assertThat(device.plan().last()).isFalse();

        device.answer("s", device.plan().steps().getFirst(), new RpcResult.Values(List.of()));

        assertThat(device.plan().steps()).extracting(s -> s.command().value()).containsExactly("o2", "o3");
        assertThat(device.plan().last()).isTrue();
    }

    @Test
    void aWriteWhoseAnswerWasLostIsRepeatedBeforeALaterOneIsSaid() {
        device.order("o1", Scenario.set("Device.X", "1"));
        device.order("o2", Scenario.set("Device.X", "2"));
        device.inform("s", "2 PERIODIC");

        device.close("s", SessionClosed.Reason.TIMED_OUT);
        device.inform("s2", "2 PERIODIC");

        assertThat(device.plan().steps()).extracting(s -> s.command().value()).containsExactly("o1");
    }

    @Test
    void aWriteThatComesInWhileAnotherOfTheSameParameterIsUnderWayWaitsForItsAnswer() {
        planned("o1", Scenario.set("Device.X", "1"));
        device.order("o2", Scenario.set("Device.X", "2"));
        assertThat(device.plan().steps()).extracting(s -> s.command().value()).containsExactly("o1");
    }

    @Test
    void anOrderThatNobodyAnswersExpiresAndSaysWhy() {
        device.order("o", Scenario.get("Device.X"), false);
        device.pass(Duration.ofHours(25));
        assertThat(device.states("o")).containsExactly("Queued", "Expired");
        assertThat(device.ledger.orders()).isEmpty();
        assertThat(device.ledger.timer()).isNull();
    }

    @Test
    void anOrderThatWaitsIsCancelled() {
        device.order("o", Scenario.get("Device.X"));
        device.cancel("o");
        assertThat(device.states("o")).containsExactly("Queued", "Waking", "Cancelled");
    }

    @Test
    void anOrderThatRunsIsLeftToEnd() {
        Step step = planned("o", Scenario.get("Device.X"));
        device.cancel("o");
        device.answer("s", step, new RpcResult.Values(List.of()));
        assertThat(device.states("o")).containsExactly("Queued", "Waking", "Running", "Succeeded");
    }

    @Test
    void tooManyOrdersForOneDeviceAreRefused() {
        for (int i = 0; i <= 100; i++) {
            device.order("o" + i, Scenario.get("Device.X"));
        }
        assertThat(device.end("o100")).isInstanceOf(OrderFailed.class);
        assertThat(device.ledger.orders()).hasSize(100);
    }

    @Test
    void anOrderForADeviceInSessionIsAddedToThatSession() {
        device.inform("s", "2 PERIODIC");
        device.order("o", Scenario.get("Device.X"));
        assertThat(device.plansNow()).singleElement().satisfies(plan -> {
            assertThat(plan.session()).isEqualTo(new SessionId("s"));
            assertThat(plan.steps()).hasSize(1);
        });
        assertThat(device.wakesNow()).isEmpty();
    }

    @Test
    void whatMayBeRepeatedIsRepeatedWhenItsSessionBreaksOff() {
        planned("o", Scenario.get("Device.X"));
        device.close("s", SessionClosed.Reason.TIMED_OUT);
        device.inform("s2", "2 PERIODIC");
        assertThat(device.plan().steps()).extracting(s -> s.command().value()).containsExactly("o");
    }

    @Test
    void sessionsThatKeepBreakingOffAreNotTriedForEver() {
        device.order("o", Scenario.get("Device.X"));
        for (int i = 0; i < 20; i++) {
            device.inform("s" + i, "2 PERIODIC");
            device.close("s" + i, SessionClosed.Reason.TIMED_OUT);
            device.pass(Duration.ofMinutes(1));
        }
        assertThat(device.states("o").stream().filter("Running"::equals)).hasSize(8);
        assertThat(device.end("o")).isInstanceOf(OrderFailed.class);
    }

    @Test
    void aRebootIsDoneWhenTheDeviceSaysThatItBooted() {
        Step step = planned("o", Scenario.reboot("k"));
        device.dispatched("s", step);
        device.answer("s", step, new RpcResult.Done());
        device.close("s");
        assertThat(device.end("o").getClass().getSimpleName()).isEqualTo("OrderRunning");
        assertThat(device.wakesNow()).isEmpty();
        device.inform("s2", "1 BOOT", "M Reboot#k");
        assertThat(device.end("o")).isInstanceOf(OrderSucceeded.class);
    }

    @Test
    void aRebootThatWasAnsweredIsDoneWithAPlainBoot() {
        Step step = planned("o", Scenario.reboot("k"));
        device.answer("s", step, new RpcResult.Done());
        device.close("s");
        device.inform("s2", "1 Boot");
        assertThat(device.end("o")).isInstanceOf(OrderSucceeded.class);
    }

    @Test
    void aRebootThatLeftWithoutAnswerIsUnknownUntilTheDeviceTells() {
        Step step = planned("o", Scenario.reboot("k"));
        device.dispatched("s", step);
        device.close("s", SessionClosed.Reason.TIMED_OUT);
        assertThat(device.states("o")).endsWith("Unknown");
        device.inform("s2", "1 BOOT", "M Reboot#k");
        assertThat(device.states("o")).endsWith("Unknown", "Succeeded");
        assertThat(device.plan().steps()).isEmpty();
    }

    @Test
    void aRebootThatNeverLeftIsPlannedAgain() {
        planned("o", Scenario.reboot("k"));
        device.close("s", SessionClosed.Reason.NO_PLAN);
        device.inform("s2", "2 PERIODIC");
        assertThat(device.plan().steps()).hasSize(1);
    }

    @Test
    void aRebootInAReplacedSessionIsNotPlannedAgainBeforeThatSessionEnded() {
        planned("o", Scenario.reboot("k"));
        device.inform("s2", "2 PERIODIC");
        assertThat(device.plan().steps()).isEmpty();
        device.close("s", SessionClosed.Reason.SUPERSEDED);
        assertThat(device.plan().steps()).hasSize(1);
        assertThat(device.plan().session()).isEqualTo(new SessionId("s2"));
    }

    @Test
    void aDeviceThatDoesNotComeBackFromItsRebootIsUnknownAfterAWhile() {
        Step step = planned("o", Scenario.reboot("k"));
        device.answer("s", step, new RpcResult.Done());
        device.close("s");
        device.pass(Duration.ofMinutes(11));
        assertThat(device.states("o")).endsWith("Unknown");
    }

    @Test
    void whatComesAfterARebootWaitsUntilTheDeviceIsBack() {
        device.order("r", Scenario.reboot("k"));
        device.order("g", Scenario.get("Device.X"));
        device.inform("s", "6 CONNECTION REQUEST");
        assertThat(device.plan().steps()).extracting(s -> s.command().value()).containsExactly("r");
        assertThat(device.plan().last()).isTrue();
        device.answer("s", device.plan().steps().getFirst(), new RpcResult.Done());
        device.close("s");
        device.inform("s2", "1 BOOT", "M Reboot#k");
        assertThat(device.plan().steps()).extracting(s -> s.command().value()).containsExactly("g");
    }

    @Test
    void aFactoryResetIsDoneWithTheBootstrapThatAlsoBeginsFirstContact() {
        Step step = planned(
                "o", new Perform("factoryReset", new Action.Call(new org.homeward.contracts.rpc.Rpc.FactoryReset())));
        device.dispatched("s", step);
        device.answer("s", step, new RpcResult.Done());
        device.close("s");
        device.inform("s2", "0 BOOTSTRAP", "1 BOOT");
        assertThat(device.end("o")).isInstanceOf(OrderSucceeded.class);
        assertThat(device.plan().steps()).hasSize(2);
    }

    @Test
    void aDownloadIsDoneWithItsTransferComplete() {
        Step step = planned("o", Scenario.download("k"));
        device.answer("s", step, new RpcResult.TransferStarted(1, null, null));
        device.close("s");
        device.inform("s2", "7 TRANSFER COMPLETE", "M Download#k");
        device.say(new TransferCompleted(new SessionId("s2"), "k", 0, "", "a", "b"));
        assertThat(device.end("o")).isInstanceOf(OrderSucceeded.class);
    }

    @Test
    void aDownloadWithoutCommandKeyIsMatchedWhenItIsTheOnlyOne() {
        Step step = planned("o", Scenario.download("k"));
        device.answer("s", step, new RpcResult.TransferStarted(1, null, null));
        device.say(new TransferCompleted(new SessionId("s"), "", 0, "", "a", "b"));
        assertThat(device.end("o")).isInstanceOf(OrderSucceeded.class);
    }

    @Test
    void aTransferThatFailedForGoodFailsItsOrder() {
        Step step = planned("o", Scenario.download("k"));
        device.answer("s", step, new RpcResult.TransferStarted(1, null, null));
        device.say(new TransferCompleted(new SessionId("s"), "k", 9018, "corrupted", "a", "b"));
        assertThat(device.end("o"))
                .isInstanceOfSatisfying(
                        OrderFailed.class,
                        failed -> assertThat(failed.fault().code()).isEqualTo(9018));
    }

    @Test
    void aDownloadThatWasAnsweredAsDoneIsDone() {
        Step step = planned("o", Scenario.download("k"));
        device.answer("s", step, new RpcResult.TransferStarted(0, "a", "b"));
        assertThat(device.end("o")).isInstanceOf(OrderSucceeded.class);
    }

    @Test
    void anObjectWhoseAnswerGotLostStaysUnknownAndIsNotAddedAgain() {
        Step step = planned("o", Scenario.addObject());
        device.dispatched("s", step);
        device.answer("s", step, new RpcResult.Unanswered("connection lost"));
        device.close("s");
        device.inform("s2", "2 PERIODIC");
        device.pass(Duration.ofHours(1));
        device.inform("s3", "2 PERIODIC");
        assertThat(device.states("o")).endsWith("Unknown");
        assertThat(device.plan().steps()).isEmpty();
        assertThat(device.ledger.orders()).isEmpty();
    }

    @Test
    void aLateAnswerResolvesWhatWasUnknown() {
        Step step = planned("o", Scenario.addObject());
        var plan = device.plan();
        device.dispatched("s", step);
        device.inform("s2", "2 PERIODIC");
        device.answer("s", plan, step, new RpcResult.ObjectAdded(4, 0));
        assertThat(device.states("o")).endsWith("Unknown", "Succeeded");
        assertThat(((OrderSucceeded) device.end("o")).result()).containsEntry("instanceNumber", 4L);
    }

    @Test
    void anObjectWhoseValuesAreRefusedIsNotAddedAgain() {
        Step step = planned(
                "o",
                new Perform(
                        "addObject",
                        new Action.CreateObject(
                                "Device.T.", List.of(new ParameterValue("Name", "n", ValueType.STRING)), "key")));
        device.dispatched("s", step);
        device.partly("s", step, new RpcResult.ObjectAdded(4, 0));
        device.answer("s", step, Scenario.fault(9002));
        assertThat(device.end("o"))
                .isInstanceOfSatisfying(
                        OrderFailed.class,
                        failed -> assertThat(failed.fault().text()).contains("instance 4 was added"));
    }
}
