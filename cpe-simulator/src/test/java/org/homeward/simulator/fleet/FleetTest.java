package org.homeward.simulator.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.homeward.simulator.Sessions.success;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;
import org.homeward.simulator.SessionReport;
import org.homeward.simulator.SimulatedCpe;
import org.homeward.simulator.acs.ScriptedAcs;
import org.homeward.simulator.model.Models;
import org.junit.jupiter.api.Test;

class FleetTest {
    private static final int DEVICES = 1_000;
    private static final long MAX_BYTES_PER_DEVICE = 6_000;

    @Test
    void aThousandDevicesMakeContact() {
        try (ScriptedAcs acs = ScriptedAcs.start();
                Fleet fleet = Fleet.of(acs.uri(), DEVICES).seed(7).build()) {
            makeContact(fleet);

            assertThat(acs.heard("Inform"))
                    .extracting(h -> h.payload().child("DeviceId").orElseThrow().childText("SerialNumber"))
                    .hasSize(DEVICES)
                    .doesNotHaveDuplicates();
            assertThat(fleet.stats().sessions()).isEqualTo(DEVICES);
            assertThat(fleet.stats().failed()).isZero();
            assertThat(fleet.stats().session().p50()).isPositive();
        }
    }

    /** The least of three: whatever else of the JVM lets go of memory meanwhile counts as well. */
    @Test
    void aDeviceThatWasProvisionedCostsAFewKilobytes() {
        long perDevice = LongStream.generate(FleetTest::bytesPerDevice)
                .limit(3)
                .filter(bytes -> bytes > 0)
                .min()
                .orElseThrow();

        System.out.println("memory per provisioned device at rest: " + perDevice + " bytes");
        assertThat(perDevice).isLessThan(MAX_BYTES_PER_DEVICE);
    }

    /** Measured by letting the fleet go, so that classes, buffers and code of other tests do not count. */
    private static long bytesPerDevice() {
        List<Fleet> fleets = new ArrayList<>(List.of(provisionedFleet()));
        long withFleet = usedMemory();
        assertThat(fleets.getFirst().devices()).hasSize(DEVICES);
        fleets.removeLast().close();
        return (withFleet - usedMemory()) / DEVICES;
    }

    /** After first contact, with periodic informs running and a dozen own values and an instance each. */
    private static Fleet provisionedFleet() {
        try (ScriptedAcs acs = ScriptedAcs.start()) {
            Fleet fleet = Fleet.of(acs.uri(), DEVICES).models(Models.tr181()).build();
            makeContact(fleet);
            for (SimulatedCpe device : fleet.devices()) {
                for (int i = 1; i <= 3; i++) {
                    device.model()
                            .put(
                                    "Device.WiFi.SSID." + i + ".SSID",
                                    "own " + i + device.identity().serial());
                    device.model()
                            .put(
                                    "Device.Time.NTPServer" + i,
                                    "ntp" + i + device.identity().serial());
                    device.model()
                            .put(
                                    "Device.WiFi.AccessPoint." + i + ".Alias",
                                    "a" + i + device.identity().serial());
                }
                device.model()
                        .put(
                                "Device.ManagementServer.Username",
                                "u" + device.identity().serial());
                device.model()
                        .put(
                                "Device.ManagementServer.Password",
                                "p" + device.identity().serial());
                device.model().add("Device.NAT.PortMapping.");
            }
            return fleet;
        }
    }

    private static void makeContact(Fleet fleet) {
        List<CompletableFuture<SessionReport>> sessions =
                fleet.devices().stream().map(SimulatedCpe::nextSession).toList();
        fleet.start(Duration.ofMillis(500));
        sessions.forEach(s -> success(s));
    }

    @Test
    void theSameSeedGivesTheSameDevices() {
        try (ScriptedAcs acs = ScriptedAcs.start();
                Fleet one = Fleet.of(acs.uri(), 4).seed(3).build();
                Fleet two = Fleet.of(acs.uri(), 4).seed(3).build();
                Fleet other = Fleet.of(acs.uri(), 4).seed(4).build()) {
            assertThat(identities(one)).isEqualTo(identities(two)).isNotEqualTo(identities(other));
            assertThat(one.devices())
                    .extracting(d -> d.model().root())
                    .containsExactly("Device.", "InternetGatewayDevice.", "Device.", "InternetGatewayDevice.");
        }
    }

    private static List<String> identities(Fleet fleet) {
        return fleet.devices().stream().map(d -> d.identity().deviceId()).toList();
    }

    /** Collected until it no longer shrinks: connections of an ACS that was just closed take a moment to go. */
    private static long usedMemory() {
        Runtime runtime = Runtime.getRuntime();
        long smallest = Long.MAX_VALUE;
        for (int withoutGain = 0; withoutGain < 10; withoutGain++) {
            System.gc();
            long used = runtime.totalMemory() - runtime.freeMemory();
            if (used < smallest - 100_000) {
                withoutGain = 0;
            }
            smallest = Math.min(smallest, used);
        }
        return smallest;
    }
}
