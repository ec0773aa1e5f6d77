package org.homeward.provisioning.channel.rest;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.homeward.backends.testing.KafkaBackend;
import org.homeward.backends.testing.PostgresBackend;
import org.homeward.contracts.plan.Action;
import org.homeward.contracts.plan.GatewayCommand.SessionPlan;
import org.homeward.contracts.plan.Step;
import org.homeward.contracts.rpc.ParameterValue;
import org.homeward.contracts.rpc.RpcResult;
import org.homeward.contracts.rpc.ValueType;
import org.homeward.contracts.session.SessionEvent.SessionClosed;
import org.homeward.provisioning.testing.KnownRadios;
import org.homeward.provisioning.testing.ScriptedDevice;
import org.homeward.provisioning.testing.ScriptedGateways;
import org.homeward.provisioning.testing.SignedTokens;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@QuarkusTestResource(KafkaBackend.class)
@QuarkusTestResource(
        value = PostgresBackend.class,
        initArgs = @ResourceArg(name = "datasource", value = "provisioning"))
@QuarkusTestResource(SignedTokens.class)
@QuarkusTestResource(value = KnownRadios.class, restrictToAnnotatedClass = true)
class ChannelPlansRestTest {

    private static final String SCAN = "Device.WiFi.NeighboringWiFiDiagnostic.";
    private static final String RADIO = "Device.WiFi.Radio.1.";

    @Inject
    ScriptedGateways gateways;

    private static RequestSpecification as(String tenant, String role) {
        return given().auth()
                .oauth2(SignedTokens.of(tenant, "alice", role))
                .contentType(ContentType.JSON)
                .urlEncodingEnabled(false);
    }

    private static RequestSpecification operator() {
        return as("acme", "operator");
    }

    private static String begin(String body) {
        return operator()
                .body(body)
                .post("/api/channel-plans")
                .then()
                .statusCode(202)
                .header("Location", startsWith("/api/channel-plans/"))
                .body("state", equalTo("scanning"))
                .extract()
                .path("id");
    }

    private static JsonPath plan(String id) {
        return operator()
                .get("/api/channel-plans/" + id)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    private static JsonPath devices(String id) {
        return operator()
                .get("/api/channel-plans/" + id + "/devices")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    private static void awaitCounts(String id, Map<String, Integer> counts) {
        await(counts.toString()).atMost(Duration.ofSeconds(60)).until(() -> plan(id).getMap("counts"), counts::equals);
    }

    private static void awaitState(String id, String state) {
        await(state).atMost(Duration.ofSeconds(60)).until(() -> plan(id).getString("state"), state::equals);
    }

    private static String ids(List<ScriptedDevice> devices) {
        return devices.stream().map(ScriptedDevice::id).collect(Collectors.joining(","));
    }

    private static ParameterValue value(String path, String value) {
        return new ParameterValue(path, value, ValueType.STRING);
    }

    private static String bssid(int number) {
        return "00:11:22:00:00:0" + number;
    }

    /** The device is called, listens, and hears those networks, all on channel 6 as it is itself. */
    private static void scan(ScriptedDevice device, int number, int... others) {
        device.delivered(device.wakeUp());
        device.inform("6 CONNECTION REQUEST");
        SessionPlan ask = device.plan();
        device.answer(ask, ask.steps().getFirst(), new RpcResult.Applied(0));
        device.close(SessionClosed.Reason.COMPLETED);
        device.inform("8 DIAGNOSTICS COMPLETE");
        SessionPlan read = device.plan();
        List<ParameterValue> heard = new ArrayList<>(List.of(
                value(SCAN + "DiagnosticsState", "Complete"),
                value(RADIO + "Channel", "6"),
                value(RADIO + "AutoChannelEnable", "1"),
                value(RADIO + "PossibleChannels", "1-13"),
                value(RADIO + "RegulatoryDomain", "DE "),
                value("Device.WiFi.SSID.1.BSSID", bssid(number))));
        for (int i = 0; i < others.length; i++) {
            String row = SCAN + "Result." + (i + 1) + '.';
            heard.addAll(List.of(
                    value(row + "BSSID", bssid(others[i]).toUpperCase()),
                    value(row + "Channel", "6"),
                    value(row + "OperatingFrequencyBand", "2.4GHz"),
                    value(row + "SignalStrength", Integer.toString(-40 - number - i))));
        }
        Step step = read.steps().getFirst();
        device.partly(read, step, new RpcResult.Values(heard));
        device.answer(read, step, new RpcResult.TreeRead(heard.size(), List.of()));
        device.close(SessionClosed.Reason.COMPLETED);
    }

    /** The device is called, is told a channel, and says that it is on this one. */
    private static Map<String, String> change(ScriptedDevice device, String says) {
        device.delivered(device.wakeUp());
        device.inform("6 CONNECTION REQUEST");
        SessionPlan plan = device.plan();
        Step step = plan.steps().getFirst();
        device.answer(plan, step, new RpcResult.Values(List.of(value(RADIO + "Channel", says))));
        device.close(SessionClosed.Reason.COMPLETED);
        return ((Action.WriteValues) step.action())
                .values().stream().collect(Collectors.toMap(ParameterValue::path, ParameterValue::value));
    }

    @Test
    void neighboursAreScannedAFewAtATimeAndShareTheChannelsAndWhatTheyTakeIsProven() {
        List<ScriptedDevice> homes = List.of(
                gateways.device("CH1").known(),
                gateways.device("CH2").known(),
                gateways.device("CH3").known());
        String id = begin("{\"q\":\"id=in=(" + ids(homes) + ")\"}");

        awaitCounts(id, Map.of("scanning", 2, "waiting", 1));
        scan(homes.get(0), 1, 2, 3);
        awaitCounts(id, Map.of("scanned", 1, "scanning", 2));
        scan(homes.get(1), 2, 1, 3);
        scan(homes.get(2), 3, 1, 2);
        awaitCounts(id, Map.of("proposed", 2, "unchanged", 1));

        assertThat(plan(id).getString("state")).isEqualTo("proposed");
        JsonPath proposals = devices(id);
        assertThat(proposals.getList("items.collect{it.bands[0].to}", Integer.class))
                .containsExactlyInAnyOrder(1, 6, 11);
        assertThat(proposals.getString("items.find{it.state=='proposed'}.words"))
                .startsWith("On 2.4GHz channel 6 is shared: 2 networks are heard")
                .endsWith("The device chose its channel itself; it no longer will.");

        operator()
                .post("/api/channel-plans/" + id + "/apply")
                .then()
                .statusCode(202)
                .body("state", equalTo("applying"));
        List<Integer> moved = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            if (proposals.getString("items[" + i + "].state").equals("proposed")) {
                moved.add(i);
            }
        }
        String first = proposals.getString("items[" + moved.getFirst() + "].bands[0].to");
        assertThat(change(homes.get(moved.getFirst()), first))
                .isEqualTo(Map.of(RADIO + "AutoChannelEnable", "false", RADIO + "Channel", first));
        change(homes.get(moved.getLast()), "6");

        awaitCounts(id, Map.of("applied", 1, "unchanged", 1, "cannot", 1));
        awaitState(id, "done");
        assertThat(devices(id).getString("items.find{it.state=='cannot'}.words"))
                .isEqualTo("the device took it and says otherwise in [" + RADIO + "Channel]");
        operator()
                .post("/api/channel-plans/" + id + "/apply")
                .then()
                .statusCode(409)
                .body("detail", startsWith("The plan is done;"));
    }

    @Test
    void whatIsProposedIsSetAtOnceWhereThatWasAskedFor() {
        ScriptedDevice home = gateways.device("CH4").known();
        String id = begin("{\"devices\":[\"" + home.id() + "\"],\"apply\":true,\"bands\":[\"2.4GHz\"]}");

        scan(home, 4, 5, 6, 7);
        change(home, "1");

        awaitCounts(id, Map.of("applied", 1));
        awaitState(id, "done");
        operator()
                .get("/api/channel-plans/" + id)
                .then()
                .body("state", equalTo("done"))
                .body("finishedAt", notNullValue());
    }

    @Test
    void modelsThatCantBeAskedAreNamedAndTheOthersAreNotKeptWaiting() {
        ScriptedDevice old =
                gateways.device("CH5").speaking("InternetGatewayDevice.").known();
        String id = begin("{\"devices\":[\"" + old.id() + "\",\"001122-BOX-NOBODY\"]}");

        awaitCounts(id, Map.of("cannot", 2));
        awaitState(id, "done");
        assertThat(devices(id).getList("items.words", String.class))
                .containsExactly(
                        "there is no mapping of a Wi-Fi scan for the model BOX of Acme with software 1.0 and data model"
                                + " InternetGatewayDevice.",
                        "the device never called, nor was it registered");
        operator()
                .body("{\"type\":\"wifiScan\"}")
                .post("/api/devices/" + old.id() + "/orders")
                .then()
                .statusCode(422)
                .body("detail", containsString("no mapping of a Wi-Fi scan for the model BOX of Acme"));
    }

    @Test
    void aDeviceThatDoesNotCallInTimeIsLeftOut() {
        ScriptedDevice silent = gateways.device("CH6").known();
        String id = begin("{\"devices\":[\"" + silent.id() + "\"],\"expiresIn\":\"PT1S\"}");

        awaitCounts(id, Map.of("cannot", 1));
        awaitState(id, "done");
        assertThat(devices(id).getString("items[0].words")).contains("did not call");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}|400|q",
                "{\"q\":\"id==x\",\"devices\":[]}|400|q",
                "{\"devices\":[]}|422|devices",
                "{\"devices\":[\"nonsense\"]}|400|devices[0]",
                "{\"devices\":[\"001122-B-1\",\"001122-B-2\",\"001122-B-3\",\"001122-B-4\",\"001122-B-5\",\"001122-B-6\"]}|422|devices",
                "{\"devices\":[\"001122-B-1\"],\"country\":\"XX\"}|400|country",
                "{\"devices\":[\"001122-B-1\"],\"bands\":[\"7GHz\"]}|400|bands",
                "{\"devices\":[\"001122-B-1\"],\"expiresIn\":\"soon\"}|400|expiresIn"
            })
    void aRequestThatMakesNoSenseIsRefusedWithTheField(String body, int status, String field) {
        operator()
                .body(body)
                .post("/api/channel-plans")
                .then()
                .statusCode(status)
                .body("errors[0].field", equalTo(field));
    }

    @Test
    void plansAreTheirTenantsAndOperatorsOnly() {
        String id = begin("{\"devices\":[\"001122-BOX-NOBODY\"]}");

        as("other", "operator").get("/api/channel-plans/" + id).then().statusCode(404);
        as("other", "operator")
                .post("/api/channel-plans/" + id + "/apply")
                .then()
                .statusCode(404);
        as("acme", "support").get("/api/channel-plans/" + id).then().statusCode(200);
        as("acme", "support")
                .body("{\"devices\":[\"001122-BOX-NOBODY\"]}")
                .post("/api/channel-plans")
                .then()
                .statusCode(403);
        operator().get("/api/channel-plans?limit=1").then().statusCode(200).body("items[0].id", notNullValue());
    }
}
