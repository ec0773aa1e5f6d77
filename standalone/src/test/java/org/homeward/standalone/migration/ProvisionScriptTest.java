package org.homeward.standalone.migration;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProvisionScriptTest {

    @Test
    void bringsOverProgramsThatOnlyDeclareValues() {
        var values = ProvisionScript.values("""
                // set the clock
                const hourly = Date.now(3600000);
                const now = Date.now();
                /* and
                   the name */
                log("at work; really");
                declare("Device.Time.NTPServer1", {value: now}, {value: "ntp.example.net"});
                declare('Device.Time.Enable', null, {value: [true, "xsd:boolean"]})
                declare("InternetGatewayDevice.ManagementServer.PeriodicInformInterval", {value: now}, {value: 300});
                declare("Device.DeviceInfo.UpTime", {path: hourly, value: hourly});
                """).orElseThrow();

        assertThat(values.keySet())
                .containsExactly(
                        "Device.Time.NTPServer1",
                        "Device.Time.Enable",
                        "InternetGatewayDevice.ManagementServer.PeriodicInformInterval");
        assertThat(values.values())
                .extracting(JsonNode::toString)
                .containsExactly("\"ntp.example.net\"", "true", "300");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "if (x) declare(\"Device.X\", null, {value: 1});",
                "declare(\"Device.X\", null, {value: username});",
                "declare(\"Device.X.*\", null, {path: 3});",
                "declare(\"Device.\" + x, null, {value: 1});",
                "clear(\"Device\", Date.now());",
                "let m = \"\"; for (let i of d) m = i.value[0];",
                "return {writable: false, value: m};",
            })
    void leavesProgramsToAPerson(String script) {
        assertThat(ProvisionScript.values(script)).isEmpty();
    }
}
