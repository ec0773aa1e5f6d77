package org.homeward.provisioning.selfcare.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.homeward.backends.testing.KafkaBackend;
import org.homeward.backends.testing.PostgresBackend;
import org.homeward.contracts.plan.Action;
import org.homeward.contracts.plan.GatewayCommand.SessionPlan;
import org.homeward.contracts.rpc.ParameterValue;
import org.homeward.contracts.rpc.Rpc;
import org.homeward.contracts.rpc.RpcResult;
import org.homeward.contracts.rpc.ValueType;
import org.homeward.provisioning.testing.ScriptedDevice;
import org.homeward.provisioning.testing.ScriptedGateways;
import org.homeward.provisioning.testing.SignedTokens;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a subscriber sees of its box, and lets it do. */
@QuarkusTest
@QuarkusTestResource(KafkaBackend.class)
@QuarkusTestResource(
        value = PostgresBackend.class,
        initArgs = @ResourceArg(name = "datasource", value = "provisioning"))
@QuarkusTestResource(SignedTokens.class)
class OwnDeviceTest {

    @Inject
    ScriptedGateways gateways;

    private final String tenant = "o" + UUID.randomUUID().toString().substring(0, 8);
    private ScriptedDevice device;

    @BeforeEach
    void aDeviceOfAnn() {
        device = gateways.device(tenant, "OWN").known().belongingTo("C-1");
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> ann().get(path("/history")).then().statusCode(200));
    }

    private String path(String below) {
        return "/api/self-care/devices/" + device.id().replace("%", "%25") + below;
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

    private static ParameterValue value(String path, String value) {
        return new ParameterValue(path, value, ValueType.STRING);
    }

    private SessionPlan called() {
        device.delivered(device.wakeUp());
        device.inform("6 CONNECTION REQUEST");
        return device.plan();
    }

    @Test
    void theDeviceIsAskedWhoIsConnected() {
        CompletableFuture<Response> answer = CompletableFuture.supplyAsync(
                () -> ann().header("Prefer", "wait=60").get(path("/hosts")));
        SessionPlan plan = called();
        assertThat(((Action.ReadTree) plan.steps().getFirst().action()).paths())
                .contains("Device.Hosts.Host.", "Device.WiFi.AccessPoint.1.AssociatedDevice.");

        device.partly(
                plan,
                plan.steps().getFirst(),
                new RpcResult.Values(List.of(
                        value("Device.Hosts.Host.1.HostName", "printer"),
                        value("Device.Hosts.Host.1.Active", "0"),
                        value("Device.Hosts.Host.2.HostName", "phone"),
                        value("Device.Hosts.Host.2.PhysAddress", "02:AA:10:00:00:01"),
                        value("Device.Hosts.Host.2.Active", "1"))));
        device.answer(plan, plan.steps().getFirst(), new RpcResult.TreeRead(5, List.of()));

        answer.join()
                .then()
                .statusCode(200)
                .body("hosts.name", contains("phone", "printer"))
                .body("hosts[0].mac", equalTo("02:aa:10:00:00:01"))
                .body("asOf", notNullValue());
    }

    @Test
    void theDeviceIsAskedWhetherItIsConnected() {
        CompletableFuture<Response> answer = CompletableFuture.supplyAsync(
                () -> ann().header("Prefer", "wait=60").get(path("/internet")));
        SessionPlan plan = called();

        device.partly(
                plan,
                plan.steps().getFirst(),
                new RpcResult.Values(List.of(
                        value("Device.PPP.Interface.1.Enable", "0"),
                        value("Device.PPP.Interface.1.ConnectionStatus", "Unconfigured"),
                        value("Device.DHCPv4.Client.1.Enable", "1"),
                        value("Device.DHCPv4.Client.1.DHCPStatus", "Bound"),
                        value("Device.DHCPv4.Client.1.IPAddress", "198.51.100.7"))));
        device.answer(plan, plan.steps().getFirst(), new RpcResult.TreeRead(5, List.of()));

        answer.join().then().statusCode(200).body("status", equalTo("Up")).body("address", equalTo("198.51.100.7"));
    }

    @Test
    void aRestartIsOrderedAndTheHistoryTellsWhoDidWhat() {
        as(SignedTokens.of(tenant, "olga", "operator"))
                .body("{\"type\": \"setParameterValues\", \"values\": {\"Device.X\": \"1\"}}")
                .post("/api/devices/" + device.id().replace("%", "%25") + "/orders")
                .then()
                .statusCode(202);

        String location =
                ann().post(path("/reboot")).then().statusCode(202).extract().header("Location");

        assertThat(called().steps())
                .anySatisfy(step -> assertThat(step.action())
                        .isInstanceOfSatisfying(
                                Action.Call.class,
                                call -> assertThat(call.rpc()).isInstanceOf(Rpc.Reboot.class)));
        ann().get(location.replaceFirst("^https?://[^/]+", ""))
                .then()
                .statusCode(200)
                .body("type", equalTo("reboot"));
        ann().get(path("/history"))
                .then()
                .body("items", hasSize(2))
                .body("items.by", contains("you", "operator"))
                .body("items.what", contains("Restart", "Changed settings"));
    }

    @Test
    void whatWasDoneForAnEarlierSubscriberIsNotTold() {
        ann().post(path("/reboot")).then().statusCode(202);
        device.belongingTo("C-2");
        String bob = SignedTokens.ofSubscriber(tenant, "bob", "C-2");

        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .untilAsserted(() ->
                        as(bob).get(path("/history")).then().statusCode(200).body("items", hasSize(0)));

        ann().get(path("/history")).then().statusCode(404);
    }

    @Test
    void aPingIsBegunWithAHostThatIsOne() {
        ann().body("{\"host\": \"192.0.2.1\"}")
                .post(path("/ping"))
                .then()
                .statusCode(202)
                .body("type", equalTo("ping"));
        ann().body("{\"host\": \"http://x/\"}")
                .post(path("/ping"))
                .then()
                .statusCode(400)
                .body("errors[0].field", equalTo("host"));
    }

    @Test
    void aSpeedTestThatTheOperatorDoesNotOfferIsRefused() {
        ann().body("{}").post(path("/speed-test")).then().statusCode(409);
        ann().body("{\"direction\": \"sideways\"}")
                .post(path("/speed-test"))
                .then()
                .statusCode(400)
                .body("detail", containsString("download, upload"));
    }
}
