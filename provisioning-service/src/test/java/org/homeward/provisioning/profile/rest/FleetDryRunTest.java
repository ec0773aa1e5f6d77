package org.homeward.provisioning.profile.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.agroal.api.AgroalDataSource;
import io.quarkus.agroal.DataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.homeward.backends.testing.KafkaBackend;
import org.homeward.backends.testing.PostgresBackend;
import org.homeward.contracts.plan.Action;
import org.homeward.contracts.plan.GatewayCommand.SessionPlan;
import org.homeward.contracts.plan.Step;
import org.homeward.contracts.rpc.ParameterValue;
import org.homeward.contracts.rpc.RpcResult;
import org.homeward.contracts.rpc.ValueType;
import org.homeward.contracts.session.SessionEvent.SessionClosed;
import org.homeward.provisioning.plan.store.LedgerRows;
import org.homeward.provisioning.testing.ScriptedDevice;
import org.homeward.provisioning.testing.ScriptedGateways;
import org.homeward.provisioning.testing.SignedTokens;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.Test;

/** A dry run over a fleet; {@code -Dfleet=100000} for a large one, whose figures are logged. */
@QuarkusTest
@QuarkusTestResource(KafkaBackend.class)
@QuarkusTestResource(
        value = PostgresBackend.class,
        initArgs = @ResourceArg(name = "datasource", value = "provisioning"))
@QuarkusTestResource(SignedTokens.class)
class FleetDryRunTest {

    private static final Logger LOG = Logger.getLogger(FleetDryRunTest.class);
    private static final int FLEET = Integer.getInteger("fleet", 2_500);
    private static final int SETTINGS = 12;

    @Inject
    ScriptedGateways gateways;

    @Inject
    LedgerRows rows;

    @Inject
    @DataSource("provisioning")
    AgroalDataSource database;

    private final String tenant = "d" + UUID.randomUUID().toString().substring(0, 8);

    private RequestSpecification operator() {
        return RestAssured.given()
                .auth()
                .oauth2(SignedTokens.of(tenant, "olga", "operator"))
                .contentType(ContentType.JSON);
    }

    /** Settings that say this, of which the last three say something else where {@code other} does. */
    private static String profile(String other) {
        StringBuilder values = new StringBuilder();
        for (int i = 0; i < SETTINGS; i++) {
            values.append(i == 0 ? "" : ",").append("\"").append(path(i)).append("\":\"");
            values.append(i < SETTINGS - 3 ? "value " + i : other).append("\"");
        }
        return "{\"name\":\"home\",\"condition\":\"device.productClass == 'BOX'\",\"values\":{" + values + "}}";
    }

    private static String path(int number) {
        return "Device.WiFi.SSID." + number + ".SSID";
    }

    private static List<ParameterValue> factory() {
        return IntStream.range(0, SETTINGS)
                .mapToObj(i -> new ParameterValue(path(i), "factory", ValueType.STRING))
                .toList();
    }

    /** One device that is as the profile says, and as many others like it. */
    private void fleet() throws SQLException {
        ScriptedDevice device = gateways.device(tenant, "FLEET");
        device.inform("0 BOOTSTRAP");
        SessionPlan first = device.plan();
        for (Step step : first.steps()) {
            if (step.action() instanceof Action.ReadTree) {
                device.partly(first, step, new RpcResult.Values(factory()));
                device.answer(first, step, new RpcResult.TreeRead(SETTINGS, List.of()));
            } else {
                device.answer(first, step, new RpcResult.Applied(0));
            }
        }
        SessionPlan write = device.plan();
        Step step = write.steps().getFirst();
        device.answer(write, step, new RpcResult.Values(((Action.WriteValues) step.action()).values()));
        assertThat(device.plan().steps()).isEmpty();
        device.close(SessionClosed.Reason.COMPLETED);
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(Objects.requireNonNull(
                                        rows.load(List.of(device.key)).get(device.key))
                                .ledger()
                                .standing()
                                .settled())
                        .isTrue());
        String copy = """
                insert into device_ledger (device, version, partition, due_at, ledger)
                select device || 'x' || n, 1, 0, null, replace(ledger::text, ?, ? || 'x' || n)::json
                from device_ledger, generate_series(2, ?) as n where device = ?
                """;
        String serial = device.key.device().serialNumber();
        try (var connection = database.getConnection();
                var insert = connection.prepareStatement(copy)) {
            insert.setString(1, serial);
            insert.setString(2, serial);
            insert.setInt(3, FLEET);
            insert.setString(4, device.key.toString());
            assertThat(insert.executeUpdate()).isEqualTo(FLEET - 1);
        }
    }

    @Test
    void aDryRunGoesThroughTheFleetPageByPageAndSumsUpWhatItWouldTake() throws Exception {
        operator().body(profile("old")).post("/api/profiles").then().statusCode(201);
        operator().post("/api/profiles/home/activate").then().statusCode(200);
        fleet();
        operator().body(profile("new")).put("/api/profiles/home").then().statusCode(200);

        List<String> told = dryRun("{}");

        assertThat(told).hasSize(FLEET / 1_000 + 1);
        JsonPath progress = JsonPath.from(told.getFirst());
        assertThat(progress.getInt("of")).isEqualTo(FLEET);
        assertThat(progress.getInt("sum.devices")).isEqualTo(1_000);
        JsonPath end = JsonPath.from(told.getLast());
        LOG.infof("a dry run over %d devices: %s", FLEET, told.getLast());
        assertThat(end.getBoolean("done")).isTrue();
        assertThat(end.getMap("sum"))
                .containsEntry("devices", FLEET)
                .containsEntry("matched", FLEET)
                .containsEntry("changing", FLEET)
                .containsEntry("unread", 0)
                .containsEntry("cannot", 0)
                .containsEntry("rpcs", 2 * FLEET)
                .containsEntry("sessions", FLEET)
                .containsEntry("seconds", FLEET);
        assertThat(end.getList("parameters")).hasSize(3);
        assertThat(end.getMap("parameters[0].changes[0]"))
                .containsEntry("from", "old")
                .containsEntry("to", "new")
                .containsEntry("devices", FLEET);
        assertThat(JsonPath.from(dryRun("{\"where\":\"'beta' in device.tags\"}").getLast())
                        .getInt("sum.devices"))
                .isZero();
    }

    /** All lines but those of single devices. */
    private List<String> dryRun(String body) throws IOException {
        long before = used();
        try (var lines = new BufferedReader(new InputStreamReader(
                operator().body(body).post("/api/profiles/home/dry-run").asInputStream(), StandardCharsets.UTF_8))) {
            List<String> told = lines.lines()
                    .filter(line -> !line.startsWith("{\"device\":"))
                    .toList();
            LOG.infof("heap in use: %d MB before, %d MB after", before, used());
            return told;
        }
    }

    private static long used() {
        Runtime runtime = Runtime.getRuntime();
        return (runtime.totalMemory() - runtime.freeMemory()) >> 20;
    }
}
