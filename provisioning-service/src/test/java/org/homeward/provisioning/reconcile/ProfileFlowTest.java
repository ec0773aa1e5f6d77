package org.homeward.provisioning.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.homeward.backends.testing.KafkaBackend;
import org.homeward.backends.testing.PostgresBackend;
import org.homeward.contracts.Topic;
import org.homeward.contracts.device.DeviceFacts;
import org.homeward.contracts.device.SecretAttribute;
import org.homeward.contracts.plan.Action;
import org.homeward.contracts.plan.GatewayCommand.SessionPlan;
import org.homeward.contracts.plan.Step;
import org.homeward.contracts.rpc.ParameterValue;
import org.homeward.contracts.rpc.RpcResult;
import org.homeward.contracts.rpc.ValueType;
import org.homeward.contracts.session.DeviceIdentity;
import org.homeward.contracts.session.SessionEvent.SessionClosed;
import org.homeward.kit.security.FieldCipher;
import org.homeward.provisioning.plan.store.LedgerRows;
import org.homeward.provisioning.plan.store.StoredLedger;
import org.homeward.provisioning.testing.ScriptedDevice;
import org.homeward.provisioning.testing.ScriptedGateways;
import org.homeward.provisioning.testing.SignedTokens;
import org.junit.jupiter.api.Test;

/** From a profile that an operator writes to a device that is so, over a real broker and database. */
@QuarkusTest
@QuarkusTestResource(KafkaBackend.class)
@QuarkusTestResource(
        value = PostgresBackend.class,
        initArgs = @ResourceArg(name = "datasource", value = "provisioning"))
@QuarkusTestResource(SignedTokens.class)
class ProfileFlowTest {

    private static final String NAME = "Device.WiFi.SSID.1.SSID";
    private static final String PASSPHRASE = "Device.WiFi.AccessPoint.1.Security.KeyPassphrase";

    @Inject
    ScriptedGateways gateways;

    @Inject
    LedgerRows rows;

    @Inject
    FieldCipher cipher;

    private final String tenant = "f" + UUID.randomUUID().toString().substring(0, 8);

    private void profile(String json) {
        String name = json.replaceFirst("^\\{\"name\":\"([^\"]+)\".*", "$1");
        String token = SignedTokens.of(tenant, "olga", "operator");
        RestAssured.given()
                .auth()
                .oauth2(token)
                .contentType(ContentType.JSON)
                .body(json)
                .post("/api/profiles")
                .then()
                .statusCode(201);
        RestAssured.given()
                .auth()
                .oauth2(token)
                .post("/api/profiles/" + name + "/activate")
                .then()
                .statusCode(200);
    }

    private StoredLedger stored(ScriptedDevice device) throws SQLException {
        return Objects.requireNonNull(rows.load(List.of(device.key)).get(device.key));
    }

    private void eventuallySettled(ScriptedDevice device) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .untilAsserted(() ->
                        assertThat(stored(device).ledger().standing().settled()).isTrue());
    }

    private static ParameterValue value(String path, String value) {
        return new ParameterValue(path, value, ValueType.STRING);
    }

    /** First contact: the data model as it is in the shop, and all that every device is told. */
    private static void firstContact(ScriptedDevice device) {
        device.inform("0 BOOTSTRAP", "1 BOOT");
        SessionPlan plan = device.plan();
        for (Step step : plan.steps()) {
            if (step.action() instanceof Action.ReadTree) {
                device.partly(plan, step, new RpcResult.Values(List.of(value(NAME, "factory"), value(PASSPHRASE, ""))));
                device.answer(plan, step, new RpcResult.TreeRead(2, List.of()));
            } else {
                device.answer(plan, step, new RpcResult.Applied(0));
            }
        }
    }

    private static List<ParameterValue> written(Step step) {
        return ((Action.WriteValues) step.action()).values();
    }

    @Test
    void aBoxFreshFromTheShopBecomesWhatItsProfileSaysInItsFirstSession() throws SQLException {
        profile("{\"name\":\"home\",\"values\":{\"" + NAME + "\":{\"expression\":\"'home-' + device.oui\"},\""
                + PASSPHRASE + "\":\"geheimnis\"}}");
        ScriptedDevice device = gateways.device(tenant, "FRESH");

        firstContact(device);

        SessionPlan plan = device.plan();
        Step write = plan.steps().getFirst();
        assertThat(plan.steps()).hasSize(1);
        assertThat(written(write)).extracting(ParameterValue::path).containsExactly(PASSPHRASE, NAME);
        assertThat(written(write).getFirst().sealed()).isTrue();
        assertThat(written(write).getLast()).isEqualTo(value(NAME, "home-001122"));
        device.answer(plan, write, new RpcResult.Values(List.of(value(NAME, "home-001122"), value(PASSPHRASE, ""))));
        assertThat(device.plan().last()).isTrue();
        device.close(SessionClosed.Reason.COMPLETED);
        eventuallySettled(device);
        assertThat(stored(device).ledger().toString()).doesNotContain("geheimnis");
        long version = stored(device).version();

        device.inform("2 PERIODIC");

        assertThat(device.plan().steps()).isEmpty();
        device.close(SessionClosed.Reason.COMPLETED);
        device.inform("2 PERIODIC");
        assertThat(device.plan().steps()).isEmpty();
        assertThat(stored(device).version()).isEqualTo(version);
    }

    @Test
    void aProfileThatBecomesActiveAndATagThatIsGivenReachTheDeviceAtItsNextSession() {
        ScriptedDevice device = gateways.device(tenant, "LATER");
        firstContact(device);
        assertThat(device.plan().steps()).isEmpty();
        device.close(SessionClosed.Reason.COMPLETED);
        profile("{\"name\":\"vip\",\"condition\":\"'vip' in device.tags\",\"values\":{\"" + NAME + "\":\"vip\"}}");
        device.inform("2 PERIODIC");
        assertThat(device.plan().steps()).isEmpty();
        device.close(SessionClosed.Reason.COMPLETED);

        device.sayOf(
                Topic.DEVICE_FACTS,
                new DeviceFacts(
                        new DeviceIdentity(
                                "Acme", "001122", "BOX", device.key.device().serialNumber()),
                        "Device.",
                        "1.0",
                        "",
                        "",
                        Set.of("vip"),
                        null,
                        false,
                        true,
                        null,
                        List.of()));
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .untilAsserted(
                        () -> assertThat(stored(device).ledger().about().tags()).contains("vip"));
        device.inform("2 PERIODIC");

        SessionPlan read = device.plan();
        device.partly(read, read.steps().getFirst(), new RpcResult.Values(List.of(value(NAME, "factory"))));
        device.answer(read, read.steps().getFirst(), new RpcResult.TreeRead(1, List.of()));
        assertThat(written(device.plan().steps().getFirst())).containsExactly(value(NAME, "vip"));
    }

    @Test
    void aSessionThatDiesInTheMiddleOfTheWriteIsTakenUpByReading() throws SQLException {
        profile("{\"name\":\"home\",\"values\":{\"" + NAME + "\":\"home\"}}");
        ScriptedDevice device = gateways.device(tenant, "CRASH");
        firstContact(device);
        assertThat(device.plan().steps()).hasSize(1);
        assertThat(stored(device).ledger().standing().flight()).isNotNull();

        device.close(SessionClosed.Reason.GATEWAY_FAILED);
        device.inform("2 PERIODIC");

        SessionPlan read = device.plan();
        assertThat(read.steps().getFirst().action()).isEqualTo(new Action.ReadTree(List.of(NAME)));
        device.partly(read, read.steps().getFirst(), new RpcResult.Values(List.of(value(NAME, "home"))));
        device.answer(read, read.steps().getFirst(), new RpcResult.TreeRead(1, List.of()));
        assertThat(device.plan().steps()).isEmpty();
        eventuallySettled(device);
    }

    @Test
    void aDeviceThatSaysOtherwiseIsDivergingAndExplained() {
        profile("{\"name\":\"home\",\"values\":{\"" + NAME + "\":\"home\"}}");
        ScriptedDevice device = gateways.device(tenant, "STUBBORN");
        firstContact(device);
        SessionPlan plan = device.plan();
        device.answer(plan, plan.steps().getFirst(), new RpcResult.Values(List.of(value(NAME, "HOME"))));
        assertThat(device.plan().last()).isTrue();
        device.close(SessionClosed.Reason.COMPLETED);
        eventuallySettled(device);

        String token = SignedTokens.of(tenant, "sue", "support");
        List<String> words = RestAssured.given()
                .auth()
                .oauth2(token)
                .get("/api/devices/" + device.id() + "/explain")
                .then()
                .statusCode(200)
                .extract()
                .path("values.words");

        assertThat(words)
                .singleElement()
                .asString()
                .startsWith("The device took the value on ")
                .contains(", but says \"HOME\". It is tried again at the first session after ", "for the 2nd time");
        RestAssured.given()
                .auth()
                .oauth2(SignedTokens.of("another", "eve", "support"))
                .get("/api/devices/" + device.id() + "/explain")
                .then()
                .statusCode(404);
    }

    @Test
    void aDryRunTellsWhatADraftWouldDoAndDoesNothing() {
        profile("{\"name\":\"home\",\"values\":{\"" + NAME + "\":\"home\"}}");
        ScriptedDevice device = gateways.device(tenant, "TRIED");
        firstContact(device);
        SessionPlan plan = device.plan();
        device.answer(plan, plan.steps().getFirst(), new RpcResult.Values(List.of(value(NAME, "home"))));
        assertThat(device.plan().last()).isTrue();
        device.close(SessionClosed.Reason.COMPLETED);
        eventuallySettled(device);
        String token = SignedTokens.of(tenant, "olga", "operator");
        RestAssured.given()
                .auth()
                .oauth2(token)
                .contentType(ContentType.JSON)
                .body("{\"name\":\"home\",\"values\":{\"" + NAME + "\":\"other\",\"Device.Unread\":1,"
                        + "\"Device.Lacking\":{\"expression\":\"services.voip.number\"}}}")
                .put("/api/profiles/home")
                .then()
                .statusCode(200);

        String lines = RestAssured.given()
                .auth()
                .oauth2(token)
                .post("/api/profiles/home/dry-run")
                .then()
                .statusCode(200)
                .extract()
                .asString();

        assertThat(lines.lines()).hasSize(2);
        assertThat(lines)
                .contains("{\"path\":\"" + NAME + "\",\"from\":\"home\",\"to\":\"other\",\"how\":\"write\"}")
                .contains("\"unread\":[\"Device.Lacking\",\"Device.Unread\"]")
                .contains("services.voip.number is not known of this device");
        JsonPath end = JsonPath.from(lines.lines().toList().getLast());
        assertThat(end.getBoolean("done")).isTrue();
        assertThat(end.getMap("sum"))
                .containsEntry("devices", 1)
                .containsEntry("matched", 1)
                .containsEntry("changing", 1)
                .containsEntry("unread", 1)
                .containsEntry("incomplete", 1)
                .containsEntry("clashing", 0)
                .containsEntry("rpcs", 3)
                .containsEntry("sessions", 1)
                .containsEntry("reboots", 0)
                .containsEntry("seconds", 1);
        assertThat(end.getList("parameters.path")).containsExactly("Device.Unread", NAME);
        String none = RestAssured.given()
                .auth()
                .oauth2(token)
                .contentType(ContentType.JSON)
                .body("{\"where\":\"'beta' in device.tags\"}")
                .post("/api/profiles/home/dry-run")
                .asString();
        assertThat(JsonPath.from(none).getInt("sum.devices")).isZero();
        RestAssured.given()
                .auth()
                .oauth2(token)
                .contentType(ContentType.JSON)
                .body("{\"where\":\"device.nothing == 1\"}")
                .post("/api/profiles/home/dry-run")
                .then()
                .statusCode(400)
                .body("errors[0].field", equalTo("where"));
        device.inform("2 PERIODIC");
        assertThat(device.plan().steps()).isEmpty();
    }

    @Test
    void whatASubscriberBoughtReachesTheDeviceAndItsPasswordOnlySealed() throws SQLException {
        String username = "Device.PPP.Interface.1.Username";
        String password = "Device.PPP.Interface.1.Password";
        profile("{\"name\":\"internet\",\"condition\":\"has(services.internet)\",\"values\":{\"" + username
                + "\":{\"expression\":\"services.internet.username\"},\"" + password
                + "\":{\"expression\":\"services.internet.password\"}}}");
        ScriptedDevice device = gateways.device(tenant, "BOUGHT");
        String place = new SecretAttribute(device.key.tenant(), "C-1", "S-1", "password").context();
        device.sayOf(
                Topic.DEVICE_FACTS,
                new DeviceFacts(
                        new DeviceIdentity(
                                "Acme", "001122", "BOX", device.key.device().serialNumber()),
                        "",
                        "",
                        "",
                        "",
                        Set.of(),
                        "C-1",
                        false,
                        false,
                        new DeviceFacts.Subscriber("C-1", Map.of(), Map.of()),
                        List.of(new DeviceFacts.Service(
                                "S-1",
                                "internet",
                                Map.of("username", "alice@isp"),
                                Map.of("password", cipher.seal("geheimnis", place))))));
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(rows.load(List.of(device.key))).isNotEmpty());
        device.inform("0 BOOTSTRAP", "1 BOOT");
        SessionPlan first = device.plan();
        for (Step step : first.steps()) {
            if (step.action() instanceof Action.ReadTree) {
                device.partly(first, step, new RpcResult.Values(List.of(value(username, ""), value(password, ""))));
                device.answer(first, step, new RpcResult.TreeRead(2, List.of()));
            } else {
                device.answer(first, step, new RpcResult.Applied(0));
            }
        }

        List<ParameterValue> written = written(device.plan().steps().getFirst());

        assertThat(written).extracting(ParameterValue::path).containsExactly(password, username);
        assertThat(cipher.open(written.getFirst().value())).isEqualTo("geheimnis");
        assertThat(written.getLast()).isEqualTo(value(username, "alice@isp"));
        assertThat(stored(device).toString()).doesNotContain("geheimnis");
    }
}
