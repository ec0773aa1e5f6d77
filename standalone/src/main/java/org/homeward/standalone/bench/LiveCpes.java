package org.homeward.standalone.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.homeward.simulator.Credentials;
import org.homeward.simulator.fleet.Fleet;
import org.homeward.standalone.bench.cpe.LoadClient;
import org.homeward.standalone.bench.server.Backlog;
import org.homeward.standalone.bench.server.RestClient;

/** Simulated CPEs that answer connection requests, for orders to be given to. They live in this process. */
final class LiveCpes implements AutoCloseable {

    private static final String WIFI_NAME_181 = "Device.WiFi.SSID.1.SSID";
    private static final String WIFI_NAME_098 = "InternetGatewayDevice.LANDevice.1.WLANConfiguration.1.SSID";
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final Fleet fleet;
    private final int count;

    private LiveCpes(Fleet fleet, int count) {
        this.fleet = fleet;
        this.count = count;
    }

    /** Lets them call for the first time, and returns when they are read and set up. */
    static LiveCpes start(LoadClient.Acs acs, int count, Backlog backlog) throws IOException, InterruptedException {
        String username = acs.username();
        String password = acs.password();
        Credentials credentials =
                username == null || password == null ? Credentials.none() : Credentials.digest(username, password);
        Fleet fleet = Fleet.of(acs.url(), count)
                .seed(System.currentTimeMillis() / 1000)
                .credentials(identity -> credentials)
                .start(Duration.ofMillis(40L * count));
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (fleet.stats().sessions() < count) {
            if (System.nanoTime() - until > 0) {
                fleet.close();
                throw new IOException(
                        "only " + fleet.stats().sessions() + " of " + count + " simulated CPEs got through");
            }
            Thread.sleep(Duration.ofMillis(100));
        }
        backlog.awaitEmpty();
        return new LiveCpes(fleet, count);
    }

    /** What to change on each of them. */
    List<OrderBench.Goal> targets(RestClient rest) throws IOException, InterruptedException {
        List<OrderBench.Goal> goals = new ArrayList<>();
        for (JsonNode device : rest.get("/api/devices?q=oui==02A7C3;online==true&sort=-lastInform&limit=" + count)
                .path("items")) {
            boolean tr181 = device.path("root").asText().equals("Device.");
            goals.add(new OrderBench.Goal(device.path("id").asText(), tr181 ? WIFI_NAME_181 : WIFI_NAME_098));
        }
        if (goals.size() < count) {
            throw new IOException("only " + goals.size() + " of " + count + " simulated CPEs are known");
        }
        return goals;
    }

    @Override
    public void close() {
        fleet.close();
    }
}
