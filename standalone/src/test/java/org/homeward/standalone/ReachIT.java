package org.homeward.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.homeward.contracts.DeviceId;
import org.homeward.contracts.DeviceKey;
import org.homeward.contracts.TenantId;
import org.homeward.kit.security.DeviceSecrets;
import org.homeward.simulator.CpeHost;
import org.homeward.simulator.SessionReport;
import org.homeward.simulator.SimulatedCpe;
import org.homeward.simulator.model.Models;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Orders find their way to devices that no HTTP gets through to: the tour of the page on reaching devices. */
@Timeout(420)
class ReachIT {

    private static final Logger LOG = Logger.getLogger(ReachIT.class);
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final String SERVER = "ManagementServer.";

    /** Small, for it is run with all tests; for figures: 400 devices, 200 a second, 4,000 orders. */
    private static final int DEVICES = Integer.getInteger("homeward.reach.devices", 10);

    private static final int ORDERS = Integer.getInteger("homeward.reach.orders", 40);
    private static final int A_SECOND = Integer.getInteger("homeward.reach.rate", 20);

    @TempDir
    static Path data;

    private static final PortPlan PORTS = House.freePorts();
    private static final URI ACS = URI.create("http://127.0.0.1:" + PORTS.cwmp() + "/");
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

    private static String idOf(SimulatedCpe cpe) {
        var identity = cpe.identity();
        return new DeviceId(identity.oui(), identity.productClass(), identity.serial()).toString();
    }

    /** Sets it up to keep a binding open, as an operator would by an order. */
    private static String stunOrder(SimulatedCpe cpe) {
        var secrets = new DeviceSecrets(
                Objects.requireNonNull(Secrets.in(data).settings().get("homeward.secrets.fleet")));
        var key = new DeviceKey(TenantId.DEFAULT, DeviceId.parse(idOf(cpe)));
        return """
                {"type":"setParameterValues","values":{"%1$sSTUNServerAddress":"127.0.0.1","%1$sSTUNServerPort":%2$d,
                "%1$sSTUNUsername":"%3$s","%1$sSTUNPassword":"%4$s","%1$sSTUNMinimumKeepAlivePeriod":30,
                "%1$sSTUNMaximumKeepAlivePeriod":30,"%1$sSTUNEnable":true}}""".formatted(
                        cpe.model().root() + SERVER, PORTS.stun(), secrets.stunUsername(key), secrets.stunPassword(key))
                .replace("\n", "");
    }

    /** Has it name an address that nobody outside can call, as a device behind NAT does. */
    private static void hide(SimulatedCpe cpe) throws Exception {
        var told = cpe.nextSessionWith("4 VALUE CHANGE");
        cpe.change(cpe.model().root() + SERVER + "ConnectionRequestURL", "http://192.168.1.1:7547/cr");
        told.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    @Test
    void anOrderReachesADeviceBehindNatThroughItsBinding() throws Exception {
        try (var tour = ReadmeTour.of(PORTS, "docs/reach.md");
                var cpe = SimulatedCpe.builder(ACS).serial("NAT1").build()) {
            cpe.start();
            tour.take("Sign in");
            tour.takeUntilItShows("Take a device", "NAT1", "\"state\":\"online\"");
            tour.type("acs -H 'Prefer: wait=30' \"$API/devices/$DEVICE/orders\" -d '" + stunOrder(cpe) + "'");
            hide(cpe);
            tour.takeUntilItShows(
                    "See by which ways it can be reached.",
                    "\"state\":\"online\"",
                    "\"by\":[\"stun\",\"http\"]",
                    "it keeps a binding open to",
                    "\"state\":\"doubtful\"");

            var asked = cpe.nextSessionWith("6 CONNECTION REQUEST");
            assertThat(tour.take("Make it call now, and see how that went."))
                    .contains("\"outcome\":\"connected\"", "\"transport\":\"stun\"", "\"millis\":");
            asked.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            var served = cpe.nextSessionWith("6 CONNECTION REQUEST");
            assertThat(tour.takeToItsEnd("Let an order go the same way."))
                    .contains("\"state\":\"succeeded\"", "\"outcome\": \"connected\"", "\"transport\": \"stun\"");
            served.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);

            // off, it says no more: the datagram leaves, and nothing comes of it
            cpe.powerOff();
            assertThat(tour.take("Make it call now, and see how that went."))
                    .contains(
                            "\"outcome\":\"silent\"",
                            "sent but no session within 30 s",
                            "The device asks to be called at 192.168.1.1 but last called from 127.0.0.1",
                            "\"next\":");
        }
    }

    @Test
    void manyOrdersReachTheirDevicesOverHttpAndThroughTheirBindings() throws Exception {
        var sessions = new ConcurrentHashMap<String, CompletableFuture<Optional<SessionReport>>>();
        try (var host = new CpeHost();
                var http = HttpClient.newHttpClient()) {
            List<SimulatedCpe> cpes = new ArrayList<>();
            for (int i = 0; i < DEVICES; i++) {
                cpes.add(SimulatedCpe.builder(ACS)
                        .serial("MANY%04d".formatted(i))
                        // so that the tour takes none of them
                        .model(Models.tr098())
                        .host(host)
                        .onSession(report -> {
                            if (report.events().contains("6 CONNECTION REQUEST")) {
                                sessions.computeIfAbsent(report.cpe().serial(), serial -> new CompletableFuture<>())
                                        .complete(Optional.of(report));
                            }
                        })
                        .build());
            }
            var token =
                    House.token("--port-offset", String.valueOf(PORTS.offset())).output();
            cpes.forEach(SimulatedCpe::start);
            for (var cpe : cpes) {
                await(cpe.identity().serial())
                        .atMost(PATIENCE)
                        .until(() -> order(http, token, cpe, stunOrder(cpe)) < 300);
            }
            measure("http", http, token, cpes, sessions);
            for (var cpe : cpes) {
                await().atMost(PATIENCE)
                        .until(() -> reachability(http, token, cpe).contains("keeps a binding open"));
                hide(cpe);
            }
            measure("stun", http, token, cpes, sessions);
            assertThat(reachability(http, token, cpes.getFirst()))
                    .containsPattern("\"transport\":\"stun\"[^}]*\"lastSuccess\":\"");
            cpes.forEach(SimulatedCpe::close);
        }
    }

    private static void measure(
            String transport,
            HttpClient http,
            String token,
            List<SimulatedCpe> cpes,
            Map<String, CompletableFuture<Optional<SessionReport>>> sessions)
            throws Exception {
        List<Long> millis = new ArrayList<>();
        List<CompletableFuture<?>> last = new ArrayList<>();
        long begin = System.nanoTime();
        for (int i = 0; i < ORDERS; i++) {
            LockSupport.parkNanos(begin + i * 1_000_000_000L / A_SECOND - System.nanoTime());
            var cpe = cpes.get(i % cpes.size());
            var session = new CompletableFuture<Optional<SessionReport>>();
            sessions.put(cpe.identity().serial(), session);
            var ordered = Instant.now();
            http.sendAsync(
                            request(token, "/api/devices/" + idOf(cpe) + "/connection-request")
                                    .POST(HttpRequest.BodyPublishers.noBody())
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .thenAccept(answer -> {
                        if (answer.body().contains("\"transport\":null")) {
                            // it was in a session already, so that nobody had to call it
                            session.complete(Optional.empty());
                        }
                    });
            last.add(session.thenAccept(begun -> begun.ifPresent(report -> {
                synchronized (millis) {
                    millis.add(Duration.between(ordered, report.start()).toMillis());
                }
            })));
            if (last.size() > cpes.size() / 2) {
                last.removeFirst().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            }
        }
        for (var each : last) {
            each.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        }
        var sorted = millis.stream().sorted().toList();
        assertThat(sorted).as("sessions that were called for").hasSizeGreaterThan(ORDERS / 2);
        LOG.infof(
                "over %s, from the order to the session, %d sessions at %d orders a second: p50 %d ms, p99 %d ms, longest %d ms",
                transport,
                sorted.size(),
                A_SECOND,
                sorted.get(sorted.size() / 2),
                sorted.get(sorted.size() * 99 / 100),
                sorted.getLast());
    }

    private static int order(HttpClient http, String token, SimulatedCpe cpe, String order) throws Exception {
        return http.send(
                        request(token, "/api/devices/" + idOf(cpe) + "/orders")
                                .POST(HttpRequest.BodyPublishers.ofString(order))
                                .build(),
                        HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    private static String reachability(HttpClient http, String token, SimulatedCpe cpe)
            throws IOException, InterruptedException {
        return http.send(
                        request(token, "/api/devices/" + idOf(cpe) + "/reachability")
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
    }

    private static HttpRequest.Builder request(String token, String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + PORTS.http() + path))
                .timeout(PATIENCE)
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json");
    }
}
