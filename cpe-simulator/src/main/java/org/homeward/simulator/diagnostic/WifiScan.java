package org.homeward.simulator.diagnostic;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.homeward.simulator.diagnostic.Air.Network;

/**
 * WiFi.NeighboringWiFiDiagnostic: who else is on the air. Unless somebody says, the neighbours of a device are its own and
 * stay; how well they are heard changes.
 *
 * @param around who they are; empty where that is left to chance
 * @param neighbours decides who they are; the same each time
 * @param random decides how they are heard this time
 */
public record WifiScan(Optional<List<Network>> around, RandomGenerator neighbours, RandomGenerator random)
        implements Diagnostic {
    private static final int[] CHANNELS_2 = {1, 1, 6, 6, 6, 11, 11, 3};
    private static final int[] CHANNELS_5 = {36, 44, 52, 100, 112};

    @Override
    public String run(DiagnosticObject object) {
        List<Map<String, String>> found = new ArrayList<>();
        around.orElseGet(this::invented).forEach(network -> found.add(row(network)));
        object.rows("Result", found);
        return object.done();
    }

    private List<Network> invented() {
        List<Network> invented = new ArrayList<>();
        int count = neighbours.nextInt(3, 13);
        for (int i = 0; i < count; i++) {
            boolean far = neighbours.nextInt(3) > 0;
            int[] channels = far ? CHANNELS_2 : CHANNELS_5;
            int address = neighbours.nextInt(0x1000000);
            int strength = -45 - neighbours.nextInt(45) - random.nextInt(5);
            invented.add(new Network(
                    "neighbour-" + Integer.toHexString(address),
                    "06:00:5E:%02X:%02X:%02X".formatted(address >> 16 & 0xff, address >> 8 & 0xff, address & 0xff),
                    far ? "2.4GHz" : "5GHz",
                    channels[neighbours.nextInt(channels.length)],
                    far ? "20MHz" : "80MHz",
                    strength));
        }
        return invented;
    }

    private Map<String, String> row(Network network) {
        boolean far = network.band().equals("2.4GHz");
        return Map.ofEntries(
                Map.entry("Radio", far ? "Device.WiFi.Radio.1." : "Device.WiFi.Radio.2."),
                Map.entry("SSID", network.ssid()),
                Map.entry("BSSID", network.bssid()),
                Map.entry("Mode", "Infrastructure"),
                Map.entry("Channel", Integer.toString(network.channel())),
                Map.entry("SignalStrength", Integer.toString(network.signal())),
                Map.entry("Noise", Integer.toString(-95 + random.nextInt(6))),
                Map.entry("SecurityModeEnabled", neighbours.nextInt(8) > 0 ? "WPA2" : "None"),
                Map.entry("EncryptionMode", "AES"),
                Map.entry("OperatingFrequencyBand", network.band()),
                Map.entry("SupportedStandards", far ? "b,g,n" : "a,n,ac"),
                Map.entry("OperatingStandards", far ? "n" : "ac"),
                Map.entry("OperatingChannelBandwidth", network.bandwidth()),
                Map.entry("BeaconPeriod", "100"));
    }
}
