package org.homeward.standalone.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.homeward.standalone.bench.cpe.LoadCpe;
import org.homeward.standalone.bench.server.RestClient;

/**
 * What the subscribers of some CPEs have bought, and a profile that gives it to them: access and password of an internet
 * connection, name and password of a Wi-Fi network, a time server. In force until it is closed.
 */
final class Bought implements AutoCloseable {

    private static final String GATEWAY = "InternetGatewayDevice.";
    private static final String PPP = GATEWAY + "WANDevice.1.WANConnectionDevice.1.WANPPPConnection.1.";
    private static final String WLAN = GATEWAY + "LANDevice.1.WLANConfiguration.1.";
    private static final String TIME_SERVER = "ntp.example.net";

    /** What the device is told, whose the value is, and where it stands on it. */
    private static final String PROFILE = """
            name: %s
            condition: device.serialNumber.startsWith("%s")
            values:
              capability:wan.pppoe.username: {expression: services.internet.username}
              capability:wan.pppoe.password: {expression: services.internet.password}
              capability:wifi.networks[2.4GHz].ssid: {expression: services.wifi.name}
              capability:wifi.networks[2.4GHz].passphrase: {expression: services.wifi.passphrase}
              capability:time.ntp.servers[1]: %s
            """;

    private final List<LoadCpe> cpes;
    private final String profile;
    private final RestClient rest;

    private Bought(List<LoadCpe> cpes, String profile, RestClient rest) {
        this.cpes = cpes;
        this.profile = profile;
        this.rest = rest;
    }

    /** Takes in subscribers, services and bindings, and lets the profile hold. @param series the CPEs' */
    static Bought by(List<LoadCpe> cpes, String series, RestClient rest) throws IOException, InterruptedException {
        StringBuilder csv = new StringBuilder("subscriber,service,service.username,service.password,service.name,"
                + "service.passphrase,oui,serialNumber\n");
        for (LoadCpe cpe : cpes) {
            String serial = cpe.serial();
            csv.append(
                    "B-%s,internet,%s@isp,dial-%s,,,%s,%s%n".formatted(serial, serial, serial, LoadCpe.oui(), serial));
            csv.append("B-%s,wifi,,,home-%s,wifi-%s,,%n".formatted(serial, serial, serial));
        }
        JsonNode report = rest.post("/api/subscribers/imports", "text/csv", csv.toString());
        if (report.path("refused").asInt(-1) != 0) {
            throw new IOException("of " + 2 * cpes.size() + " lines " + report.path("refused") + " were refused");
        }
        String name = "bench-" + series.toLowerCase(Locale.ROOT);
        rest.post("/api/profiles", "application/yaml", PROFILE.formatted(name, series, TIME_SERVER));
        rest.post("/api/profiles/" + name + "/activate", "application/json", "{}");
        return new Bought(cpes, name, rest);
    }

    /** Whether the CPE was given what its subscriber bought. */
    static boolean isGiven(LoadCpe cpe) {
        return cpe.written().entrySet().containsAll(wanted(cpe.serial()).entrySet());
    }

    /** Whether every CPE was given what its subscriber bought, and nothing twice. */
    SessionResult check(SessionResult result) {
        List<String> wrong = new ArrayList<>();
        long right = 0;
        for (LoadCpe cpe : cpes) {
            if (!cpe.rewritten().isEmpty()) {
                wrong.add(cpe.deviceId() + " was told again what it had been given: "
                        + String.join(", ", cpe.rewritten()));
            }
            for (Map.Entry<String, String> wanted : wanted(cpe.serial()).entrySet()) {
                String given = cpe.written().get(wanted.getKey());
                if (wanted.getValue().equals(given)) {
                    right++;
                } else {
                    wrong.add(cpe.deviceId() + " was to have " + wanted + " and was given " + given);
                }
            }
        }
        return result.and(right, wrong);
    }

    private static Map<String, String> wanted(String serial) {
        return Map.of(
                PPP + "Username", serial + "@isp",
                PPP + "Password", "dial-" + serial,
                WLAN + "SSID", "home-" + serial,
                WLAN + "PreSharedKey.1.KeyPassphrase", "wifi-" + serial,
                GATEWAY + "Time.NTPServer1", TIME_SERVER);
    }

    @Override
    public void close() throws IOException {
        try {
            rest.post("/api/profiles/" + profile + "/retire", "application/json", "{}");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("the profile " + profile + " still holds", e);
        }
    }
}
