package org.homeward.standalone.migration;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.homeward.provisioning.profile.Profile;
import org.homeward.provisioning.profile.RawPaths;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GenieAcsTest {

    @TempDir
    Path folder;

    private final StringWriter said = new StringWriter();

    private int bring(String... options) {
        List<String> all = new ArrayList<>(
                List.of("genieacs", "--out", folder.resolve("out").toString()));
        all.addAll(Arrays.asList(options));
        var out = new PrintWriter(said, true);
        return Main.run(out, out, all.toArray(String[]::new));
    }

    private String file(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content).toString();
    }

    private JsonNode profile(String name) throws IOException {
        return new YAMLMapper()
                .readTree(folder.resolve("out/profiles/" + name + ".yaml").toFile());
    }

    @Test
    void aPresetOfValuesBecomesAProfileThatCanBeSaved() throws Exception {
        String presets = file("presets.json", """
                [{"_id": "Wi-Fi names", "weight": 5, "channel": "wifi", "events": {},
                  "precondition": "DeviceID.ProductClass = \\"HG8245H\\" AND Tags.lab IS NULL",
                  "configurations": [
                    {"type": "value", "name": "InternetGatewayDevice.Time.NTPServer1", "value": "007"},
                    {"type": "value", "name": "InternetGatewayDevice.Time.Enable", "value": true},
                    {"type": "age", "name": "InternetGatewayDevice.DeviceInfo", "age": "3600"},
                    {"type": "add_tag", "tag": "seen"}]}]
                """);

        int code = bring("--presets", presets);

        assertThat(code).as(said.toString()).isZero();
        JsonNode profile = profile("wi-fi-names");
        assertThat(profile.path("condition").asText())
                .isEqualTo("device.productClass == \"HG8245H\" && !(\"lab\" in device.tags)");
        assertThat(profile.path("values")
                        .path("InternetGatewayDevice.Time.NTPServer1")
                        .textValue())
                .isEqualTo("007");
        assertThat(profile.path("tags").path("add").get(0).asText()).isEqualTo("seen");
        assertThat(Profile.compile((ObjectNode) profile, 1, new RawPaths()))
                .isInstanceOf(Profile.Compilation.Good.class);
    }

    @Test
    void whatIsWrittenToFreshDevicesOnlyIsTheirsToChange() throws Exception {
        String presets = file("presets.json", """
                {"_id": "bootstrap", "weight": 0, "events": {"0 BOOTSTRAP": true}, "configurations": [{"type": "provision", "name": "defaults"}]}
                """);
        String provisions = file("provisions.json", """
                {"_id": "defaults", "script": "declare('Device.WiFi.SSID.1.SSID', null, {value: 'home'});"}
                """);

        bring("--presets", presets, "--provisions", provisions);

        JsonNode ssid = profile("bootstrap").path("values").path("Device.WiFi.SSID.1.SSID");
        assertThat(ssid.path("value").asText()).isEqualTo("home");
        assertThat(ssid.path("userChange").asText()).isEqualTo("keep");
    }

    @Test
    void theHeavierPresetOverrulesTheLighter() throws Exception {
        String presets = file("presets.json", """
                {"_id": "b", "weight": 1, "configurations": [{"type": "value", "name": "Device.Time.Enable", "value": false}]}
                {"_id": "a", "weight": 7, "configurations": [{"type": "value", "name": "Device.Time.Enable", "value": true}]}
                """);

        bring("--presets", presets);

        assertThat(profile("a").path("priority").asInt())
                .isGreaterThan(profile("b").path("priority").asInt());
    }

    @Test
    void rowsThatShouldExistBecomeATable() throws Exception {
        String presets = file("presets.json", """
                {"_id": "ports", "configurations": [{"type": "add_object", "name": "Device.NAT.PortMapping", "object": "camera"}]}
                """);
        String objects = file("objects.json", """
                {"_id": "camera", "_keys": ["ExternalPort"], "ExternalPort": 8443, "InternalPort": 443}
                """);

        bring("--presets", presets, "--objects", objects);

        JsonNode table = profile("ports").path("objects").get(0);
        assertThat(table.path("table").asText()).isEqualTo("Device.NAT.PortMapping.");
        assertThat(table.path("key").get(0).asText()).isEqualTo("ExternalPort");
        assertThat(table.path("rows").get(0).path("InternalPort").asInt()).isEqualTo(443);
        assertThat(Profile.compile((ObjectNode) profile("ports"), 1, new RawPaths()))
                .isInstanceOf(Profile.Compilation.Good.class);
    }

    @Test
    void whatIsAProgramIsListedWithWhy() throws Exception {
        String presets = file("presets.json", """
                {"_id": "default", "configurations": [{"type": "provision", "name": "default"}]}
                {"_id": "nightly", "schedule": "3600 0 2 * * *", "configurations": [{"type": "value", "name": "Device.Time.Enable", "value": true}]}
                {"_id": "odd", "precondition": "VirtualParameters.mac = 'x'", "configurations": [{"type": "value", "name": "Device.Time.Enable", "value": true}]}
                """);
        String provisions = file("provisions.json", """
                {"_id": "default", "script": "if (true) declare('Device', {path: 1});"}
                """);
        String virtual = file("virtual.json", "[{\"_id\": \"mac\", \"script\": \"return {value: 1};\"}]");

        int code = bring("--presets", presets, "--provisions", provisions, "--virtual-parameters", virtual);

        assertThat(code).isEqualTo(1);
        assertThat(Files.readString(folder.resolve("out/report.txt")))
                .contains("preset default: provision default: a program")
                .contains("preset nightly: schedule \"3600 0 2 * * *\"")
                .contains("preset odd: precondition VirtualParameters.mac = 'x'")
                .contains("virtual parameter mac");
        assertThat(folder.resolve("out/profiles")).isDirectoryContaining("glob:**/nightly.yaml");
        assertThat(folder.resolve("out/profiles/odd.yaml")).doesNotExist();
    }

    @Test
    void devicesBecomeAListToRegister() throws Exception {
        String devices = file("devices.json", """
                {"_id": "00259E-HG8245H-1", "_deviceId": {"_Manufacturer": "Huawei, Inc.", "_OUI": "00259E", "_ProductClass": "HG8245H", "_SerialNumber": "1"}, "_tags": ["lab", "beta"]}
                {"_id": "odd"}
                """);

        int code = bring("--devices", devices);

        assertThat(code).isEqualTo(1);
        assertThat(folder.resolve("out/devices.csv"))
                .content()
                .isEqualTo(
                        "oui,productClass,serialNumber,manufacturer,tags\n00259E,HG8245H,1,\"Huawei, Inc.\",\"lab beta\"\n");
        assertThat(said.toString()).contains("device odd: has no OUI or no serial number");
    }

    @Test
    void aFileThatIsNoJsonIsNamed() throws Exception {
        int code = bring("--presets", file("presets.json", "[{"));

        assertThat(code).isEqualTo(2);
        assertThat(said.toString()).contains("presets.json");
    }
}
