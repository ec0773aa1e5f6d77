package org.homeward.provisioning.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.homeward.contracts.order.OrderEvent.OrderFailed;
import org.homeward.contracts.order.OrderEvent.OrderSucceeded;
import org.homeward.contracts.order.OrderTask;
import org.homeward.contracts.order.OrderTask.Diagnostic;
import org.homeward.contracts.plan.Action;
import org.homeward.contracts.plan.Step;
import org.homeward.contracts.rpc.ParameterFault;
import org.homeward.contracts.rpc.ParameterValue;
import org.homeward.contracts.rpc.Rpc;
import org.homeward.contracts.rpc.RpcResult;
import org.homeward.contracts.rpc.ValueType;
import org.homeward.contracts.session.SessionEvent.SessionClosed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DiagnosticsTest {

    private static final String PING = "Device.IP.Diagnostics.IPPing.";
    private final Scenario device = Scenario.ofKnownDevice();

    private static OrderTask ping() {
        return new OrderTask.Diagnose(
                "ping", Diagnostic.PING, List.of(new ParameterValue("Host", "h", ValueType.STRING)));
    }

    private Step asked() {
        device.order("o", ping());
        device.inform("s", "6 CONNECTION REQUEST");
        return device.plan().steps().getFirst();
    }

    /** It was asked, and has run. */
    private Step ran() {
        device.answer("s", asked(), new RpcResult.Applied(0));
        device.close("s");
        device.inform("s2", "8 DIAGNOSTICS COMPLETE");
        return device.plan().steps().getFirst();
    }

    private void read(Step step, String state) {
        device.partly(
                "s2",
                step,
                new RpcResult.Values(List.of(
                        new ParameterValue(PING + "DiagnosticsState", state, ValueType.STRING),
                        new ParameterValue(PING + "SuccessCount", "4", ValueType.UNSIGNED_INT))));
        device.answer("s2", step, new RpcResult.TreeRead(2, List.of()));
    }

    private static List<ParameterValue> written(Step step) {
        return ((Rpc.SetParameterValues) ((Action.Call) step.action()).rpc()).parameters();
    }

    @Test
    void inputsAndTheRequestAreWrittenAtOnceAndTheSessionEnds() {
        Step step = asked();
        assertThat(written(step))
                .containsExactly(
                        new ParameterValue(PING + "Host", "h", ValueType.STRING),
                        new ParameterValue(PING + "DiagnosticsState", "Requested", ValueType.STRING));
        assertThat(device.plan().last()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "PING, InternetGatewayDevice.IPPingDiagnostics.",
        "TRACEROUTE, InternetGatewayDevice.TraceRouteDiagnostics.",
        "DOWNLOAD, InternetGatewayDevice.DownloadDiagnostics.",
        "UPLOAD, InternetGatewayDevice.UploadDiagnostics."
    })
    void theObjectIsThatOfTheDevicesDataModel(Diagnostic diagnostic, String object) {
        device.root = "InternetGatewayDevice.";
        device.order("o", new OrderTask.Diagnose("test", diagnostic, List.of()));
        device.inform("s", "6 CONNECTION REQUEST");
        assertThat(written(device.plan().steps().getFirst()))
                .containsExactly(new ParameterValue(object + "DiagnosticsState", "Requested", ValueType.STRING));
    }

    @Test
    void theResultsAreReadWhenTheDeviceSaysThatItIsDone() {
        Step step = ran();
        assertThat(step.action()).isEqualTo(new Action.ReadTree(List.of(PING)));
        read(step, "Complete");
        assertThat(device.states("o")).containsExactly("Queued", "Waking", "Running", "Running", "Succeeded");
        assertThat(((OrderSucceeded) device.end("o")).result())
                .containsEntry("state", "Complete")
                .hasEntrySatisfying(
                        "values",
                        values -> assertThat(((Map<?, ?>) values).get(PING + "SuccessCount"))
                                .isEqualTo(Map.of("value", "4", "type", "unsignedInt")));
    }

    @Test
    void theOlderWordForCompleteIsKnown() {
        read(ran(), "Completed");
        assertThat(device.end("o")).isInstanceOf(OrderSucceeded.class);
    }

    @Test
    void aDiagnosticThatEndedInAnErrorFails() {
        read(ran(), "Error_CannotResolveHostName");
        assertThat(device.end("o")).isInstanceOfSatisfying(OrderFailed.class, failed -> {
            assertThat(failed.fault().text()).isEqualTo("the diagnostic ended as Error_CannotResolveHostName");
            assertThat(failed.fault().parameter()).isEqualTo(PING + "DiagnosticsState");
        });
    }

    @Test
    void whenAnotherDiagnosticIsDoneItWaitsOn() {
        read(ran(), "Requested");
        device.close("s2");
        assertThat(device.states("o")).endsWith("Running");
        assertThat(device.wakesNow()).isEmpty();
        device.inform("s3", "8 DIAGNOSTICS COMPLETE");
        assertThat(device.plan().steps()).hasSize(1);
    }

    @Test
    void theDeviceIsNotWokenWhileItRuns() {
        device.answer("s", asked(), new RpcResult.Applied(0));
        device.close("s");
        assertThat(device.wakesNow()).isEmpty();
        device.inform("s2", "2 PERIODIC");
        assertThat(device.plan().steps()).isEmpty();
    }

    @Test
    void oneThatNobodyHearsOfIsUnknownAfterAWhileAndMayYetTell() {
        device.answer("s", asked(), new RpcResult.Applied(0));
        device.close("s");
        device.pass(Duration.ofMinutes(11));
        assertThat(device.states("o")).endsWith("Unknown");
        device.inform("s2", "8 DIAGNOSTICS COMPLETE");
        read(device.plan().steps().getFirst(), "Complete");
        assertThat(device.states("o")).endsWith("Succeeded");
    }

    @Test
    void aSecondOneOfTheKindWaitsUntilTheFirstHasBeenRead() {
        device.order("o", ping());
        device.order("p", ping());
        device.inform("s", "6 CONNECTION REQUEST");
        assertThat(device.plan().steps()).extracting(s -> s.command().value()).containsExactly("o");
        device.answer("s", device.plan().steps().getFirst(), new RpcResult.Applied(0));
        device.close("s");
        assertThat(device.wakesNow()).isEmpty();
        device.inform("s2", "8 DIAGNOSTICS COMPLETE");
        assertThat(device.plan().steps()).extracting(s -> s.command().value()).containsExactly("o");
        read(device.plan().steps().getFirst(), "Complete");
        device.close("s2");
        device.inform("s3", "2 PERIODIC");
        assertThat(device.plan().steps()).extracting(s -> s.command().value()).containsExactly("p");
    }

    @Test
    void aModelWithoutTheObjectIsNamed() {
        device.answer(
                "s",
                asked(),
                new RpcResult.Fault(
                        9003,
                        "Invalid arguments",
                        List.of(new ParameterFault(PING + "DiagnosticsState", 9005, "no such"))));
        assertThat(device.end("o"))
                .isInstanceOfSatisfying(
                        OrderFailed.class,
                        failed -> assertThat(failed.fault().text())
                                .isEqualTo("the data model of this device has no " + PING + ": Invalid arguments"));
    }

    @Test
    void aSessionThatBreaksOffAsksAgain() {
        asked();
        device.close("s", SessionClosed.Reason.TIMED_OUT);
        device.inform("s2", "2 PERIODIC");
        assertThat(written(device.plan().steps().getFirst())).hasSize(2);
    }
}
