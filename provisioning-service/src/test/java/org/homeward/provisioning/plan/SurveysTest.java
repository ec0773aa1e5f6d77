package org.homeward.provisioning.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.homeward.contracts.order.OrderEvent.OrderFailed;
import org.homeward.contracts.order.OrderEvent.OrderSucceeded;
import org.homeward.contracts.order.OrderTask;
import org.homeward.contracts.plan.Action;
import org.homeward.contracts.plan.Step;
import org.homeward.contracts.rpc.ParameterFault;
import org.homeward.contracts.rpc.ParameterValue;
import org.homeward.contracts.rpc.Rpc;
import org.homeward.contracts.rpc.RpcResult;
import org.homeward.contracts.rpc.ValueType;
import org.junit.jupiter.api.Test;

class SurveysTest {

    private static final String SCAN = "Device.WiFi.NeighboringWiFiDiagnostic.";
    private static final String CHANNEL = "Device.WiFi.Radio.1.Channel";
    private final Scenario device = Scenario.ofKnownDevice();

    private static OrderTask survey() {
        return new OrderTask.Survey(
                "wifiScan",
                SCAN,
                "Result.",
                Map.of("bssid", "BSSID", "signal", "SignalStrength"),
                List.of(new OrderTask.Radio("2.4GHz", Map.of("channel", CHANNEL))));
    }

    private static ParameterValue value(String path, String value) {
        return new ParameterValue(path, value, ValueType.STRING);
    }

    private Step asked() {
        device.order("o", survey());
        device.inform("s", "6 CONNECTION REQUEST");
        return device.plan().steps().getFirst();
    }

    private Step ran() {
        device.answer("s", asked(), new RpcResult.Applied(0));
        device.close("s");
        device.inform("s2", "8 DIAGNOSTICS COMPLETE");
        return device.plan().steps().getFirst();
    }

    @Test
    void theRequestIsWrittenAndTheResultsAreReadWithTheRadios() {
        Step step = asked();
        assertThat(((Rpc.SetParameterValues) ((Action.Call) step.action()).rpc()).parameters())
                .containsExactly(value(SCAN + "DiagnosticsState", "Requested"));
        device.answer("s", step, new RpcResult.Applied(0));
        device.close("s");

        device.inform("s2", "8 DIAGNOSTICS COMPLETE");

        assertThat(device.plan().steps().getFirst().action()).isEqualTo(new Action.ReadTree(List.of(SCAN, CHANNEL)));
    }

    @Test
    void theResultIsInTheWordsOfTheOrder() {
        Step step = ran();
        device.partly(
                "s2",
                step,
                new RpcResult.Values(List.of(
                        value(SCAN + "DiagnosticsState", "Complete"),
                        value(SCAN + "Result.10.BSSID", "06:00:00:00:00:10"),
                        value(SCAN + "Result.2.BSSID", "06:00:00:00:00:02"),
                        value(SCAN + "Result.2.Noise", "-92"))));
        device.partly(
                "s2",
                step,
                new RpcResult.Values(List.of(value(SCAN + "Result.2.SignalStrength", "-48"), value(CHANNEL, "6"))));

        device.answer("s2", step, new RpcResult.TreeRead(6, List.of()));

        assertThat(((OrderSucceeded) device.end("o")).result())
                .isEqualTo(Map.of(
                        "state",
                        "Complete",
                        "neighbours",
                        List.of(
                                Map.of("bssid", "06:00:00:00:00:02", "signal", "-48"),
                                Map.of("bssid", "06:00:00:00:00:10")),
                        "radios",
                        List.of(Map.of("band", "2.4GHz", "channel", "6"))));
    }

    @Test
    void aDeviceWithoutTheObjectIsToldByThatName() {
        Step step = asked();

        device.answer(
                "s",
                step,
                new RpcResult.Fault(
                        9003,
                        "Invalid arguments",
                        List.of(new ParameterFault(SCAN + "DiagnosticsState", 9005, "Invalid Parameter Name"))));

        assertThat(((OrderFailed) device.end("o")).fault().text())
                .startsWith("the data model of this device has no " + SCAN + ":");
    }
}
