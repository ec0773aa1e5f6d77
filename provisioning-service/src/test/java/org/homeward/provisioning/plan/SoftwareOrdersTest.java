package org.homeward.provisioning.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.homeward.contracts.SessionId;
import org.homeward.contracts.order.OrderEvent.OrderFailed;
import org.homeward.contracts.order.OrderEvent.OrderSucceeded;
import org.homeward.contracts.order.OrderTask;
import org.homeward.contracts.plan.Action;
import org.homeward.contracts.plan.Step;
import org.homeward.contracts.rpc.DeploymentUnitOperation;
import org.homeward.contracts.rpc.DeploymentUnitResult;
import org.homeward.contracts.rpc.Rpc;
import org.homeward.contracts.rpc.RpcResult;
import org.homeward.contracts.rpc.TimeWindow;
import org.homeward.contracts.session.SessionEvent.AutonomousDUStateChangeCompleted;
import org.homeward.contracts.session.SessionEvent.DUStateChangeCompleted;
import org.homeward.contracts.session.SessionEvent.SessionClosed;
import org.homeward.contracts.session.SessionEvent.TransferCompleted;
import org.junit.jupiter.api.Test;

/** Orders whose proof comes much later: scheduled downloads and changes of deployment units. */
class SoftwareOrdersTest {

    private static final String UUID = "6f1c1d0e-3f7c-4a55-9a3a-0d4b5a6c7d8e";

    private final Scenario device = Scenario.ofKnownDevice();

    private Step planned(OrderTask task) {
        device.order("o", task);
        device.inform("s", "6 CONNECTION REQUEST");
        return device.plan().steps().getFirst();
    }

    private static OrderTask scheduled(long end) {
        return new OrderTask.Perform(
                "scheduleDownload",
                new Action.Call(new Rpc.ScheduleDownload(
                        "k",
                        "1 Firmware Upgrade Image",
                        "http://f/1",
                        "",
                        null,
                        0,
                        "",
                        List.of(new TimeWindow(0, end, "3 When Idle", "", -1)))));
    }

    private static OrderTask units() {
        return new OrderTask.Perform(
                "changeDUState",
                new Action.Call(new Rpc.ChangeDUState(
                        List.of(
                                new DeploymentUnitOperation.Install("http://f/a", null, null, null, null),
                                new DeploymentUnitOperation.Uninstall(UUID, null, null)),
                        "k")));
    }

    private static DeploymentUnitResult unit(String state, int faultCode, String faultText) {
        return new DeploymentUnitResult(
                null,
                UUID,
                "Device.SoftwareModules.DeploymentUnit.1",
                "1",
                state,
                true,
                List.of(),
                "a",
                "b",
                faultCode,
                faultText);
    }

    private void unitsChanged(String commandKey, DeploymentUnitResult... results) {
        device.say(new DUStateChangeCompleted(new SessionId("s"), commandKey, Arrays.asList(results)));
    }

    @Test
    void aScheduledDownloadWaitsForItsTransferCompleteThroughItsLastWindow() {
        Step step = planned(scheduled(86_400));
        device.dispatched("s", step);
        device.answer("s", step, new RpcResult.Done());
        device.close("s");
        device.pass(Duration.ofHours(24));
        device.inform("s2", "7 TRANSFER COMPLETE", "M ScheduleDownload#k");
        device.say(new TransferCompleted(new SessionId("s2"), "k", 0, "", "a", "b"));
        assertThat(device.states("o")).containsExactly("Queued", "Waking", "Running", "Succeeded");
    }

    @Test
    void aDownloadThatFitsIntoNoWindowFails() {
        Step step = planned(scheduled(60));
        device.answer("s", step, new RpcResult.Done());
        device.say(new TransferCompleted(new SessionId("s"), "k", 9020, "not within time windows", "", ""));
        assertThat(device.end("o"))
                .isInstanceOfSatisfying(
                        OrderFailed.class,
                        failed -> assertThat(failed.fault().code()).isEqualTo(9020));
    }

    @Test
    void aScheduledDownloadOfWhichNothingIsHeardAfterItsWindowIsUnknown() {
        Step step = planned(scheduled(60));
        device.answer("s", step, new RpcResult.Done());
        device.close("s");
        device.pass(Duration.ofHours(2));
        assertThat(device.states("o")).endsWith("Unknown");
    }

    @Test
    void deploymentUnitsAreDoneWhenTheDeviceSaysSoAndTheirStateIsTheResult() {
        Step step = planned(units());
        device.dispatched("s", step);
        device.answer("s", step, new RpcResult.Done());
        assertThat(device.states("o")).endsWith("Running");
        unitsChanged("k", unit("Installed", 0, ""), unit("Uninstalled", 0, ""));
        assertThat(device.end("o"))
                .isInstanceOfSatisfying(
                        OrderSucceeded.class,
                        done -> assertThat((List<?>) done.result().get("deploymentUnits"))
                                .hasSize(2)
                                .first()
                                .isEqualTo(Map.of(
                                        "uuid", UUID,
                                        "deploymentUnit", "Device.SoftwareModules.DeploymentUnit.1",
                                        "version", "1",
                                        "state", "Installed",
                                        "resolved", true,
                                        "executionUnits", List.of(),
                                        "startTime", "a",
                                        "completeTime", "b")));
    }

    @Test
    void oneUnitThatFailedFailsTheOrderAndIsNamed() {
        Step step = planned(units());
        device.answer("s", step, new RpcResult.Done());
        unitsChanged("k", unit("Installed", 0, ""), unit("Failed", 9015, "cannot contact server"));
        assertThat(device.end("o")).isInstanceOfSatisfying(OrderFailed.class, failed -> {
            assertThat(failed.fault().code()).isEqualTo(9015);
            assertThat(failed.fault().parameter()).isEqualTo("operations[1]");
            assertThat(failed.fault().text()).isEqualTo("1 of 2 operations failed, first: cannot contact server");
        });
    }

    @Test
    void deploymentUnitsWhoseAnswerGotLostAreUnknownUntilTheDeviceTells() {
        Step step = planned(units());
        device.dispatched("s", step);
        device.close("s", SessionClosed.Reason.TIMED_OUT);
        assertThat(device.states("o")).endsWith("Unknown");
        device.inform("s2", "11 DU STATE CHANGE COMPLETE", "M ChangeDUState#k");
        assertThat(device.plan().steps()).isEmpty();
        unitsChanged("k", unit("Installed", 0, ""), unit("Uninstalled", 0, ""));
        assertThat(device.states("o")).endsWith("Unknown", "Succeeded");
    }

    @Test
    void deploymentUnitsWithoutCommandKeyAreMatchedWhenOnlyOneOrderCanBeMeant() {
        Step step = planned(units());
        device.answer("s", step, new RpcResult.Done());
        unitsChanged("", unit("Installed", 0, ""));
        assertThat(device.end("o")).isInstanceOf(OrderSucceeded.class);
    }

    @Test
    void whatNobodyAskedForEndsNoOrder() {
        Step step = planned(units());
        device.answer("s", step, new RpcResult.Done());
        device.say(new AutonomousDUStateChangeCompleted(new SessionId("s"), List.of(unit("Installed", 0, ""))));
        unitsChanged("other", unit("Installed", 0, ""));
        assertThat(device.states("o")).endsWith("Running");
    }

    @Test
    void aRequestThatTheDeviceRefusesFailsAtOnce() {
        Step step = planned(units());
        device.answer("s", step, Scenario.fault(9000));
        assertThat(device.end("o"))
                .isInstanceOfSatisfying(
                        OrderFailed.class,
                        failed -> assertThat(failed.fault().code()).isEqualTo(9000));
    }
}
