package org.homeward.simulator.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.homeward.simulator.model.DeviceModel.Assignment;
import org.homeward.simulator.soap.CwmpFault.ParameterFault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelsTest {
    private static DeviceModel device(BaseModel base) {
        return new DeviceModel(base, name -> "<" + name + ">");
    }

    @Test
    void ownModelsHaveTheSizeOfARealGateway() {
        assertThat(Models.tr181().parameterCount()).isBetween(300L, 600L);
        assertThat(Models.tr098().parameterCount()).isBetween(250L, 500L);
    }

    @Test
    void everyFactoryValueFitsItsType() {
        for (BaseModel base : List.of(Models.tr181(), Models.tr098())) {
            base.nodes().forEach((path, node) -> {
                if (node instanceof Node.Parameter p
                        && !p.value().isEmpty()
                        && !p.value().contains("${")) {
                    assertThat(p.type().accepts(p.value()))
                            .as(path + " = " + p.value())
                            .isTrue();
                }
            });
        }
    }

    @ParameterizedTest
    @CsvSource({
        "huawei-eg8145v5.csv, InternetGatewayDevice.",
        "tplink-ec220.csv, Device.",
        "tplink-ex220.csv, Device.",
        "zte-h199a.csv, InternetGatewayDevice."
    })
    void loadsTheTreesOfRealGateways(String name, String root) {
        Path file = Path.of(System.getProperty("homeward.shared", "../../shared"), "cwmp", "device-models", name);
        assumeTrue(Files.exists(file), () -> "DID NOT RUN: no data model at " + file);

        DeviceModel model = device(Models.load(file));

        assertThat(model.root()).isEqualTo(root);
        assertThat(model.under("DeviceInfo.SerialNumber")).isEqualTo("<serial>");
        assertThat(model.under("ManagementServer.ConnectionRequestURL")).isEqualTo("<connectionRequestUrl>");
        assertThat(model.base().informPaths()).hasSizeGreaterThanOrEqualTo(6);
    }

    @Test
    void addsInstancesToTheTablesOfARealGateway() {
        Path file = Path.of(
                System.getProperty("homeward.shared", "../../shared"), "cwmp", "device-models", "huawei-eg8145v5.csv");
        assumeTrue(Files.exists(file), () -> "DID NOT RUN: no data model at " + file);
        DeviceModel model = device(Models.load(file));
        String table = "InternetGatewayDevice.LANDevice.1.WLANConfiguration.";
        int highest = model.instances(table).getLast();

        int number = model.add(table);

        assertThat(number).isEqualTo(highest + 1);
        assertThat(model.value(table + number + ".SSID")).contains("");
    }

    @Test
    void devicesDoNotSeeEachOthersChanges() {
        DeviceModel one = device(Models.tr181());
        DeviceModel two = device(Models.tr181());

        one.assign(List.of(new Assignment("Device.WiFi.SSID.1.SSID", "string", "mine")));

        assertThat(one.value("Device.WiFi.SSID.1.SSID")).contains("mine");
        assertThat(two.value("Device.WiFi.SSID.1.SSID")).contains("Homeward-<serial4>");
    }

    @Test
    void aDeletedFactoryInstanceIsGoneUntilReset() {
        DeviceModel model = device(Models.tr181());
        model.delete("Device.NAT.PortMapping.1.");
        assertThat(model.node("Device.NAT.PortMapping.1.ExternalPort")).isNull();
        assertThat(model.add("Device.NAT.PortMapping.")).isEqualTo(2);

        model.reset();

        assertThat(model.instances("Device.NAT.PortMapping.")).containsExactly(1);
    }

    @Test
    void booleansAreSaidInTheDevicesOwnWay() {
        DeviceModel tr098 = device(Models.tr098());
        DeviceModel tr181 = device(Models.tr181());

        tr098.put("InternetGatewayDevice.Time.Enable", "true");
        tr181.put("Device.Time.Enable", "1");

        assertThat(tr098.value("InternetGatewayDevice.Time.Enable")).contains("1");
        assertThat(tr181.value("Device.Time.Enable")).contains("true");
    }

    @ParameterizedTest
    @CsvSource({
        "Device.WiFi.Radio.1.Channel, unsignedInt, 256, 9007",
        "Device.WiFi.Radio.1.Channel, unsignedInt, -1, 9007",
        "Device.WiFi.Radio.1.Channel, int, 6, 9006",
        "Device.WiFi.Radio.1.Enable, boolean, yes, 9007",
        "Device.WiFi.SSID.1.SSID, string, 123456789012345678901234567890123, 9007",
        "Device.WiFi.AccessPoint.1.Security.ModeEnabled, string, WEP-64, 9007",
        "Device.ManagementServer.PeriodicInformTime, dateTime, yesterday, 9007",
        "Device.WiFi.SSID.1.BSSID, string, x, 9008",
        "Device.WiFi.SSID., string, x, 9005"
    })
    void refusesWhatItCannotHold(String path, String type, String value, int fault) {
        assertThat(device(Models.tr181()).assign(List.of(new Assignment(path, type, value))))
                .extracting(ParameterFault::code)
                .containsExactly(fault);
    }

    @Test
    void namesTheLineThatMakesNoSense(@TempDir Path dir) throws Exception {
        Path file = Files.writeString(dir.resolve("bad.model"), "object Device.\n  Speed r unsignedInt fast\n");

        assertThatThrownBy(() -> Models.load(file)).hasMessageContaining("bad.model, line 2");
    }
}
