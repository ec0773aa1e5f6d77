package org.homeward.provisioning.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasItem;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.homeward.backends.testing.KafkaBackend;
import org.homeward.backends.testing.PostgresBackend;
import org.homeward.contracts.plan.Action;
import org.homeward.contracts.plan.GatewayCommand.SessionPlan;
import org.homeward.contracts.plan.Step;
import org.homeward.contracts.rpc.ParameterValue;
import org.homeward.contracts.rpc.RpcResult;
import org.homeward.contracts.rpc.ValueType;
import org.homeward.kit.security.FieldCipher;
import org.homeward.provisioning.testing.ScriptedDevice;
import org.homeward.provisioning.testing.ScriptedGateways;
import org.homeward.provisioning.testing.SignedTokens;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One profile in capabilities, and devices of two data models, over a real broker and database. */
@QuarkusTest
@QuarkusTestResource(KafkaBackend.class)
@QuarkusTestResource(
        value = PostgresBackend.class,
        initArgs = @ResourceArg(name = "datasource", value = "provisioning"))
@QuarkusTestResource(SignedTokens.class)
class CapabilityFlowTest {

    private static final Map<String, String> TR181 = Map.of(
            "Device.WiFi.Radio.1.OperatingFrequencyBand", "2.4GHz",
            "Device.WiFi.Radio.1.Channel", "1",
            "Device.WiFi.Radio.1.AutoChannelEnable", "true",
            "Device.WiFi.SSID.1.LowerLayers", "Device.WiFi.Radio.1.",
            "Device.WiFi.SSID.1.SSID", "factory",
            "Device.WiFi.AccessPoint.1.SSIDReference", "Device.WiFi.SSID.1.",
            "Device.WiFi.AccessPoint.1.Security.KeyPassphrase", "");
    private static final String WLAN = "InternetGatewayDevice.LANDevice.1.WLANConfiguration.1.";
    private static final Map<String, String> TR098 = Map.of(
            "InternetGatewayDevice.LANDeviceNumberOfEntries",
            "1",
            WLAN + "PossibleChannels",
            "1-13",
            WLAN + "Channel",
            "1",
            WLAN + "AutoChannelEnable",
            "1",
            WLAN + "SSID",
            "factory",
            WLAN + "PreSharedKey.1.KeyPassphrase",
            "");

    @Inject
    ScriptedGateways gateways;

    @Inject
    FieldCipher cipher;

    private final String tenant = "c" + UUID.randomUUID().toString().substring(0, 8);
    private String token = "";

    @BeforeEach
    void signIn() {
        token = SignedTokens.of(tenant, "olga", "operator");
    }

    private Map<String, String> writtenAtFirstContact(ScriptedDevice device, Map<String, String> tree) {
        device.inform("0 BOOTSTRAP", "1 BOOT");
        SessionPlan plan = device.plan();
        for (Step step : plan.steps()) {
            if (step.action() instanceof Action.ReadTree) {
                List<ParameterValue> values = tree.entrySet().stream()
                        .map(each -> new ParameterValue(each.getKey(), each.getValue(), ValueType.STRING))
                        .toList();
                device.partly(plan, step, new RpcResult.Values(values));
                device.answer(plan, step, new RpcResult.TreeRead(values.size(), List.of()));
            } else {
                device.answer(plan, step, new RpcResult.Applied(0));
            }
        }
        Map<String, String> written = new LinkedHashMap<>();
        for (Step step : device.plan().steps()) {
            ((Action.WriteValues) step.action())
                    .values()
                    .forEach(value ->
                            written.put(value.path(), value.sealed() ? cipher.open(value.value()) : value.value()));
        }
        return written;
    }

    @Test
    void oneProfileGivesDevicesOfTwoDataModelsTheSameNetwork() {
        RestAssured.given()
                .auth()
                .oauth2(token)
                .contentType(ContentType.JSON)
                .body("""
                        {"name": "home", "values": {
                            "capability:wifi.networks[2.4GHz].ssid": {"expression": "'home-' + device.oui"},
                            "capability:wifi.networks[2.4GHz].passphrase": "geheimnis",
                            "capability:wifi.networks[2.4GHz].channel": 11}}
                        """)
                .post("/api/profiles")
                .then()
                .statusCode(201)
                .body(containsString("sealed"));
        RestAssured.given()
                .auth()
                .oauth2(token)
                .post("/api/profiles/home/activate")
                .then()
                .statusCode(200);

        Map<String, String> tr181 = writtenAtFirstContact(gateways.device(tenant, "C181"), TR181);
        Map<String, String> tr098 =
                writtenAtFirstContact(gateways.device(tenant, "C098").speaking("InternetGatewayDevice."), TR098);

        assertThat(tr181)
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "Device.WiFi.SSID.1.SSID", "home-001122",
                        "Device.WiFi.AccessPoint.1.Security.KeyPassphrase", "geheimnis",
                        "Device.WiFi.Radio.1.AutoChannelEnable", "false",
                        "Device.WiFi.Radio.1.Channel", "11"));
        assertThat(tr098)
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        WLAN + "SSID", "home-001122",
                        WLAN + "PreSharedKey.1.KeyPassphrase", "geheimnis",
                        WLAN + "AutoChannelEnable", "false",
                        WLAN + "Channel", "11"));
    }

    @Test
    void aCapabilityThatThereIsNotIsRefusedWithTheNearestOnesAsTheProfileIsSaved() {
        RestAssured.given()
                .auth()
                .oauth2(token)
                .contentType(ContentType.JSON)
                .body("{\"name\":\"wrong\",\"values\":{\"capability:wan.ppoe.username\":\"alice\"}}")
                .post("/api/profiles")
                .then()
                .statusCode(400)
                .body(containsString("is no capability; the nearest are wan.pppoe.username"));
    }

    @Test
    void theCatalogueAndWhatADeviceSaysOfItCanBeAsked() {
        ScriptedDevice device = gateways.device(tenant, "ASKED").known();

        List<Map<String, Object>> views = Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(
                        () -> RestAssured.given()
                                .auth()
                                .oauth2(token)
                                .get("/api/devices/" + device.id() + "/capabilities"),
                        answer -> answer.statusCode() == 200)
                .jsonPath()
                .getList("");

        assertThat(views)
                .anySatisfy(view -> assertThat(view)
                        .containsEntry("name", "time.ntp.servers[1]")
                        .extractingByKey("parameters")
                        .asString()
                        .contains("Device.Time.NTPServer1"))
                .anySatisfy(view -> assertThat(view)
                        .containsEntry("name", "wifi.networks[5GHz].ssid")
                        .extractingByKey("why")
                        .asString()
                        .contains("nothing that the device reported says where it stands"));
        RestAssured.given()
                .auth()
                .oauth2(token)
                .get("/api/capabilities")
                .then()
                .statusCode(200)
                .body("name", hasItem("wifi.networks[*].passphrase"));
    }
}
