package org.homeward.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import org.homeward.simulator.http.Headers;
import org.homeward.simulator.http.SmallHttpServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The whole house with all of its real parts, through the script that people use. One data directory throughout. */
@Timeout(300)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class StandaloneIT {

    @TempDir
    static Path data;

    private static final PortPlan PORTS = House.freePorts();
    private static final SmallHttpServer.Handler FILES =
            request -> new SmallHttpServer.Answer(200, new Headers(), new byte[5_000]);
    private static House house;

    @BeforeAll
    static void start() throws Exception {
        house = House.up(PORTS, data, "--demo", "6").awaitReady();
    }

    @AfterAll
    static void stop() throws Exception {
        house.kill();
        await().atMost(Duration.ofSeconds(30)).until(() -> {
            house.processes().forEach(ProcessHandle::destroy);
            return house.processes().isEmpty();
        });
    }

    @Test
    @Order(1)
    void tellsWhereEverythingIsAndHowToSignIn() throws Exception {
        await().untilAsserted(() -> assertThat(house.terminal())
                .contains("Homeward is ready after")
                .contains("http://127.0.0.1:" + PORTS.http() + "/q/swagger-ui")
                .contains("http://127.0.0.1:" + PORTS.cwmp() + "/")
                .contains("127.0.0.1:" + PORTS.stun() + " (UDP)")
                .contains("./homeward token --port-offset " + PORTS.offset())
                .contains(Secrets.in(data).factoryPassword()));
    }

    @Test
    @Order(1)
    void everyStepOfTheReadmesTourDoesWhatItSays() throws Exception {
        try (var tour = ReadmeTour.of(PORTS)) {
            assertThat(tour.steps())
                    .containsExactly(
                            "Sign in.",
                            "See the devices.",
                            "Take one of them.",
                            "Read what it reported",
                            "Change its Wi-Fi name, and wait for the proof.",
                            "Get told what is wrong.",
                            "Watch what was said.",
                            "See its life at a glance",
                            "Reboot it");

            assertThat(tour.take("Sign in.")).isEmpty();
            tour.takeUntilItShows(
                    "See the devices.", "}{\"items\":[{\"id\":", "\"root\":\"Device.\"", "\"state\":\"online\"");
            assertThat(tour.take("Take one of them."))
                    .contains("\"root\":\"Device.\"", "\"lastInform\":", "\"registeredAt\":");
            tour.takeUntilItShows(
                    "Read what it reported",
                    "\"path\":\"Device.WiFi.SSID.1.SSID\"",
                    "\"type\":\"string\"",
                    "\"seen\":");
            assertThat(tour.takeToItsEnd("Change its Wi-Fi name, and wait for the proof."))
                    .contains("\"state\":\"succeeded\"", "\"Device.WiFi.SSID.1.SSID\":{", "\"value\":\"home\"");
            assertThat(tour.takeToItsEnd("Get told what is wrong."))
                    .contains("\"state\":\"failed\"", "\"code\":9005", "\"parameter\":\"Device.WiFi.SSID.1.Colour\"");
            tour.takeUntilItShows(
                    "Watch what was said.",
                    "\"direction\":\"cpeToAcs\",\"method\":\"Inform\"",
                    "\"direction\":\"acsToCpe\"",
                    "Device.WiFi.SSID.1.");
            tour.takeUntilItShows(
                    "See its life at a glance",
                    "\"summary\":\"setParameterValues succeeded\"",
                    "\"summary\":\"setParameterValues failed\"",
                    "\"path\":\"Device.WiFi.SSID.1.SSID\",\"before\":\"Homeward-",
                    "\"after\":\"home\"");
            assertThat(tour.takeToItsEnd("Reboot it"))
                    .contains("\"type\":\"reboot\"", "\"state\":\"succeeded\"", "M Reboot");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Device.", "InternetGatewayDevice."})
    @Order(1)
    void aDeviceRunsTheDiagnosticsThatAreOrdered(String root) throws Exception {
        try (var files = SmallHttpServer.start(0, FILES);
                var tasks = OrderedTasks.on(PORTS, root)) {
            var url = "http://" + files.authority() + "/file";

            var ping = tasks.carryOut("{'type':'ping','host':'192.0.2.1'}");
            var route = tasks.carryOut("{'type':'traceroute','host':'192.0.2.1'}");
            var download = tasks.carryOut("{'type':'downloadTest','url':'%s'}".formatted(url));
            var upload = tasks.carryOut("{'type':'uploadTest','url':'%s','fileLength':2000}".formatted(url));

            assertSucceeded(ping, "AverageResponseTime");
            assertSucceeded(route, "RouteHops");
            assertSucceeded(download, "TestBytesReceived");
            assertSucceeded(upload, "TotalBytesSent");
        }
    }

    @Test
    @Order(1)
    void aDeviceInstallsSoftwareAndRemovesIt() throws Exception {
        try (var files = SmallHttpServer.start(0, FILES);
                var tasks = OrderedTasks.on(PORTS, "Device.")) {
            var install =
                    "{'type':'changeDUState','operations':[{'operation':'install','url':'http://%s/app-1.2.ipk'}]}";
            var remove = "{'type':'changeDUState','operations':[{'operation':'uninstall','uuid':'%s'}]}";

            var installed = tasks.carryOut(install.formatted(files.authority())).at("/result/deploymentUnits/0");
            var uuid = installed.path("uuid").asText();
            var removed = tasks.carryOut(remove.formatted(uuid)).at("/result/deploymentUnits/0");

            assertThat(installed.path("state").asText()).isEqualTo("Installed");
            assertThat(installed.path("version").asText()).isEqualTo("1.2");
            assertThat(removed.path("state").asText()).isEqualTo("Uninstalled");
        }
    }

    private static void assertSucceeded(JsonNode order, String figure) {
        assertThat(order.path("state").asText()).as("%s", order).isEqualTo("succeeded");
        assertThat(order.at("/result/values").toString()).contains(figure);
    }

    @Test
    @Order(1)
    void isReadyOnlyWithEveryBackend() throws Exception {
        assertThat(house.get("/q/health/ready").body())
                .contains("\"Kafka\"", "\"PostgreSQL\"", "\"MongoDB stand-in\"", "\"Keycloak\"")
                .doesNotContain("does not answer");
    }

    @Test
    @Order(1)
    void givesOutATokenWithRoleAndTenant() throws Exception {
        // When
        var printed = House.token("--port-offset", offset());

        // Then
        assertThat(printed.exitCode()).isZero();
        assertThat(printed.errors()).isEmpty();
        assertThat(claims(printed.output()))
                .contains("\"roles\":[\"operator\"]")
                .contains("\"tenant\":\"default\"")
                .contains("\"preferred_username\":\"operator\"")
                .contains("\"aud\":\"homeward-api\"");
    }

    @Test
    @Order(1)
    void saysWhyThereIsNoToken() throws Exception {
        // When
        var printed = House.token("--user", "nobody", "--port-offset", offset());

        // Then
        assertThat(printed.exitCode()).isEqualTo(1);
        assertThat(printed.output()).isEmpty();
        assertThat(printed.errors()).contains("no token for nobody");
    }

    @Test
    @Order(1)
    void listensOnLoopbackOnly() throws Exception {
        assertThat(reachableFromOutside()).isEmpty();
    }

    @Test
    @Order(1)
    void aTakenPortIsAnErrorThatNamesPortAndFlag(@TempDir Path other) throws Exception {
        // Given
        var ports = House.freePorts();
        try (var stranger = new ServerSocket(ports.postgres(), 1, InetAddress.getLoopbackAddress())) {

            // When
            var refused = House.up(ports, other);

            // Then
            assertThat(refused.awaitEnd(Duration.ofSeconds(60))).isEqualTo(1);
            assertThat(refused.terminal())
                    .contains("port " + stranger.getLocalPort() + " (PostgreSQL) is taken")
                    .contains("--port-offset")
                    .doesNotContain("ready after");
        }
    }

    @Test
    @Order(1)
    void aTakenPortOfUdpIsOneAsWell(@TempDir Path other) throws Exception {
        // Given
        var ports = House.freePorts();
        try (var stranger = new DatagramSocket(ports.stun(), InetAddress.getLoopbackAddress())) {

            // When
            var refused = House.up(ports, other);

            // Then
            assertThat(refused.awaitEnd(Duration.ofSeconds(60))).isEqualTo(1);
            assertThat(refused.terminal())
                    .contains("port " + stranger.getLocalPort() + " (STUN, UDP) is taken")
                    .contains("--port-offset");
        }
    }

    @Test
    @Order(1)
    void dataInUseIsNotSharedWithASecondStart() throws Exception {
        // When
        var refused = House.up(House.freePorts(), data);

        // Then
        assertThat(refused.awaitEnd(Duration.ofSeconds(60))).isEqualTo(1);
        assertThat(refused.terminal()).contains("in use by another running process");
        assertThat(house.isReady()).isTrue();
    }

    @Test
    @Order(2)
    void aStartAfterAKillReclaimsEverythingAndGoesOn() throws Exception {
        // Given
        var before = Files.readString(data.resolve("secrets.properties"));
        var left = house.processes();
        house.kill();

        // When
        house = House.up(PORTS, data).awaitReady();

        // Then
        assertThat(left).noneMatch(ProcessHandle::isAlive);
        assertThat(Files.readString(data.resolve("secrets.properties"))).isEqualTo(before);
        assertThat(House.token("--port-offset", offset()).exitCode()).isZero();
    }

    @Test
    @Order(3)
    void controlCStopsEverythingInOrderAndLeavesNothing() throws Exception {
        // When
        house.interrupt();

        // Then
        assertThat(house.awaitEnd(Duration.ofSeconds(45))).isEqualTo(130);
        assertThat(house.processes()).isEmpty();
        assertThat(house.terminal()).doesNotContain("\tat ").doesNotContain("did not stop");
    }

    private static String offset() {
        return String.valueOf(PORTS.offset());
    }

    private static String claims(String token) {
        return new String(Base64.getUrlDecoder().decode(token.split("\\.")[1]), StandardCharsets.UTF_8);
    }

    private static List<String> reachableFromOutside() throws Exception {
        var reachable = new ArrayList<String>();
        for (var network : Collections.list(NetworkInterface.getNetworkInterfaces())) {
            for (var address : Collections.list(network.getInetAddresses())) {
                if (!address.isLoopbackAddress()) {
                    PORTS.all().stream()
                            .filter(port -> connects(address, port))
                            .forEach(port -> reachable.add(address + ":" + port));
                }
            }
        }
        return reachable;
    }

    private static boolean connects(InetAddress address, int port) {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(address, port), 500);
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
