package org.homeward.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.StreamSupport;
import org.homeward.simulator.CpeIdentity;
import org.homeward.simulator.SimulatedCpe;
import org.homeward.simulator.diagnostic.Air;
import org.homeward.simulator.model.BaseModel;
import org.homeward.simulator.model.Models;
import org.homeward.standalone.bench.server.RestClient;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A street of crowded homes: scanned, proposed, set and proven, as the page about channels says, and across a crash. */
@Timeout(480)
class ChannelsIT {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final String CHANNEL_181 = "Device.WiFi.Radio.1.Channel";
    private static final String CHANNEL_098 = "InternetGatewayDevice.LANDevice.1.WLANConfiguration.1.Channel";
    private static final String BESIDES = """

        object InternetGatewayDevice.LANDevice.1.WiFi.NeighboringWiFiDiagnostic.
          DiagnosticsState w string{None,Requested,Canceled,Complete,Error} None
          ResultNumberOfEntries r unsignedInt
        table InternetGatewayDevice.LANDevice.1.WiFi.NeighboringWiFiDiagnostic.Result.
          SSID r string(32)
          BSSID r string(17)
          Channel r unsignedInt
          SignalStrength r int
          OperatingFrequencyBand r string
          OperatingChannelBandwidth r string
        """;

    @TempDir
    static Path data;

    private static final PortPlan PORTS = House.freePorts();
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** Homes of the street that hear each other, by serial number. */
    private static final Map<String, SimulatedCpe> STREET = new ConcurrentHashMap<>();

    private static House house;

    @BeforeAll
    static void start() throws Exception {
        house = House.up(PORTS, data, "--open").awaitReady();
    }

    @AfterAll
    static void stop() throws Exception {
        house.kill();
        await().atMost(Duration.ofSeconds(30)).until(() -> {
            house.processes().forEach(ProcessHandle::destroy);
            return house.processes().isEmpty();
        });
    }

    /** A stranger on channel 6 whom all hear, and within the street each other, wherever they are now. */
    private static Optional<List<Air.Network>> around(CpeIdentity cpe) {
        List<Air.Network> networks = new ArrayList<>();
        networks.add(new Air.Network("stranger", "06:00:00:00:00:01", "2.4GHz", 6, "20MHz", -50));
        STREET.forEach((serial, other) -> {
            if (STREET.containsKey(cpe.serial()) && !serial.equals(cpe.serial())) {
                networks.add(new Air.Network(
                        "home " + serial,
                        other.value("Device.WiFi.SSID.1.BSSID"),
                        "2.4GHz",
                        Integer.parseInt(other.value(CHANNEL_181)),
                        "20MHz",
                        -45));
            }
        });
        return Optional.of(networks);
    }

    private static String acs() {
        return "http://127.0.0.1:" + PORTS.cwmp() + "/";
    }

    private static SimulatedCpe home(String serial) {
        var cpe = SimulatedCpe.builder(acs())
                .serial(serial)
                .air(ChannelsIT::around)
                .build();
        STREET.put(serial, cpe);
        return cpe;
    }

    /** A tree of TR-098 into which its maker took the diagnostic of TR-181 over. */
    private static BaseModel vendorsTree() throws Exception {
        try (InputStream in = Models.class.getResourceAsStream("tr098-gateway.model")) {
            var tree = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
            return Models.load(Files.writeString(Files.createTempFile("vendor", ".model"), tree + BESIDES));
        }
    }

    private static RestClient rest() {
        return new RestClient(
                URI.create("http://127.0.0.1:" + PORTS.http()),
                URI.create("http://127.0.0.1:" + PORTS.keycloak() + "/realms/homeward/protocol/openid-connect/token"));
    }

    private static String id(SimulatedCpe cpe) {
        return cpe.identity().oui() + "-" + cpe.identity().productClass().replace("-", "%2D") + "-"
                + cpe.identity().serial();
    }

    private static String inPath(SimulatedCpe cpe) {
        return id(cpe).replace("%", "%25");
    }

    private static void awaitKnown(RestClient rest, SimulatedCpe... cpes) {
        for (SimulatedCpe cpe : cpes) {
            // the whole data model was read
            await(id(cpe))
                    .atMost(PATIENCE)
                    .ignoreExceptions()
                    .until(() -> rest.get("/api/devices/" + inPath(cpe) + "/parameters?path="
                                            + (cpe.identity().productClass().equals("HG-2400")
                                                    ? CHANNEL_181
                                                    : CHANNEL_098))
                                    .path("items")
                                    .size()
                            > 0);
        }
    }

    private static JsonNode plan(RestClient rest, String plan, String state) {
        return await(plan + " is " + state)
                .atMost(PATIENCE)
                .ignoreExceptions()
                .until(
                        () -> rest.get("/api/channel-plans/" + plan),
                        found -> found.path("state").asText().equals(state));
    }

    private static JsonNode device(RestClient rest, String plan, SimulatedCpe cpe) throws Exception {
        return StreamSupport.stream(
                        rest.get("/api/channel-plans/" + plan + "/devices")
                                .path("items")
                                .spliterator(),
                        false)
                .filter(item -> item.path("device").asText().equals(id(cpe)))
                .findFirst()
                .orElseThrow();
    }

    private static String begin(RestClient rest, String body) throws Exception {
        return rest.post("/api/channel-plans", JSON.readTree(body)).path("id").asText();
    }

    @Test
    void aCrowdedStreetSharesTheChannelsAsThePageSays() throws Exception {
        try (var rest = rest();
                var one = home("C1");
                var two = home("C2");
                var three = home("C3");
                var vendors = SimulatedCpe.builder(acs())
                        .model(vendorsTree())
                        .identity(new CpeIdentity("Huawei Technologies Co., Ltd", "00259E", "EG8145X6", "V1"))
                        .air(ChannelsIT::around)
                        .build();
                var unmapped = SimulatedCpe.builder(acs())
                        .model(Models.tr098())
                        .serial("U1")
                        .build()) {
            for (var cpe : List.of(one, two, three, vendors, unmapped)) {
                cpe.start();
            }
            awaitKnown(rest, one, two, three, vendors, unmapped);

            tourOfThePage();
            assertThat(List.of(one.value(CHANNEL_181), two.value(CHANNEL_181), three.value(CHANNEL_181)))
                    .containsExactlyInAnyOrder("1", "6", "11");

            // a vendor's tree by its mapping; a model without one is named, and keeps nobody waiting
            var others = begin(rest, "{\"devices\":[\"" + id(vendors) + "\",\"" + id(unmapped) + "\"],\"apply\":true}");
            plan(rest, others, "done");
            assertThat(device(rest, others, vendors).path("state").asText()).isEqualTo("applied");
            assertThat(vendors.value(CHANNEL_098)).isNotEqualTo("6");
            assertThat(device(rest, others, unmapped).path("words").asText())
                    .startsWith("there is no mapping of a Wi-Fi scan for the model HG-1100 of Homeward");

            // where a profile says the channel, it is left alone
            acrossProfiles(rest, one);
            acrossACrash(rest, two, three);
        }
    }

    private static void tourOfThePage() throws Exception {
        try (var tour = ReadmeTour.of(PORTS, "docs/channels.md")) {
            tour.take("Sign in.");
            assertThat(tour.takeToItsEnd("Let one device listen."))
                    .contains("\"state\":\"succeeded\"", "\"ssid\":\"stranger\"", "\"radios\":[");
            tour.take("Seek channels for many.");
            tour.takeUntilItShows("Watch it.", "\"state\":\"proposed\"");
            assertThat(tour.take("See what it proposes, and why."))
                    .contains("\"state\":\"proposed\"", "On 2.4GHz channel 6 is shared: 3 networks are heard");
            tour.take("Set it.");
            tour.takeUntilItShows("Watch it.", "\"state\":\"done\"");
            tour.takeUntilItShows("See who is on a better channel now.", "\"state\":\"applied\"");
        }
    }

    private static void acrossProfiles(RestClient rest, SimulatedCpe one) throws Exception {
        rest.post("/api/profiles", JSON.readTree("""
            {"name": "fixed", "condition": "device.serialNumber == 'C1'",
             "values": {"capability:wifi.networks[2.4GHz].channel": 6}}
            """));
        rest.post("/api/profiles/fixed/activate", JSON.readTree("{}"));
        one.informNow("2 PERIODIC");
        await().atMost(PATIENCE).until(() -> one.value(CHANNEL_181), "6"::equals);

        var held = begin(rest, "{\"devices\":[\"" + id(one) + "\"],\"bands\":[\"2.4GHz\"]}");

        plan(rest, held, "done");
        assertThat(device(rest, held, one).path("words").asText())
                .contains("The profile fixed says the channel of 2.4GHz and would write it again.");
    }

    private static void acrossACrash(RestClient rest, SimulatedCpe two, SimulatedCpe three) throws Exception {
        var away =
                SimulatedCpe.builder(acs()).serial("C9").air(ChannelsIT::around).build();
        away.start();
        awaitKnown(rest, away);
        away.close();
        var plan = begin(
                rest,
                "{\"devices\":[\"" + id(two) + "\",\"" + id(three) + "\",\"" + id(away)
                        + "\"],\"bands\":[\"2.4GHz\"]}");
        await("two are scanned")
                .atMost(PATIENCE)
                .ignoreExceptions()
                .until(() -> rest.get("/api/channel-plans/" + plan)
                                .path("counts")
                                .path("scanned")
                                .asInt()
                        == 2);

        house.kill();
        house = House.up(PORTS, data, "--open").awaitReady();

        try (var again = rest();
                var back = SimulatedCpe.builder(acs())
                        .serial("C9")
                        .bootstrapped()
                        .air(ChannelsIT::around)
                        .build()) {
            back.informNow("2 PERIODIC");
            await("all were heard")
                    .atMost(PATIENCE)
                    .ignoreExceptions()
                    .until(() -> !again.get("/api/channel-plans/" + plan)
                            .path("state")
                            .asText()
                            .equals("scanning"));
            assertThat(device(again, plan, back)
                            .path("bands")
                            .path(0)
                            .path("from")
                            .asInt())
                    .isEqualTo(6);
            assertThat(device(again, plan, two).path("state").asText()).isNotEqualTo("cannot");
        }
    }
}
