package org.homeward.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.stream.StreamSupport;
import org.homeward.simulator.SimulatedCpe;
import org.homeward.simulator.model.Models;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** From a profile that an operator writes to devices of two data models that are so, through all of the house. */
@Timeout(300)
class ProfilesIT {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final String NAME_181 = "Device.WiFi.SSID.1.SSID";
    private static final String TIME_181 = "Device.Time.NTPServer1";
    private static final String NAME_098 = "InternetGatewayDevice.LANDevice.1.WLANConfiguration.1.SSID";
    private static final String TIME_098 = "InternetGatewayDevice.Time.NTPServer1";

    @TempDir
    static Path data;

    private static final PortPlan PORTS = House.freePorts();
    private static final ObjectMapper JSON = new ObjectMapper();
    private static House house;
    private static HttpClient http;
    private static String token = "";

    @BeforeAll
    static void start() throws Exception {
        house = House.up(PORTS, data, "--open").awaitReady();
        http = HttpClient.newHttpClient();
    }

    @AfterAll
    static void stop() throws Exception {
        http.close();
        house.kill();
        await().atMost(Duration.ofSeconds(30)).until(() -> {
            house.processes().forEach(ProcessHandle::destroy);
            return house.processes().isEmpty();
        });
    }

    /** One data model's names for the same things; the name is the operator's to say, the time server a default. */
    private static String profile(String model, String name, String time, String server) {
        return """
                name: %s
                condition: device.productClass == "%s"
                values:
                  %s: {expression: '"home-" + device.serialNumber'}
                  %s: {value: %s, userChange: keep}
                attributes:
                  %s: {notification: active}
                  %s: {notification: active}
                connection:
                  PeriodicInformInterval: 7200
                """.formatted(model.toLowerCase(Locale.ROOT), model, name, time, server, name, time);
    }

    private static String send(String method, String path, String contentType, String body) throws Exception {
        if (token.isEmpty()) {
            token = House.token("--port-offset", String.valueOf(PORTS.offset())).output();
        }
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + PORTS.http() + path))
                .timeout(Duration.ofSeconds(40))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", contentType)
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
        var response = http.send(request, BodyHandlers.ofString());
        if (response.statusCode() == 401) {
            token = "";
            return send(method, path, contentType, body);
        }
        if (response.statusCode() / 100 != 2) {
            throw new IOException(method + ' ' + path + " answered " + response.statusCode() + ": " + response.body());
        }
        return response.body();
    }

    private static JsonNode explained(SimulatedCpe cpe) throws Exception {
        var id = cpe.identity().oui() + "-" + cpe.identity().productClass().replace("-", "%252D") + "-"
                + cpe.identity().serial();
        return JSON.readTree(send("GET", "/api/devices/" + id + "/explain", "application/json", ""));
    }

    private static String state(SimulatedCpe cpe, String path) throws Exception {
        return StreamSupport.stream(explained(cpe).path("values").spliterator(), false)
                .filter(line -> line.path("path").asText().equals(path))
                .map(line -> line.path("state").asText())
                .findFirst()
                .orElse("");
    }

    private static void awaitValue(SimulatedCpe cpe, String path, String value) {
        await(path).atMost(PATIENCE).until(() -> cpe.value(path), value::equals);
    }

    private static void awaitState(SimulatedCpe cpe, String path, String state) {
        await(path).atMost(PATIENCE).ignoreExceptions().until(() -> state(cpe, path), state::equals);
    }

    @Test
    void devicesOfTwoDataModelsBecomeWhatTheirProfileSaysAndStaySo() throws Exception {
        send("POST", "/api/profiles", "application/yaml", profile("HG-2400", NAME_181, TIME_181, "ntp.example.net"));
        send("POST", "/api/profiles", "application/yaml", profile("HG-1100", NAME_098, TIME_098, "ntp.example.net"));
        send("POST", "/api/profiles/hg-2400/activate", "application/json", "{}");
        send("POST", "/api/profiles/hg-1100/activate", "application/json", "{}");
        var acs = "http://127.0.0.1:" + PORTS.cwmp() + "/";
        try (var tr181 = SimulatedCpe.builder(acs).serial("P181").build();
                var tr098 = SimulatedCpe.builder(acs)
                        .model(Models.tr098())
                        .serial("P098")
                        .build()) {
            tr181.start();
            tr098.start();

            awaitValue(tr181, NAME_181, "home-P181");
            awaitValue(tr098, NAME_098, "home-P098");
            awaitState(tr181, NAME_181 + "#notification", "verified");
            awaitState(tr098, NAME_098 + "#notification", "verified");
            assertThat(tr181.value(TIME_181)).isEqualTo("ntp.example.net");
            assertThat(tr098.value("InternetGatewayDevice.ManagementServer.PeriodicInformInterval"))
                    .isEqualTo("7200");
            var explained = explained(tr181);
            assertThat(explained.path("words").asText())
                    .isEqualTo("All 5 settings of this device are as profiles say.");
            assertThat(explained.findValuesAsText("words"))
                    .anyMatch(words -> words.startsWith("It was written on ") && words.contains("confirmed it on "));

            // what the user of the box changes is made good again, or left alone
            tr181.change(NAME_181, "mine");
            tr098.change(TIME_098, "ntp.mine.example");
            awaitState(tr098, TIME_098, "kept");
            awaitValue(tr181, NAME_181, "home-P181");
            assertThat(tr098.value(TIME_098)).isEqualTo("ntp.mine.example");

            // what nobody has asked for until now is known from what the devices reported
            send(
                    "POST",
                    "/api/profiles",
                    "application/yaml",
                    "name: dns\nvalues:\n  Device.Time.NTPServer2: ntp2.example.net\n");
            var first =
                    JSON.readTree(send("POST", "/api/profiles/dns/dry-run", "application/json", "{\"details\":false}")
                            .lines()
                            .toList()
                            .getLast());
            assertThat(first.path("sum").path("unread").asInt()).isZero();
            assertThat(first.path("sum").path("changing").asInt()).isEqualTo(1);
            assertThat(first.path("parameters")
                            .path(0)
                            .path("changes")
                            .path(0)
                            .path("from")
                            .asText())
                    .isEqualTo("1.pool.ntp.org");

            // the next version tells first what it would do, reaches a device when it calls, and can be taken back
            send(
                    "PUT",
                    "/api/profiles/hg-2400",
                    "application/yaml",
                    profile("HG-2400", NAME_181, TIME_181, "ntp2.example.net"));
            var dryRun = send("POST", "/api/profiles/hg-2400/dry-run", "application/json", "{}");
            var end = JSON.readTree(dryRun.lines().toList().getLast());
            assertThat(end.path("done").asBoolean()).isTrue();
            assertThat(end.path("sum").path("devices").asInt()).isEqualTo(2);
            assertThat(end.path("sum").path("changing").asInt()).isEqualTo(1);
            assertThat(end.path("parameters").path(0).path("path").asText()).isEqualTo(TIME_181);
            send("POST", "/api/profiles/hg-2400/activate", "application/json", "{\"why\":\"another server\"}");
            tr181.informNow("2 PERIODIC");
            awaitValue(tr181, TIME_181, "ntp2.example.net");
            send("POST", "/api/profiles/hg-2400/rollback", "application/json", "{\"why\":\"it is slow\"}");
            tr181.informNow("2 PERIODIC");
            awaitValue(tr181, TIME_181, "ntp.example.net");

            // one profile in capabilities gives both the same network
            send("POST", "/api/profiles", "application/yaml", """
                    name: network
                    priority: 200
                    values:
                      capability:wifi.networks[2.4GHz].ssid: same everywhere
                      capability:wifi.networks[2.4GHz].passphrase: same-secret
                      capability:wifi.networks[2.4GHz].channel: 11
                      capability:wifi.networks[2.4GHz].security: WPA-WPA2-Personal
                    """);
            send("POST", "/api/profiles/network/activate", "application/json", "{}");
            tr181.informNow("2 PERIODIC");
            tr098.informNow("2 PERIODIC");
            var wlan = "InternetGatewayDevice.LANDevice.1.WLANConfiguration.1.";
            awaitValue(tr181, NAME_181, "same everywhere");
            awaitValue(tr098, NAME_098, "same everywhere");
            awaitValue(tr181, "Device.WiFi.Radio.1.Channel", "11");
            awaitValue(tr098, wlan + "Channel", "11");
            awaitValue(tr181, "Device.WiFi.AccessPoint.1.Security.KeyPassphrase", "same-secret");
            awaitValue(tr098, wlan + "PreSharedKey.1.KeyPassphrase", "same-secret");
            awaitValue(tr181, "Device.WiFi.AccessPoint.1.Security.ModeEnabled", "WPA-WPA2-Personal");
            awaitValue(tr098, wlan + "BeaconType", "WPAand11i");
        }
    }
}
