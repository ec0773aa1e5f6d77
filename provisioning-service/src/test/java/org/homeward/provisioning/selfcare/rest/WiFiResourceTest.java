package org.homeward.provisioning.selfcare.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.homeward.backends.testing.KafkaBackend;
import org.homeward.backends.testing.PostgresBackend;
import org.homeward.contracts.plan.Action;
import org.homeward.contracts.plan.GatewayCommand.SessionPlan;
import org.homeward.contracts.plan.Step;
import org.homeward.contracts.rpc.ParameterFault;
import org.homeward.contracts.rpc.ParameterValue;
import org.homeward.contracts.rpc.RpcResult;
import org.homeward.contracts.rpc.ValueType;
import org.homeward.contracts.session.SessionEvent.SessionClosed;
import org.homeward.kit.security.FieldCipher;
import org.homeward.provisioning.plan.store.LedgerRows;
import org.homeward.provisioning.testing.ScriptedDevice;
import org.homeward.provisioning.testing.ScriptedGateways;
import org.homeward.provisioning.testing.SignedTokens;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A subscriber changes the Wi-Fi of its box, over a real broker and database. */
@QuarkusTest
@QuarkusTestResource(KafkaBackend.class)
@QuarkusTestResource(
        value = PostgresBackend.class,
        initArgs = @ResourceArg(name = "datasource", value = "provisioning"))
@QuarkusTestResource(SignedTokens.class)
class WiFiResourceTest {

    private static final String SSID = "Device.WiFi.SSID.1.SSID";
    private static final String PASSPHRASE = "Device.WiFi.AccessPoint.1.Security.KeyPassphrase";

    @Inject
    ScriptedGateways gateways;

    @Inject
    FieldCipher cipher;

    @Inject
    LedgerRows ledgers;

    private final String tenant = "w" + UUID.randomUUID().toString().substring(0, 8);
    private ScriptedDevice device;

    @BeforeEach
    void aDeviceOfAnn() {
        device = gateways.device(tenant, "WIFI").known().belongingTo("C-1");
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> ann().get(wifi()).then().statusCode(200));
    }

    private String wifi() {
        return "/api/self-care/devices/" + device.id().replace("%", "%25") + "/wifi";
    }

    private static RequestSpecification as(String token) {
        return RestAssured.given()
                .urlEncodingEnabled(false)
                .auth()
                .oauth2(token)
                .contentType(ContentType.JSON);
    }

    private RequestSpecification ann() {
        return as(SignedTokens.ofSubscriber(tenant, "ann", "C-1"));
    }

    private CompletableFuture<Response> changing(String networks) {
        return CompletableFuture.supplyAsync(() -> ann().header("Prefer", "wait=60")
                .body("{\"networks\": " + networks + "}")
                .patch(wifi()));
    }

    private static ParameterValue value(String path, String value) {
        return new ParameterValue(path, value, ValueType.STRING);
    }

    /** The device is called, calls, and says what it is asked for; returns what it then is told. */
    private SessionPlan called(Map<String, String> said) {
        device.delivered(device.wakeUp());
        device.inform("6 CONNECTION REQUEST");
        SessionPlan plan = device.plan();
        if (!plan.steps().isEmpty() && plan.steps().getFirst().action() instanceof Action.ReadTree) {
            List<ParameterValue> values = new ArrayList<>(List.of(
                    value("Device.WiFi.Radio.1.OperatingFrequencyBand", "2.4GHz"),
                    value("Device.WiFi.SSID.1.LowerLayers", "Device.WiFi.Radio.1."),
                    value("Device.WiFi.AccessPoint.1.SSIDReference", "Device.WiFi.SSID.1.")));
            said.forEach((path, text) -> values.add(value(path, text)));
            Step step = plan.steps().getFirst();
            device.partly(plan, step, new RpcResult.Values(values));
            device.answer(plan, step, new RpcResult.TreeRead(values.size(), List.of()));
            plan = device.plan();
        }
        return plan;
    }

    @Test
    void aChangeIsToldTheDeviceConfirmedAndNeverShownAgain() throws Exception {
        CompletableFuture<Response> answer =
                changing("{\"2.4GHz\": {\"name\": \"Zuhause\", \"password\": \"correct horse\"}}");
        SessionPlan plan = called(Map.of(SSID, "factory", PASSPHRASE, ""));
        List<ParameterValue> written =
                ((Action.WriteValues) plan.steps().getFirst().action()).values();

        device.answer(
                plan,
                plan.steps().getFirst(),
                new RpcResult.Values(List.of(value(SSID, "Zuhause"), value(PASSPHRASE, ""))));

        assertThat(written).extracting(ParameterValue::path).containsExactly(PASSPHRASE, SSID);
        assertThat(cipher.open(written.getFirst().value())).isEqualTo("correct horse");
        Response done = answer.get();
        done.then().statusCode(200).body("state", equalTo("succeeded")).body(not(containsString("correct")));
        assertThat(device.plan().steps()).isEmpty();
        device.close(SessionClosed.Reason.COMPLETED);
        ann().get(wifi())
                .then()
                .body("networks.'2.4GHz'.name", equalTo("Zuhause"))
                .body("networks.'2.4GHz'.password", nullValue())
                .body("networks.'2.4GHz'.chosen.name.state", equalTo("verified"))
                .body("networks.'2.4GHz'.chosen.password.state", equalTo("verified"))
                .body(not(containsString("correct")));
        String operator = SignedTokens.of(tenant, "olga", "operator");
        as(operator)
                .get("/api/orders/" + done.path("id"))
                .then()
                .statusCode(200)
                .body("type", equalTo("personalSettings"))
                .body("createdBy", equalTo("ann"))
                .body(not(containsString("correct")));
        as(operator)
                .get("/api/devices/" + device.id().replace("%", "%25") + "/explain")
                .then()
                .body("values.source.profile", hasItem("self-care"))
                .body("values.words", hasItem(containsString("Chosen by the subscriber on")))
                .body(not(containsString("correct")));
        assertThat(Objects.requireNonNull(ledgers.load(List.of(device.key)).get(device.key))
                        .toString())
                .doesNotContain("correct");
    }

    @Test
    void aTenantMayLetSubscribersReadThePasswordsThatTheyChose() {
        ann().header("Prefer", "wait=0")
                .body("{\"networks\": {\"2.4GHz\": {\"password\": \"correct horse\"}}}")
                .patch(wifi())
                .then()
                .statusCode(202);
        called(Map.of(SSID, "factory", PASSPHRASE, ""));

        as(SignedTokens.of(tenant, "adam", "admin"))
                .body("{\"showPasswords\": true}")
                .put("/api/self-care/settings")
                .then()
                .statusCode(200);

        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .untilAsserted(
                        () -> ann().get(wifi()).then().body("networks.'2.4GHz'.password", equalTo("correct horse")));
    }

    @Test
    void whatTheDeviceDeclinesIsToldByItsNameAndWhatHeldBeforeHoldsAgain() throws Exception {
        CompletableFuture<Response> first = changing("{\"2.4GHz\": {\"name\": \"Zuhause\"}}");
        SessionPlan plan = called(Map.of(SSID, "factory"));
        device.answer(plan, plan.steps().getFirst(), new RpcResult.Values(List.of(value(SSID, "Zuhause"))));
        first.get().then().statusCode(200);
        device.plan();
        device.close(SessionClosed.Reason.COMPLETED);

        CompletableFuture<Response> second = changing("{\"2.4GHz\": {\"name\": \"Verboten\"}}");
        plan = called(Map.of());
        device.answer(
                plan,
                plan.steps().getFirst(),
                new RpcResult.Fault(9003, "Invalid", List.of(new ParameterFault(SSID, 9007, "not this one"))));

        second.get()
                .then()
                .statusCode(422)
                .contentType("application/problem+json")
                .body("errors[0].field", equalTo("networks.2.4GHz.name"))
                .body("errors[0].message", containsString("9007: not this one"));
        ann().get(wifi())
                .then()
                .body("networks.'2.4GHz'.chosen.name.value", equalTo("Zuhause"))
                .body("networks.'2.4GHz'.declined.name", containsString("not this one"));
    }

    @Test
    void whoDoesNotWaitGetsAReceiptThatTellsHowFarItIs() {
        String location = ann().header("Prefer", "wait=0")
                .body("{\"networks\": {\"2.4GHz\": {\"name\": \"Zuhause\"}}}")
                .patch(wifi())
                .then()
                .statusCode(202)
                .body("words", notNullValue())
                .extract()
                .header("Location")
                .replaceFirst("^https?://[^/]+", "");

        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> ann().get(location)
                        .then()
                        .statusCode(200)
                        .body("state", equalTo("waking"))
                        .body("words", equalTo("The device is being called.")));
        as(SignedTokens.ofSubscriber(tenant, "bob", "C-2")).get(location).then().statusCode(404);
    }

    @Test
    void anothersDeviceIsNotThere() {
        as(SignedTokens.ofSubscriber(tenant, "bob", "C-2"))
                .get(wifi())
                .then()
                .statusCode(404)
                .contentType("application/problem+json");
        as(SignedTokens.of(tenant, "axel", "auditor")).get(wifi()).then().statusCode(403);
    }

    @Test
    void supportMayHelpAndThatIsToBeSeen() {
        String id = as(SignedTokens.of(tenant, "sue", "support"))
                .header("Prefer", "wait=0")
                .body("{\"networks\": {\"2.4GHz\": {\"name\": \"Zuhause\"}}}")
                .patch(wifi())
                .then()
                .statusCode(202)
                .extract()
                .path("id");

        as(SignedTokens.of(tenant, "sue", "support"))
                .get("/api/orders/" + id)
                .then()
                .body("createdBy", equalTo("sue for subscriber C-1"));
    }

    @Test
    void whatIsWrongIsToldByItsNameAndKeepsNothing() {
        ann().body("{\"networks\": {\"2.4GHz\": {\"name\": \"\", \"password\": \"short\"}}}")
                .patch(wifi())
                .then()
                .statusCode(400)
                .body("errors.field", hasItem("networks.2.4GHz.name"))
                .body("errors.field", hasItem("networks.2.4GHz.password"));
        ann().body("{\"networks\": {\"guest\": {\"enabled\": false}}}")
                .patch(wifi())
                .then()
                .statusCode(422)
                .body("errors[0].field", equalTo("networks.guest.enabled"))
                .body("errors[0].message", containsString("the model BOX of Acme"));
        ann().body("{\"networks\":").patch(wifi()).then().statusCode(400);
    }

    @Test
    void whatTheOperatorOverrulesIsRefused() {
        String operator = SignedTokens.of(tenant, "olga", "operator");
        as(operator)
                .body("{\"name\": \"strict\", \"values\": {\"capability:management.periodicInform.interval\": 300,"
                        + " \"" + SSID + "\": {\"value\": \"isp\", \"userChange\": \"overrule\"}}}")
                .post("/api/profiles")
                .then()
                .statusCode(201);
        as(operator).post("/api/profiles/strict/activate").then().statusCode(200);
        device.inform("2 PERIODIC");
        SessionPlan plan = device.plan();
        device.partly(
                plan,
                plan.steps().getFirst(),
                new RpcResult.Values(List.of(
                        value("Device.WiFi.Radio.1.OperatingFrequencyBand", "2.4GHz"),
                        value("Device.WiFi.SSID.1.LowerLayers", "Device.WiFi.Radio.1."),
                        value("Device.WiFi.AccessPoint.1.SSIDReference", "Device.WiFi.SSID.1."),
                        value("Device.ManagementServer.PeriodicInformInterval", "300"),
                        value(SSID, "isp"))));
        device.answer(plan, plan.steps().getFirst(), new RpcResult.TreeRead(5, List.of()));
        device.plan();
        device.close(SessionClosed.Reason.COMPLETED);

        CompletableFuture<Response> answer = changing("{\"2.4GHz\": {\"name\": \"Zuhause\"}}");
        plan = called(Map.of(SSID, "isp"));

        assertThat(plan.steps()).isEmpty();
        assertThat(answer.join().statusCode()).isEqualTo(422);
        assertThat(answer.join().asString()).contains("overrules").contains("networks.2.4GHz.name");
    }

    @Test
    void whoCallsTooOftenIsToldWhenToComeBack() {
        List<Response> answers = new ArrayList<>();
        for (int i = 0; i < 21; i++) {
            answers.add(ann().body("{}").patch(wifi()));
        }

        assertThat(answers.getFirst().statusCode()).isEqualTo(400);
        answers.getLast()
                .then()
                .statusCode(429)
                .header("Retry-After", notNullValue())
                .contentType("application/problem+json");
    }
}
