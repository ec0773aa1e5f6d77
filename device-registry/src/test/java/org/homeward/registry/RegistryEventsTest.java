package org.homeward.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.homeward.registry.testing.Cpe.secret;
import static org.homeward.registry.testing.Cpe.value;
import static org.homeward.registry.testing.Registry.eventually;
import static org.homeward.registry.testing.Registry.get;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.homeward.backends.testing.KafkaBackend;
import org.homeward.backends.testing.MongoBackend;
import org.homeward.backends.testing.PostgresBackend;
import org.homeward.contracts.OrderId;
import org.homeward.contracts.order.OrderEvent.OrderQueued;
import org.homeward.contracts.order.OrderEvent.OrderRunning;
import org.homeward.contracts.order.OrderEvent.OrderSucceeded;
import org.homeward.contracts.session.SessionTranscript;
import org.homeward.contracts.session.SessionTranscript.Direction;
import org.homeward.contracts.session.SessionTranscript.Line;
import org.homeward.kit.json.PackedLines;
import org.homeward.registry.testing.Cpe;
import org.homeward.registry.testing.Registry;
import org.homeward.registry.testing.SignedTokens;
import org.junit.jupiter.api.Test;

/** What devices tell, on its way from Kafka through both databases to REST. */
@QuarkusTest
@QuarkusTestResource(KafkaBackend.class)
@QuarkusTestResource(MongoBackend.class)
@QuarkusTestResource(value = PostgresBackend.class, initArgs = @ResourceArg(name = "datasource", value = "registry"))
@QuarkusTestResource(SignedTokens.class)
class RegistryEventsTest {

    private static final String SSID = "Device.WiFi.SSID.1.SSID";
    private static final String SOFTWARE = "Device.DeviceInfo.SoftwareVersion";

    @Inject
    Registry registry;

    private static Instant start() {
        return Instant.now().truncatedTo(java.time.temporal.ChronoUnit.MILLIS).minusSeconds(30);
    }

    @Test
    void aDeviceThatCallsIsRegisteredAndOnline() {
        var cpe = new Cpe("first-call", start());

        registry.hears(
                cpe.inform(
                        "0 BOOTSTRAP",
                        value(SOFTWARE, "1.0"),
                        value("Device.DeviceInfo.HardwareVersion", "A"),
                        value("Device.ManagementServer.ConnectionRequestURL", "http://192.0.2.17:7547/cr"),
                        value("Device.Ethernet.Interface.1.MACAddress", "00:11:22:AA:BB:01")),
                cpe.closed());

        eventually(() -> get(cpe.path()).then().statusCode(200));
        JsonPath device = get(cpe.path()).jsonPath();
        assertThat(device.getString("manufacturer")).isEqualTo("Homeward Labs");
        assertThat(device.getString("softwareVersion")).isEqualTo("1.0");
        assertThat(device.getString("root")).isEqualTo("Device.");
        assertThat(device.getString("online.state")).isEqualTo("online");
        assertThat(device.getList("lastEvents")).containsExactly("0 BOOTSTRAP");
        assertThat(device.getList("macs")).containsExactly("001122aabb01");
        assertThat(device.getList("ips")).containsExactly("192.0.2.17");
        assertThat(get("/api/devices?q=mac==00:11:22:aa:bb:01").jsonPath().getList("items.id"))
                .containsExactly(cpe.id());
        assertThat(get(cpe.path() + "/timeline").jsonPath().getList("items.kind"))
                .containsExactlyInAnyOrder("session", "registered", "online");
    }

    @Test
    void reportedValuesAreShownWithTypeAndAccess() {
        var cpe = new Cpe("values", start());

        registry.hears(
                cpe.inform("2 PERIODIC", value(SOFTWARE, "1.0")),
                cpe.names("Device.", "Device.WiFi.", SSID, SOFTWARE),
                cpe.values(value(SSID, "home"), secret("Device.WiFi.AccessPoint.1.Security.KeyPassphrase")),
                cpe.closed());

        String parameters = cpe.path() + "/parameters";
        eventually(() -> assertThat(get(parameters + "?path=" + SSID).jsonPath().getString("items[0].value"))
                .isEqualTo("home"));
        JsonPath wifi = get(parameters + "?path=Device.WiFi.").jsonPath();
        assertThat(wifi.getList("items.path"))
                .containsExactly("Device.WiFi.AccessPoint.1.Security.KeyPassphrase", SSID);
        assertThat(wifi.getBoolean("items[0].secret")).isTrue();
        assertThat(wifi.getString("items[0].value")).isNull();
        assertThat(wifi.getBoolean("items[1].writable")).isTrue();
        assertThat(wifi.getString("items[1].type")).isEqualTo("string");
        JsonPath page = get(parameters + "?limit=1").jsonPath();
        assertThat(get(parameters + "?limit=1&cursor=" + page.getString("next"))
                        .jsonPath()
                        .getList("items.path"))
                .containsExactly("Device.WiFi.AccessPoint.1.Security.KeyPassphrase");
    }

    @Test
    void whatManyDevicesReportedIsReadAtOnceWithoutSecrets() {
        var cpe = new Cpe("many", start());
        String passphrase = "Device.WiFi.AccessPoint.1.Security.KeyPassphrase";
        registry.hears(cpe.inform("2 PERIODIC"), cpe.values(value(SSID, "home"), secret(passphrase)), cpe.closed());
        eventually(() -> assertThat(
                        get(cpe.path() + "/parameters?path=" + SSID).jsonPath().getString("items[0].value"))
                .isEqualTo("home"));
        String id = cpe.key.device().toString();
        String body = "{\"devices\":[\"%s\",\"001122-NONE-1\"],\"paths\":[\"%s\",\"%s\",\"Device.X\"]}"
                .formatted(id, SSID, passphrase);

        JsonPath reported = Registry.operator()
                .contentType("application/json")
                .body(body)
                .post("/api/reported-values")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();

        assertThat(reported.getMap("devices")).containsOnlyKeys(id);
        assertThat(reported.getList("devices.'" + id + "'.path")).containsExactly(SSID);
        assertThat(reported.getList("devices.'" + id + "'.value")).containsExactly("home");
        Registry.operator()
                .contentType("application/json")
                .body("{\"devices\":[],\"paths\":[\"Device.X\"]}")
                .post("/api/reported-values")
                .then()
                .statusCode(400);
        String below = "{\"devices\":[\"%s\"],\"paths\":[\"Device.WiFi.\"]}".formatted(id);
        assertThat(Registry.operator()
                        .contentType("application/json")
                        .body(below)
                        .post("/api/reported-values")
                        .jsonPath()
                        .getList("devices.'" + id + "'.path"))
                .containsExactly(SSID);
        Registry.as(SignedTokens.of("sam", "subscriber"))
                .contentType("application/json")
                .body(below)
                .post("/api/reported-values")
                .then()
                .statusCode(404);
    }

    @Test
    void aChangeIsHistoryWithWhoAndWhy() {
        var cpe = new Cpe("change", start());
        var order = new OrderId("order-change");
        registry.hears(cpe.inform("2 PERIODIC", value(SOFTWARE, "1.0")), cpe.values(value(SSID, "home")), cpe.closed());

        registry.hears(
                cpe.event(new OrderQueued(
                        order,
                        "setParameterValues",
                        "anna",
                        cpe.now(),
                        cpe.now().plusSeconds(60))),
                cpe.inform("6 CONNECTION REQUEST", value(SOFTWARE, "1.0")),
                cpe.event(new OrderRunning(order, cpe.session())),
                cpe.set(value(SSID, "castle")),
                cpe.event(new OrderSucceeded(order, cpe.session(), Map.of())),
                cpe.closed());

        String device = cpe.path();
        eventually(() -> {
            assertThat(get(device + "/history?path=" + SSID).jsonPath().getList("items.after"))
                    .containsExactly("castle");
            assertThat(get(device + "/timeline?kind=order").jsonPath().getList("items.summary"))
                    .containsExactly("setParameterValues succeeded");
        });
        JsonPath change = get(device + "/timeline?kind=change").jsonPath();
        assertThat(change.getString("items[0].by")).isEqualTo("anna");
        assertThat(change.getString("items[0].summary")).isEqualTo(SSID);
        assertThat(change.getList("items[0].detail.orders")).containsExactly("order-change");
        assertThat(get(device + "/parameters/history?path=Device.WiFi.")
                        .jsonPath()
                        .getList("items.before"))
                .containsExactly("home");
    }

    @Test
    void theSameEventsTwiceHaveOneEffect() {
        var cpe = new Cpe("twice", start());
        var inform = cpe.inform("2 PERIODIC", value(SOFTWARE, "1.0"));
        var first = cpe.values(value(SSID, "home"));
        var second = cpe.values(value(SSID, "castle"));
        var closed = cpe.closed();

        registry.hears(inform, first, second, closed, inform, first, second, closed);

        String device = cpe.path();
        var last = cpe.inform("2 PERIODIC", value(SOFTWARE, "1.1"));
        registry.hears(last);
        eventually(() ->
                assertThat(get(device).jsonPath().getString("softwareVersion")).isEqualTo("1.1"));
        assertThat(get(device + "/history?path=" + SSID).jsonPath().getList("items.after"))
                .containsExactly("castle");
        assertThat(get(device + "/sessions").jsonPath().getList("items.outcome"))
                .containsExactly("open", "completed");
        assertThat(get(device + "/parameters?path=" + SSID).jsonPath().getString("items[0].value"))
                .isEqualTo("castle");
    }

    @Test
    void anEventThatWasOvertakenDoesNotTurnBackTime() {
        var cpe = new Cpe("late", start());
        var old = new Cpe("late", start().minusSeconds(2));
        var oldInform = old.inform("1 BOOT", value(SOFTWARE, "0.9"));
        var oldValues = old.values(value(SSID, "old"));
        registry.hears(cpe.inform("2 PERIODIC", value(SOFTWARE, "1.0")), cpe.values(value(SSID, "new")), cpe.closed());

        registry.hears(oldInform, oldValues, old.closed());

        String device = cpe.path();
        eventually(() -> assertThat(get(device + "/sessions").jsonPath().getList("items.id"))
                .hasSize(2));
        assertThat(get(device + "/parameters?path=" + SSID).jsonPath().getString("items[0].value"))
                .isEqualTo("new");
        assertThat(get(device).jsonPath().getList("lastEvents")).containsExactly("2 PERIODIC");
        assertThat(get(device + "/history").jsonPath().getList("items")).isEmpty();
    }

    @Test
    void aSessionShowsWhatWasSaidAndIsOpenWhileItRuns() {
        var cpe = new Cpe("transcript", start());
        registry.hears(cpe.inform("1 BOOT", value(SOFTWARE, "1.0")));
        String session = cpe.path() + "/sessions/" + cpe.session();
        eventually(
                () -> assertThat(get(session).jsonPath().getString("outcome")).isEqualTo("open"));

        var said = cpe.now();
        registry.hears(
                cpe.closed(),
                cpe.event(new SessionTranscript(
                        cpe.session(),
                        said,
                        1,
                        false,
                        PackedLines.pack(List.of(new Line(said, Direction.CPE_TO_ACS, "Inform", "<Inform/>"))))),
                cpe.event(new SessionTranscript(
                        cpe.session(),
                        said,
                        2,
                        true,
                        PackedLines.pack(List.of(
                                new Line(said, Direction.ACS_TO_CPE, "InformResponse", "<InformResponse/>"))))));

        eventually(() -> assertThat(get(session).jsonPath().getList("messages.method"))
                .containsExactly("Inform", "InformResponse"));
        assertThat(get(session).jsonPath().getString("outcome")).isEqualTo("completed");
        assertThat(get(session).jsonPath().getString("messages[1].xml")).isEqualTo("<InformResponse/>");
        assertThat(get(session).jsonPath().getList("events")).containsExactly("1 BOOT");
    }

    @Test
    void whatIsMissingFromACompleteListInPartsIsGone() {
        var cpe = new Cpe("parts", start());
        registry.hears(
                cpe.inform("0 BOOTSTRAP", value(SOFTWARE, "1.0")),
                cpe.names("Device.", SOFTWARE, SSID, "Device.Time.Enable"),
                cpe.values(value(SSID, "home"), value("Device.Time.Enable", "1")),
                cpe.closed());

        registry.hears(cpe.inform("1 BOOT", value(SOFTWARE, "2.0")));
        registry.hears(cpe.namesInParts("Device.", SOFTWARE, "Device.DeviceInfo.UpTime", "Device.Time.Enable"));

        String device = cpe.path();
        eventually(() -> assertThat(get(device + "/parameters").jsonPath().getList("items.path"))
                .containsExactly(SOFTWARE, "Device.DeviceInfo.UpTime", "Device.Time.Enable"));
        assertThat(get(device + "/history").jsonPath().getList("items.path")).contains(SSID, SOFTWARE);
    }

    @Test
    void aDeviceThatWasDeletedAndCallsAgainBeginsAnew() {
        var cpe = new Cpe("again", start());
        registry.hears(cpe.inform("2 PERIODIC", value(SOFTWARE, "1.0")), cpe.values(value(SSID, "home")), cpe.closed());
        String device = cpe.path();
        eventually(() -> assertThat(get(device + "/parameters").jsonPath().getList("items"))
                .hasSize(2));

        Registry.operator().delete(device).then().statusCode(204);
        get(device).then().statusCode(404);
        registry.hears(cpe.inform("2 PERIODIC", value(SOFTWARE, "1.0")), cpe.closed());

        eventually(() -> assertThat(get(device + "/parameters").jsonPath().getList("items.path"))
                .containsExactly(SOFTWARE));
        assertThat(get(device + "/sessions").jsonPath().getList("items")).hasSize(1);
    }
}
