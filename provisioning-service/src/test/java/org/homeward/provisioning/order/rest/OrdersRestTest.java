package org.homeward.provisioning.order.rest;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.oneOf;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.homeward.backends.testing.KafkaBackend;
import org.homeward.backends.testing.PostgresBackend;
import org.homeward.contracts.Topic;
import org.homeward.contracts.plan.Action;
import org.homeward.contracts.plan.GatewayCommand.SessionPlan;
import org.homeward.contracts.plan.Step;
import org.homeward.contracts.rpc.DeploymentUnitOperation;
import org.homeward.contracts.rpc.DeploymentUnitResult;
import org.homeward.contracts.rpc.ParameterFault;
import org.homeward.contracts.rpc.ParameterValue;
import org.homeward.contracts.rpc.Rpc;
import org.homeward.contracts.rpc.RpcResult;
import org.homeward.contracts.rpc.TimeWindow;
import org.homeward.contracts.rpc.ValueType;
import org.homeward.contracts.session.SessionEvent.DUStateChangeCompleted;
import org.homeward.contracts.session.SessionEvent.SessionClosed;
import org.homeward.contracts.session.SessionEvent.TransferCompleted;
import org.homeward.contracts.wakeup.WakeUpResult.ConnectionRequestRefused;
import org.homeward.provisioning.plan.store.LedgerRows;
import org.homeward.provisioning.plan.store.StoredLedger;
import org.homeward.provisioning.testing.ScriptedDevice;
import org.homeward.provisioning.testing.ScriptedGateways;
import org.homeward.provisioning.testing.SignedTokens;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(KafkaBackend.class)
@QuarkusTestResource(
        value = PostgresBackend.class,
        initArgs = @ResourceArg(name = "datasource", value = "provisioning"))
@QuarkusTestResource(SignedTokens.class)
class OrdersRestTest {

    private static final String SET =
            "{\"type\":\"setParameterValues\",\"values\":{\"Device.WiFi.SSID.1.SSID\":\"home\"}}";
    private static final String REBOOT = "{\"type\":\"reboot\"}";

    @Inject
    ScriptedGateways gateways;

    @Inject
    LedgerRows rows;

    private static RequestSpecification as(String user, String... roles) {
        return given().auth()
                .oauth2(SignedTokens.of("acme", user, roles))
                .contentType(ContentType.JSON)
                .urlEncodingEnabled(false);
    }

    private static RequestSpecification operator() {
        return as("alice", "operator");
    }

    private static String ordersOf(ScriptedDevice device) {
        return "/api/devices/" + device.id() + "/orders";
    }

    private static String place(ScriptedDevice device, String body) {
        return operator()
                .body(body)
                .post(ordersOf(device))
                .then()
                .statusCode(202)
                .extract()
                .path("id");
    }

    private static void awaitState(String order, String state) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(15))
                .untilAsserted(() -> operator()
                        .get("/api/orders/" + order)
                        .then()
                        .statusCode(200)
                        .body("state", equalTo(state)));
    }

    private static RpcResult ssid(String value) {
        return new RpcResult.Values(List.of(new ParameterValue("Device.WiFi.SSID.1.SSID", value, ValueType.STRING)));
    }

    @Test
    void anOrderGoesFromTheCallToTheDeviceAndItsResultComesBack() {
        ScriptedDevice device = gateways.device("E2E").known();
        CompletableFuture<Response> call = CompletableFuture.supplyAsync(
                () -> operator().header("Prefer", "wait=20").body(SET).post(ordersOf(device)));
        device.delivered(device.wakeUp());
        device.inform("6 CONNECTION REQUEST");
        SessionPlan plan = device.plan();
        device.answer(plan, plan.steps().getFirst(), ssid("home"));
        call.join()
                .then()
                .statusCode(200)
                .body("state", equalTo("succeeded"))
                .body("deviceId", equalTo(device.id()))
                .body("createdBy", equalTo("alice"))
                .body("sessionId", equalTo(device.session().value()))
                .body("result.values.'Device.WiFi.SSID.1.SSID'.value", equalTo("home"))
                .body("attempts[0].outcome", oneOf("delivered", "connected"))
                .body("finishedAt", notNullValue());
        assertThat(plan.steps().getFirst().action())
                .isEqualTo(new Action.WriteValues(
                        List.of(new ParameterValue("Device.WiFi.SSID.1.SSID", "home", ValueType.UNKNOWN)),
                        plan.steps().getFirst().command().value().replace("-", "")));
    }

    @Test
    void whoeverDoesNotWaitGetsAReceipt() {
        ScriptedDevice device = gateways.device("RCPT").known();
        Response receipt = operator().body(SET).post(ordersOf(device));
        receipt.then().statusCode(202).header("Location", org.hamcrest.Matchers.containsString("/api/orders/"));
        operator()
                .get(receipt.header("Location").replaceFirst("https?://[^/]+", ""))
                .then()
                .statusCode(200)
                .body("type", equalTo("setParameterValues"));
    }

    @Test
    void aWaitThatIsTooShortEndsWithAReceipt() {
        ScriptedDevice device = gateways.device("SHORT").known();
        operator()
                .header("Prefer", "wait=1")
                .body(SET)
                .post(ordersOf(device))
                .then()
                .statusCode(202)
                .body("state", oneOf("queued", "waking"));
    }

    @Test
    void aFaultIsToldWithCodeTextAndParameter() {
        ScriptedDevice device = gateways.device("FAULT").known();
        String order = place(device, SET);
        device.wakeUp();
        device.inform("6 CONNECTION REQUEST");
        SessionPlan plan = device.plan();
        device.answer(
                plan,
                plan.steps().getFirst(),
                new RpcResult.Fault(
                        9003,
                        "Invalid arguments",
                        List.of(new ParameterFault("Device.WiFi.SSID.1.SSID", 9007, "too long"))));
        awaitState(order, "failed");
        operator()
                .get("/api/orders/" + order)
                .then()
                .body("fault.code", equalTo(9003))
                .body("fault.text", equalTo("Invalid arguments"))
                .body("fault.parameter", equalTo("Device.WiFi.SSID.1.SSID"));
    }

    @Test
    void aSecretIsSealedBeforeItLeavesAndNeverShown() {
        ScriptedDevice device = gateways.device("SECRET").known();
        String order = place(
                device,
                "{\"type\":\"setParameterValues\",\"values\":{\"Device.WiFi.AccessPoint.1.Security.KeyPassphrase\":\"hunter22\"}}");
        device.wakeUp();
        device.inform("6 CONNECTION REQUEST");
        SessionPlan plan = device.plan();
        Action.WriteValues write = (Action.WriteValues) plan.steps().getFirst().action();
        assertThat(write.values().getFirst().sealed()).isTrue();
        assertThat(write.values().getFirst().value()).startsWith("v1.").doesNotContain("hunter22");
        device.answer(plan, plan.steps().getFirst(), new RpcResult.Applied(0));
        awaitState(order, "succeeded");
        assertThat(operator().get("/api/orders/" + order).asString()).doesNotContain("hunter22");
    }

    @Test
    void anOrderThatWaitsIsCancelled() {
        ScriptedDevice device = gateways.device("CANCEL").known();
        String order = place(device, SET);
        operator().delete("/api/orders/" + order).then().statusCode(200).body("state", equalTo("cancelled"));
        operator().delete("/api/orders/" + order).then().statusCode(409);
    }

    @Test
    void anOrderThatRunsIsNotCancelled() {
        ScriptedDevice device = gateways.device("RUNS").known();
        String order = place(device, SET);
        device.wakeUp();
        device.inform("6 CONNECTION REQUEST");
        device.plan();
        awaitState(order, "running");
        operator().delete("/api/orders/" + order).then().statusCode(409);
    }

    @Test
    void anOrderExpires() {
        ScriptedDevice device = gateways.device("EXPIRE").known();
        String order = place(device, "{\"type\":\"reboot\",\"expiresIn\":\"PT0.3S\",\"wake\":false}");
        awaitState(order, "expired");
    }

    @Test
    void theSameRequestWithTheSameKeyIsOneOrder() {
        ScriptedDevice device = gateways.device("IDEM").known();
        String first = operator()
                .header("Idempotency-Key", "k1")
                .body(SET)
                .post(ordersOf(device))
                .path("id");
        operator()
                .header("Idempotency-Key", "k1")
                .body(SET)
                .post(ordersOf(device))
                .then()
                .statusCode(202)
                .body("id", equalTo(first));
        operator()
                .header("Idempotency-Key", "k1")
                .body(REBOOT)
                .post(ordersOf(device))
                .then()
                .statusCode(422);
        operator().get(ordersOf(device)).then().body("items", hasSize(1));
    }

    @Test
    void ordersAreListedNewestFirstInPages() {
        ScriptedDevice device = gateways.device("LIST").known();
        place(device, SET);
        String newest = place(device, REBOOT);
        Response page = operator().get(ordersOf(device) + "?limit=1");
        page.then()
                .body("items", hasSize(1))
                .body("items[0].id", equalTo(newest))
                .body("next", notNullValue());
        operator()
                .get("/api/orders?device=" + device.id() + "&limit=1&cursor=" + page.path("next"))
                .then()
                .body("items", hasSize(1))
                .body("items[0].type", equalTo("setParameterValues"));
        operator()
                .get("/api/orders?device=" + device.id() + "&state=succeeded")
                .then()
                .body("items", hasSize(0));
    }

    @Test
    void aDeviceThatNobodyKnowsIsNotFound() {
        operator().body(SET).post("/api/devices/AABBCC-NOBODY/orders").then().statusCode(404);
    }

    @Test
    void aDeviceThatWasRegisteredAheadTakesOrders() {
        ScriptedDevice device = gateways.device("AHEAD");
        device.registered();
        Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .until(() -> operator().body(SET).post(ordersOf(device)).statusCode() == 202);
    }

    @Test
    void ordersOfAnotherTenantAreNotFound() {
        ScriptedDevice device = gateways.device("TENANT").known();
        String order = place(device, SET);
        RequestSpecification other =
                given().auth().oauth2(SignedTokens.of("other", "eve", "admin")).contentType(ContentType.JSON);
        other.get("/api/orders/" + order).then().statusCode(404);
        other.body(SET).post(ordersOf(device)).then().statusCode(404);
    }

    @Test
    void rolesDecideWhoMayOrderAndWhoMayRead() {
        ScriptedDevice device = gateways.device("ROLES").known();
        as("max", "support").body(SET).post(ordersOf(device)).then().statusCode(202);
        as("ada", "auditor").body(SET).post(ordersOf(device)).then().statusCode(403);
        as("ada", "auditor").get(ordersOf(device)).then().statusCode(200);
        as("sub", "subscriber").get(ordersOf(device)).then().statusCode(403);
        given().contentType(ContentType.JSON)
                .body(SET)
                .post(ordersOf(device))
                .then()
                .statusCode(401);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\":\"factoryReset\"}",
                "{\"type\":\"addObject\",\"object\":\"Device.NAT.PortMapping.\"}",
                "{\"type\":\"deleteObject\",\"object\":\"Device.NAT.PortMapping.1.\"}",
                "{\"type\":\"setParameterAttributes\",\"attributes\":[{\"path\":\"Device.A\",\"notification\":1}]}",
                "{\"type\":\"cancelTransfer\",\"commandKey\":\"k\"}",
                "{\"type\":\"scheduleDownload\",\"fileType\":\"1 Firmware Upgrade Image\",\"url\":\"http://f/1\",\"windows\":[{\"start\":0,\"end\":60,\"mode\":\"1 At Any Time\"}]}",
                "{\"type\":\"changeDUState\",\"operations\":[{\"operation\":\"update\"}]}",
                "{\"type\":\"upload\",\"fileType\":\"1 Vendor Configuration File\",\"url\":\"http://f/1\"}",
                "{\"type\":\"download\",\"fileType\":\"1 Firmware Upgrade Image\",\"url\":\"http://f/1\"}"
            })
    void supportOrdersNothingThatMayDoHarm(String body) {
        // nobody knows the device: whoever is allowed is told so
        String orders = "/api/devices/001122-BOX-ANY/orders";
        as("max", "support")
                .body(body)
                .post(orders)
                .then()
                .statusCode(403)
                .contentType("application/problem+json")
                .body("errors[0].field", equalTo("type"));
        as("max", "support", "operator").body(body).post(orders).then().statusCode(404);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"type\":\"reboot\",\"force\":true} | force",
                "{\"type\":\"fly\"} | type",
                "{\"type\":\"ping\"} | host",
                "{\"type\":\"ping\",\"host\":\"h\",\"repetitions\":0} | repetitions",
                "{\"type\":\"traceroute\",\"host\":\"h\",\"maxHops\":65} | maxHops",
                "{\"type\":\"downloadTest\",\"url\":\"h\"} | url",
                "{\"type\":\"uploadTest\",\"url\":\"http://f/1\"} | fileLength",
                "{\"type\":\"ping\",\"host\":\"h\",\"interface\":\"a b\"} | interface",
                "{} | type",
                "[] | body",
                "{\"type\":\"reboot\" | body",
                "{\"type\":\"getParameterValues\",\"paths\":[]} | paths",
                "{\"type\":\"getParameterValues\",\"paths\":[\"Device X\"]} | paths[0]",
                "{\"type\":\"getParameterValues\",\"paths\":[\"Device.A\",\"Device.A\"]} | paths",
                "{\"type\":\"setParameterValues\",\"values\":{\"Device.A\":null}} | values.Device.A",
                "{\"type\":\"setParameterValues\",\"values\":{\"Device.A.\":\"1\"}} | values.Device.A.",
                "{\"type\":\"setParameterValues\",\"values\":{\"D.A\":{\"value\":\"one\",\"type\":\"int\"}}} | values.D.A",
                "{\"type\":\"setParameterValues\",\"values\":{\"D.A\":{\"value\":-1,\"type\":\"unsignedInt\"}}} | values.D.A",
                "{\"type\":\"setParameterValues\",\"values\":{\"Device.A\":{\"value\":1,\"type\":\"float\"}}} | values.Device.A.type",
                "{\"type\":\"setParameterValues\",\"values\":{\"Device.A\":{\"value\":1,\"kind\":\"int\"}}} | values.Device.A.kind",
                "{\"type\":\"reboot\",\"expiresIn\":\"1 day\"} | expiresIn",
                "{\"type\":\"reboot\",\"expiresIn\":\"PT0S\"} | expiresIn",
                "{\"type\":\"reboot\",\"wake\":\"yes\"} | wake",
                "{\"type\":\"scheduleInform\",\"delaySeconds\":0} | delaySeconds",
                "{\"type\":\"addObject\",\"object\":\"Device.NAT.PortMapping\"} | object",
                "{\"type\":\"download\",\"fileType\":\"1 Firmware Upgrade Image\",\"url\":\"nowhere\"} | url",
                "{\"type\":\"scheduleDownload\",\"fileType\":\"1 Firmware Upgrade Image\",\"url\":\"http://f/1\",\"windows\":[]} | windows",
                "{\"type\":\"scheduleDownload\",\"fileType\":\"1 Firmware Upgrade Image\",\"url\":\"http://f/1\",\"windows\":[{\"start\":0,\"end\":60,\"mode\":\"1 At Any Time\"},{\"start\":0,\"end\":60,\"mode\":\"1 At Any Time\"},{\"start\":0,\"end\":60,\"mode\":\"1 At Any Time\"}]} | windows",
                "{\"type\":\"scheduleDownload\",\"fileType\":\"1 Firmware Upgrade Image\",\"url\":\"http://f/1\",\"windows\":[{\"start\":0,\"end\":60,\"mode\":\"1 At Any Time\"},{\"start\":0,\"end\":60,\"mode\":\"1 At Any Time\"}]} | windows[1].start",
                "{\"type\":\"scheduleDownload\",\"fileType\":\"1 Firmware Upgrade Image\",\"url\":\"http://f/1\",\"windows\":[{\"start\":9,\"end\":9,\"mode\":\"2 Immediately\"}]} | windows[0].end",
                "{\"type\":\"scheduleDownload\",\"fileType\":\"1 Firmware Upgrade Image\",\"url\":\"http://f/1\",\"windows\":[{\"start\":0,\"end\":9,\"mode\":\"5 Never\"}]} | windows[0].mode",
                "{\"type\":\"scheduleDownload\",\"fileType\":\"1 Firmware Upgrade Image\",\"url\":\"http://f/1\",\"windows\":[{\"start\":0,\"end\":9,\"mode\":\"2 Immediately\",\"maxRetries\":-2}]} | windows[0].maxRetries",
                "{\"type\":\"scheduleDownload\",\"fileType\":\"1 Firmware Upgrade Image\",\"url\":\"http://f/1\",\"windows\":[{\"start\":0,\"end\":9,\"mode\":\"2 Immediately\",\"why\":1}]} | windows[0].why",
                "{\"type\":\"changeDUState\",\"operations\":[]} | operations",
                "{\"type\":\"changeDUState\",\"operations\":[null]} | operations[0]",
                "{\"type\":\"changeDUState\",\"operations\":[{\"operation\":\"start\"}]} | operations[0].operation",
                "{\"type\":\"changeDUState\",\"operations\":[{\"operation\":\"install\"}]} | operations[0].url",
                "{\"type\":\"changeDUState\",\"operations\":[{\"operation\":\"install\",\"url\":\"http://f/1\",\"version\":\"1\"}]} | operations[0].version",
                "{\"type\":\"changeDUState\",\"operations\":[{\"operation\":\"install\",\"url\":\"http://f/1\",\"uuid\":\"1\"}]} | operations[0].uuid",
                "{\"type\":\"changeDUState\",\"operations\":[{\"operation\":\"update\"},{\"operation\":\"uninstall\"}]} | operations[1].uuid",
                "{\"type\":\"changeDUState\",\"operations\":[{\"operation\":\"update\",\"executionEnvRef\":\"e\"}]} | operations[0].executionEnvRef"
            })
    void whatIsWrongInABodyIsNamed(String body, String field) {
        operator()
                .body(body)
                .post("/api/devices/001122-BOX-ANY/orders")
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("errors[0].field", equalTo(field));
    }

    @Test
    void aFieldThatStandsTwiceIsRefused() {
        operator()
                .body("{\"type\":\"setParameterValues\",\"values\":{\"Device.A\":\"1\",\"Device.A\":\"2\"}}")
                .post("/api/devices/001122-BOX-ANY/orders")
                .then()
                .statusCode(400);
    }

    @Test
    void aBodyThatIsTooLargeIsRefused() {
        operator()
                .body("{\"type\":\"getParameterValues\",\"paths\":[\"" + "x".repeat(200_000) + "\"]}")
                .post("/api/devices/001122-BOX-ANY/orders")
                .then()
                .statusCode(413);
    }

    @Test
    void aConnectionRequestSaysHowItWent() {
        ScriptedDevice device = gateways.device("CONNECT").known();
        CompletableFuture<Response> call = CompletableFuture.supplyAsync(
                () -> operator().post("/api/devices/" + device.id() + "/connection-request"));
        device.delivered(device.wakeUp());
        device.inform("6 CONNECTION REQUEST");
        call.join()
                .then()
                .statusCode(200)
                .body("outcome", equalTo("connected"))
                .body("transport", equalTo("http"))
                .body("address", equalTo("192.0.2.7:7547"));
    }

    @Test
    void aConnectionRequestTellsOfEveryAttemptAndWhatToDoNext() {
        ScriptedDevice device = gateways.device("WAYS").known().bound("192.0.2.7:40000", false);
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> rows.load(List.of(device.key)).get(device.key) instanceof StoredLedger stored
                        && stored.ledger().known().contacts().binding() != null);
        CompletableFuture<Response> call = CompletableFuture.supplyAsync(
                () -> operator().post("/api/devices/" + device.id() + "/connection-request"));
        device.sayOf(
                Topic.WAKEUP_RESULTS,
                new ConnectionRequestRefused(
                        device.wakeUp().request(),
                        "http",
                        "192.0.2.7:7547",
                        Instant.now(),
                        12,
                        401,
                        "wrong credential: it does not take ours. Set it anew."));
        device.udpWakeUp();
        device.inform("6 CONNECTION REQUEST");
        call.join()
                .then()
                .statusCode(200)
                .body("outcome", equalTo("connected"))
                .body("transport", equalTo("stun"))
                .body("address", equalTo("192.0.2.7:40000"))
                .body("attempts.transport", equalTo(List.of("http", "stun")))
                .body("attempts[0].outcome", equalTo("refused"))
                .body("attempts[0].millis", equalTo(12))
                .body("attempts[0].cause", equalTo("wrong credential: it does not take ours"))
                .body("attempts[0].next", equalTo("Set it anew."))
                .body("attempts[1].outcome", equalTo("connected"));
    }

    @Test
    void howADeviceCanBeReachedIsToldWithItsEvidence() {
        ScriptedDevice device = gateways.device("LEADS").known().bound("192.0.2.7:40000", false);
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> operator()
                        .get("/api/devices/" + device.id() + "/reachability")
                        .then()
                        .statusCode(200)
                        .body("state", equalTo("reachable"))
                        .body("by", equalTo(List.of("stun")))
                        .body("ways.transport", equalTo(List.of("http", "stun")))
                        .body("ways[1].address", equalTo("192.0.2.7:40000"))
                        .body("ways[1].state", equalTo("open")));
        operator().get("/api/devices/001122-BOX-NOBODY/reachability").then().statusCode(404);
    }

    @Test
    void aConnectionRequestThatFailsSaysWhy() {
        ScriptedDevice device = gateways.device("UNREACH").known();
        CompletableFuture<Response> call = CompletableFuture.supplyAsync(
                () -> operator().post("/api/devices/" + device.id() + "/connection-request"));
        device.unreachable(device.wakeUp());
        call.join()
                .then()
                .statusCode(200)
                .body("outcome", equalTo("unreachable"))
                .body("cause", equalTo("no route to host"))
                .body("address", equalTo("192.0.2.7:7547"));
    }

    @Test
    void aRebootIsDoneWhenTheDeviceIsBack() {
        ScriptedDevice device = gateways.device("REBOOT").known();
        String order = place(device, REBOOT);
        device.wakeUp();
        device.inform("6 CONNECTION REQUEST");
        SessionPlan plan = device.plan();
        Step step = plan.steps().getFirst();
        device.dispatched(plan, step);
        device.answer(plan, step, new RpcResult.Done());
        device.close(SessionClosed.Reason.COMPLETED);
        awaitState(order, "running");
        device.inform("1 BOOT", "M Reboot#" + order.replace("-", ""));
        awaitState(order, "succeeded");
    }

    @Test
    void aScheduledDownloadIsDoneWithItsTransferComplete() {
        ScriptedDevice device = gateways.device("SCHEDULE").known();
        String order = place(device, """
                {"type":"scheduleDownload","fileType":"1 Firmware Upgrade Image","url":"http://f/1","password":"hunter22",
                 "windows":[{"start":0,"end":60,"mode":"3 When Idle"},
                 {"start":60,"end":120,"mode":"X 00256D At Full Moon","userMessage":"now?","maxRetries":2}]}""");
        device.wakeUp();
        device.inform("6 CONNECTION REQUEST");
        SessionPlan plan = device.plan();
        Step step = plan.steps().getFirst();
        device.dispatched(plan, step);
        device.answer(plan, step, new RpcResult.Done());
        device.close(SessionClosed.Reason.COMPLETED);
        device.inform("7 TRANSFER COMPLETE", "M ScheduleDownload#" + order.replace("-", ""));
        device.say(new TransferCompleted(device.session(), order.replace("-", ""), 0, "", "a", "b"));
        awaitState(order, "succeeded");
        Rpc.ScheduleDownload asked = (Rpc.ScheduleDownload) ((Action.Call) step.action()).rpc();
        assertThat(asked.windows())
                .containsExactly(
                        new TimeWindow(0, 60, "3 When Idle", "", -1),
                        new TimeWindow(60, 120, "X 00256D At Full Moon", "now?", 2));
        assertThat(asked.commandKey()).isEqualTo(order.replace("-", ""));
        assertThat(asked.sealedPassword()).startsWith("v1.").doesNotContain("hunter22");
    }

    @Test
    void deploymentUnitsAreDoneWhenTheDeviceTellsWhatBecameOfThem() {
        ScriptedDevice device = gateways.device("UNITS").known();
        String uuid = "6f1c1d0e-3f7c-4a55-9a3a-0d4b5a6c7d8e";
        String order = place(device, """
                {"type":"changeDUState","operations":[{"operation":"install","url":"http://f/a"},
                 {"operation":"update"},{"operation":"uninstall","uuid":"6f1c1d0e-3f7c-4a55-9a3a-0d4b5a6c7d8e"}]}""");
        device.wakeUp();
        device.inform("6 CONNECTION REQUEST");
        SessionPlan plan = device.plan();
        Step step = plan.steps().getFirst();
        device.dispatched(plan, step);
        device.answer(plan, step, new RpcResult.Done());
        device.close(SessionClosed.Reason.COMPLETED);
        awaitState(order, "running");
        device.inform("11 DU STATE CHANGE COMPLETE", "M ChangeDUState#" + order.replace("-", ""));
        device.say(new DUStateChangeCompleted(
                device.session(),
                order.replace("-", ""),
                List.of(new DeploymentUnitResult(
                        null, uuid, "Device.X.1", "2", "Installed", true, List.of(), "a", "b", 0, ""))));
        awaitState(order, "succeeded");
        operator()
                .get("/api/orders/" + order)
                .then()
                .body("result.deploymentUnits[0].uuid", equalTo(uuid))
                .body("result.deploymentUnits[0].state", equalTo("Installed"));
        assertThat(((Rpc.ChangeDUState) ((Action.Call) step.action()).rpc()).operations())
                .containsExactly(
                        new DeploymentUnitOperation.Install("http://f/a", null, null, null, null),
                        new DeploymentUnitOperation.Update(null, null, null, null, null),
                        new DeploymentUnitOperation.Uninstall(uuid, null, null));
    }

    @Test
    void aPingRunsAfterTheSessionAndItsResultsAreReadInTheNext() {
        ScriptedDevice device = gateways.device("PING").known();
        String order = place(device, "{\"type\":\"ping\",\"host\":\"192.0.2.1\",\"repetitions\":5}");
        device.wakeUp();
        device.inform("6 CONNECTION REQUEST");
        SessionPlan asked = device.plan();
        device.answer(asked, asked.steps().getFirst(), new RpcResult.Applied(0));
        device.close(SessionClosed.Reason.COMPLETED);
        device.inform("8 DIAGNOSTICS COMPLETE");
        SessionPlan read = device.plan();
        String object = "Device.IP.Diagnostics.IPPing.";
        device.partly(
                read,
                read.steps().getFirst(),
                new RpcResult.Values(List.of(
                        new ParameterValue(object + "DiagnosticsState", "Complete", ValueType.STRING),
                        new ParameterValue(object + "SuccessCount", "5", ValueType.UNSIGNED_INT))));
        device.answer(read, read.steps().getFirst(), new RpcResult.TreeRead(2, List.of()));
        awaitState(order, "succeeded");
        operator()
                .get("/api/orders/" + order)
                .then()
                .body("type", equalTo("ping"))
                .body("result.state", equalTo("Complete"))
                .body("result.values.'Device.IP.Diagnostics.IPPing.SuccessCount'.value", equalTo("5"));
        assertThat(((Rpc.SetParameterValues)
                                ((Action.Call) asked.steps().getFirst().action()).rpc())
                        .parameters())
                .containsExactly(
                        new ParameterValue(object + "Host", "192.0.2.1", ValueType.STRING),
                        new ParameterValue(object + "NumberOfRepetitions", "5", ValueType.UNSIGNED_INT),
                        new ParameterValue(object + "DiagnosticsState", "Requested", ValueType.STRING));
    }

    @Test
    void theServiceIsReadyAndDescribesItself() {
        given().get("/q/health/ready").then().statusCode(200);
        String document =
                given().get("/q/openapi").then().statusCode(200).extract().asString();
        assertThat(document)
                .contains("/api/devices/{id}/orders", "/api/orders/{id}", "/api/devices/{id}/connection-request");
    }
}
