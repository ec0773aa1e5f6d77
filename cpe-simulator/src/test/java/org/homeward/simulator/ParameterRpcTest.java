package org.homeward.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.homeward.simulator.Sessions.success;

import java.util.List;
import java.util.Map;
import org.homeward.simulator.acs.Rpcs;
import org.homeward.simulator.acs.ScriptedAcs;
import org.homeward.simulator.model.Models;
import org.homeward.simulator.soap.CwmpFault.ParameterFault;
import org.homeward.simulator.soap.Element;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ParameterRpcTest {
    private static final String SSID = "Device.WiFi.SSID.1.SSID";
    private final ScriptedAcs acs = ScriptedAcs.start();
    private final SimulatedCpe cpe = SimulatedCpe.builder(acs.uri())
            .serial("HW001234")
            .bootstrapped()
            .retryScale(0)
            .build();

    @AfterEach
    void close() {
        cpe.close();
        acs.close();
    }

    private SessionReport ask(String... rpcs) {
        acs.ask(rpcs);
        return success(cpe.informNow("2 PERIODIC"));
    }

    @Test
    void namesItsMethods() {
        ask(Rpcs.getRpcMethods());

        assertThat(acs.last("GetRPCMethodsResponse")
                        .payload()
                        .children()
                        .getFirst()
                        .children())
                .extracting(Element::text)
                .contains("SetParameterValues", "Download", "FactoryReset", "ChangeDUState");
    }

    @Test
    void refusesMethodsItDoesNotKnow() {
        SessionReport report = ask("<cwmp:X_MakeTea/>", "<cwmp:X_MakeCoffee/>");

        assertThat(report.faults()).containsExactly(9000, 9000);
    }

    @Test
    void readsSingleValuesAndBranches() {
        ask(Rpcs.getParameterValues("Device.DeviceInfo.SerialNumber", "Device.WiFi.SSID.1."));

        assertThat(acs.last("GetParameterValuesResponse").values())
                .containsEntry("Device.DeviceInfo.SerialNumber", "HW001234")
                .containsEntry(SSID, "Homeward-1234")
                .containsKey("Device.WiFi.SSID.1.Stats.BytesSent")
                .doesNotContainKey("Device.WiFi.SSID.2.SSID");
    }

    @Test
    void readsTheWholeTreeForAnEmptyPath() {
        ask(Rpcs.getParameterValues(""));

        assertThat(acs.last("GetParameterValuesResponse").values())
                .hasSize((int) Models.tr181().parameterCount());
    }

    @Test
    void hidesSecretsOnRead() {
        ask(Rpcs.getParameterValues("Device.WiFi.AccessPoint.1.Security.KeyPassphrase"));

        assertThat(acs.last("GetParameterValuesResponse").values().values()).containsExactly("");
        assertThat(cpe.value("Device.WiFi.AccessPoint.1.Security.KeyPassphrase"))
                .isEqualTo("factory-HW001234");
    }

    @Test
    void refusesToReadWhatIsNotThere() {
        assertThat(ask(Rpcs.getParameterValues(SSID, "Device.Nowhere")).faults())
                .containsExactly(9005);
    }

    @Test
    void refusesAnswersThatAreTooLarge() {
        SimulatedCpe small = SimulatedCpe.builder(acs.uri())
                .bootstrapped()
                .responseCap(10)
                .retryScale(0)
                .build();
        acs.ask(Rpcs.getParameterValues("Device."));

        SessionReport report = success(small.informNow("2 PERIODIC"));

        assertThat(report.faults()).containsExactly(9004);
        small.close();
    }

    @Test
    void writesValuesAndKeepsTheParameterKey() {
        ask(Rpcs.setParameterValues(Map.of(SSID, "Café & Söhne <1>"), "key-1"), Rpcs.getParameterValues(SSID));

        assertThat(acs.last("SetParameterValuesResponse").payload().childText("Status"))
                .isEqualTo("0");
        assertThat(acs.last("GetParameterValuesResponse").values()).containsEntry(SSID, "Café & Söhne <1>");
        assertThat(cpe.value("Device.ManagementServer.ParameterKey")).isEqualTo("key-1");
    }

    @Test
    void writesAllOrNothingAndNamesEveryFault() {
        SessionReport report = ask(Rpcs.setTypedValues(
                "key-2",
                new String[] {SSID, "xsd:string", "new"},
                new String[] {"Device.Nowhere", "xsd:string", "x"},
                new String[] {"Device.WiFi.Radio.1.Channel", "xsd:string", "6"},
                new String[] {"Device.WiFi.Radio.1.Channel2", "xsd:unsignedInt", "6"},
                new String[] {"Device.WiFi.Radio.2.Channel", "xsd:unsignedInt", "4711"},
                new String[] {"Device.DeviceInfo.SerialNumber", "xsd:string", "x"}));

        assertThat(report.faults()).containsExactly(9003);
        assertThat(acs.last("Fault").fault().orElseThrow().parameters())
                .extracting(ParameterFault::name, ParameterFault::code)
                .containsExactly(
                        tuple("Device.Nowhere", 9005),
                        tuple("Device.WiFi.Radio.1.Channel", 9006),
                        tuple("Device.WiFi.Radio.1.Channel2", 9005),
                        tuple("Device.WiFi.Radio.2.Channel", 9007),
                        tuple("Device.DeviceInfo.SerialNumber", 9008));
        assertThat(cpe.value(SSID)).isEqualTo("Homeward-1234");
        assertThat(cpe.value("Device.ManagementServer.ParameterKey")).isEmpty();
    }

    @Test
    void refusesAParameterNamedTwice() {
        SessionReport report = ask(Rpcs.setTypedValues(
                "", new String[] {SSID, "xsd:string", "a"}, new String[] {SSID, "xsd:string", "b"}));

        assertThat(report.faults()).containsExactly(9003);
        assertThat(cpe.value(SSID)).isEqualTo("Homeward-1234");
    }

    @Test
    void listsNamesOfOneLevel() {
        ask(Rpcs.getParameterNames("Device.WiFi.", true));

        assertThat(acs.last("GetParameterNamesResponse").names())
                .contains("Device.WiFi.Radio.", "Device.WiFi.RadioNumberOfEntries")
                .doesNotContain("Device.WiFi.", "Device.WiFi.Radio.1.");
    }

    @Test
    void listsNamesOfABranchWithTheBranchItself() {
        ask(Rpcs.getParameterNames("Device.Time.", false));

        assertThat(acs.last("GetParameterNamesResponse").names())
                .contains("Device.Time.", "Device.Time.NTPServer1")
                .hasSize(8);
    }

    @Test
    void listsTheRootForAnEmptyPath() {
        ask(Rpcs.getParameterNames("", true), Rpcs.getParameterNames("", false));

        List<ScriptedAcs.Heard> answers = acs.heard("GetParameterNamesResponse");
        assertThat(answers.get(0).names()).containsExactly("Device.");
        assertThat(answers.get(1).names()).hasSizeGreaterThan(400);
    }

    @Test
    void refusesNamesBelowAParameterOrOfNothing() {
        SessionReport report =
                ask(Rpcs.getParameterNames(SSID, true), Rpcs.getParameterNames("Device.Nowhere.", false));

        assertThat(report.faults()).containsExactly(9003, 9005);
    }

    @Test
    void addsAndDeletesInstancesAndNeverReusesANumber() {
        String table = "Device.NAT.PortMapping.";
        ask(
                Rpcs.addObject(table),
                Rpcs.deleteObject(table + "2."),
                Rpcs.addObject(table),
                Rpcs.setParameterValue(table + "3.ExternalPort", "xsd:unsignedInt", "8080"),
                Rpcs.getParameterValues(table, "Device.NAT.PortMappingNumberOfEntries"));

        assertThat(acs.heard("AddObjectResponse"))
                .extracting(h -> h.payload().childText("InstanceNumber"))
                .containsExactly("2", "3");
        assertThat(acs.last("GetParameterValuesResponse").values())
                .containsEntry(table + "3.ExternalPort", "8080")
                .containsEntry(table + "3.Protocol", "TCP")
                .containsEntry("Device.NAT.PortMappingNumberOfEntries", "2")
                .doesNotContainKey(table + "2.ExternalPort");
    }

    @Test
    void refusesInstancesWhereNoneCanBe() {
        SessionReport report = ask(
                Rpcs.addObject("Device.WiFi.Radio."),
                Rpcs.addObject("Device.Nowhere."),
                Rpcs.deleteObject("Device.WiFi.Radio.1."),
                Rpcs.deleteObject("Device.NAT.PortMapping.9."));

        assertThat(report.faults()).containsExactly(9005, 9005, 9005, 9005);
    }

    @Test
    void keepsNotificationAttributes() {
        ask(Rpcs.setNotification(SSID, 2), Rpcs.getParameterAttributes(SSID, "Device.DeviceInfo.SoftwareVersion"));

        assertThat(acs.last("GetParameterAttributesResponse")
                        .payload()
                        .children()
                        .getFirst()
                        .children())
                .extracting(s -> s.childText("Notification"))
                .containsExactly("2", "2");
    }
}
