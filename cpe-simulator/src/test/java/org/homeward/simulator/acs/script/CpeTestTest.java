package org.homeward.simulator.acs.script;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.homeward.simulator.RpcAction;
import org.homeward.simulator.RpcHook;
import org.homeward.simulator.SimulatedCpe;
import org.homeward.simulator.acs.ScriptedAcs.Login;
import org.homeward.simulator.fleet.Fleet;
import org.homeward.simulator.http.SmallHttpServer;
import org.homeward.simulator.model.Models;
import org.junit.jupiter.api.Test;

class CpeTestTest {
    private static final Duration LONG = Duration.ofSeconds(60);
    private final List<String> log = new CopyOnWriteArrayList<>();

    private CpeTest test(String script, int devices) {
        return CpeTest.start(
                SmallHttpServer.loopback(0), Login.OPEN, Map.of(), AcsScript.parse(script), devices, log::add);
    }

    @Test
    void takesEachDeviceThroughTheScriptByItself() throws InterruptedException {
        String script = """
                - inform: {events: ["0 BOOTSTRAP"]}
                - ask: setParameterValues
                  values: {"{root}ManagementServer.PeriodicInformInterval": 900}
                - ask: reboot
                  commandKey: again
                - inform: {events: ["1 BOOT", "M Reboot"]}
                - ask: getParameterValues
                  paths: ["{root}ManagementServer.PeriodicInformInterval"]
                  expect: {values: {"{root}ManagementServer.PeriodicInformInterval": "900"}}
                """;
        try (CpeTest test = test(script, 5);
                Fleet fleet = Fleet.of(test.uri(), 5).start(Duration.ZERO)) {
            boolean inTime = test.await(LONG);

            assertThat(inTime).isTrue();
            assertThat(test.verdict()).isEqualTo(new CpeTest.Verdict(5, 5, Map.of()));
            assertThat(fleet.devices()).hasSize(5);
        }
    }

    @Test
    void saysWhatWasWrongAndGoesOn() throws InterruptedException {
        String script = """
                - inform: {values: {"Device.DeviceInfo.HardwareVersion": "no such"}}
                - ask: getParameterValues
                  paths: [Device.Nowhere]
                - ask: getRPCMethods
                  expect: {fault: 9000}
                - ask: getParameterValues
                  paths: [Device.DeviceInfo.Manufacturer]
                  expect: {values: {Device.DeviceInfo.Manufacturer: Other, Device.Missing: .*}}
                """;
        try (CpeTest test = test(script, 1);
                SimulatedCpe cpe =
                        SimulatedCpe.builder(test.uri()).model(Models.tr181()).start()) {
            test.await(LONG);

            assertThat(test.verdict().through()).isEqualTo(1);
            assertThat(test.verdict().flawless()).isZero();
            assertThat(log)
                    .anyMatch(l -> l.contains("Inform: WRONG: Device.DeviceInfo.HardwareVersion is '"))
                    .anyMatch(l -> l.contains("GetParameterValues: WRONG: fault 9005"))
                    .anyMatch(l -> l.contains("WRONG: GetRPCMethodsResponse, not fault 9000"))
                    .anyMatch(l -> l.contains("Manufacturer is 'Homeward', not Other; Device.Missing is missing"));
            assertThat(cpe.isDown()).isFalse();
        }
    }

    @Test
    void aSoapFaultWithoutACwmpFaultIsWrongWhateverWasExpected() throws InterruptedException {
        String script = """
                - ask: getRPCMethods
                - ask: getRPCMethods
                  expect: {fault: 9000}
                """;
        RpcHook bare = call -> RpcAction.raw("""
                <e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Body><e:Fault>
                <faultcode>Client</faultcode><faultstring>no</faultstring></e:Fault></e:Body></e:Envelope>""");
        try (CpeTest test = test(script, 1);
                SimulatedCpe cpe = SimulatedCpe.builder(test.uri()).onRpc(bare).start()) {
            test.await(LONG);

            assertThat(test.verdict()).isEqualTo(new CpeTest.Verdict(1, 0, Map.of()));
            assertThat(log)
                    .anyMatch(l -> l.contains("WRONG: fault 0 without a CWMP fault in its detail"))
                    .anyMatch(l -> l.contains("in its detail, not fault 9000"));
            assertThat(cpe.isDown()).isFalse();
        }
    }

    @Test
    void servesTheFirmwareItTellsDevicesToFetch() throws InterruptedException {
        String script = """
                - inform:
                - ask: download
                  url: "{acs}firmware/9.0.1.img"
                - inform:
                    events: ["M Download"]
                    values: {"{root}DeviceInfo.SoftwareVersion": "9\\\\.0\\\\.1"}
                - transferComplete: {fault: 0}
                """;
        try (CpeTest test = test(script, 1);
                SimulatedCpe cpe = SimulatedCpe.builder(test.uri()).start()) {
            test.await(LONG);

            assertThat(test.verdict().flawless()).isEqualTo(1);
            assertThat(cpe.value("Device.DeviceInfo.SoftwareVersion")).isEqualTo("9.0.1");
        }
    }

    @Test
    void saysWhatADeviceThatStayedAwayShouldHaveDone() throws InterruptedException {
        try (CpeTest test = test("[{inform: {events: [\"3 SCHEDULED\"]}}]", 1);
                SimulatedCpe cpe = SimulatedCpe.builder(test.uri()).build()) {
            cpe.informNow().join();

            assertThat(test.verdict().unfinished())
                    .containsExactly(Map.entry(cpe.identity().deviceId(), "Inform with 3 SCHEDULED"));
        }
    }
}
