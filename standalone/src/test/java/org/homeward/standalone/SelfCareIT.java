package org.homeward.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.homeward.simulator.RpcAction;
import org.homeward.simulator.SimulatedCpe;
import org.homeward.simulator.model.Models;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A subscriber's Wi-Fi outlives its box, whatever the maker: the tour of the page on self-care, beside two simulators. */
@Timeout(300)
class SelfCareIT {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final String WLAN = "InternetGatewayDevice.LANDevice.1.WLANConfiguration.1.";
    private static final String SSID = "Device.WiFi.SSID.1.SSID";
    private static final String PASSPHRASE = "Device.WiFi.AccessPoint.1.Security.KeyPassphrase";

    @TempDir
    static Path data;

    private static final PortPlan PORTS = House.freePorts();
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

    private static void awaitValue(SimulatedCpe cpe, String path, String value) {
        await(path).atMost(PATIENCE).until(() -> cpe.value(path), value::equals);
    }

    @Test
    void whatASubscriberChoseOnOneBoxIsGivenToTheNext() throws Exception {
        var acs = "http://127.0.0.1:" + PORTS.cwmp() + "/";
        var named = new AtomicInteger();
        try (var tour = ReadmeTour.of(PORTS, "docs/self-care.md");
                var old = SimulatedCpe.builder(acs)
                        .model(Models.tr098())
                        .serial("OLD1")
                        .build();
                var next = SimulatedCpe.builder(acs)
                        .serial("NEW1")
                        .onRpc(call -> {
                            if (call.method().equals("SetParameterValues")
                                    && call.request().toString().contains(SSID)) {
                                named.incrementAndGet();
                            }
                            return RpcAction.answer();
                        })
                        .build()) {
            old.start();
            next.start();
            tour.take("Sign in twice");
            tour.takeUntilItShows("Give the subscriber a box", "\"state\":\"bound\"");
            tour.takeUntilItShows("See it as the subscriber.", "OLD1", "\"2.4GHz\":{", "\"name\":\"Homeward-");

            tour.takeUntilItShows(
                    "Change name and password of the Wi-Fi, and wait for the proof.",
                    "\"state\":\"succeeded\"",
                    "\"name\":\"At home\"",
                    "\"state\":\"verified\"");
            assertThat(old.value(WLAN + "SSID")).isEqualTo("At home");
            assertThat(old.value(WLAN + "PreSharedKey.1.KeyPassphrase")).isEqualTo("correct horse");
            assertThat(tour.take("Get told what is wrong.")).contains("\"status\":400", "networks.2.4GHz.name");
            tour.takeUntilItShows("Lead a port to a host inside.", "\"state\":\"succeeded\"");
            tour.takeUntilItShows("See who is connected", "\"name\":\"phone\"", "\"network\":\"2.4GHz\"", "\"Up\"");
            tour.takeUntilItShows("Let it ping.", "\"state\":\"succeeded\"", "\"answered\":");

            tour.take("Swap the box");
            awaitValue(next, SSID, "At home");
            awaitValue(next, PASSPHRASE, "correct horse");
            tour.takeUntilItShows(
                    "See that it has become the box of before.",
                    "\"name\":\"At home\"",
                    "\"state\":\"verified\"",
                    "\"port\":8443",
                    "\"toPort\":443");
            assertThat(tour.take("See that it has become the box of before.")).doesNotContain("correct horse");
            tour.takeUntilItShows("Read what was done to it", "\"items\":[{");
            assertThat(named).hasValue(1);

            // a reset loses nothing, and is answered by one write
            next.change(SSID, "forgotten");
            var bootstrap = next.nextSessionWith("0 BOOTSTRAP");
            tour.type("acs \"$API/devices/$NEW/orders\" -d '{\"type\":\"factoryReset\"}'");
            bootstrap.join();
            awaitValue(next, SSID, "At home");
            awaitValue(next, PASSPHRASE, "correct horse");
        }
    }
}
