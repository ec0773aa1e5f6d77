package org.homeward.standalone;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.homeward.standalone.bench.server.RestClient;

/** An operator who gives orders to a device of a running house and waits for their ends. */
final class OrderedTasks implements AutoCloseable {

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(JsonReadFeature.ALLOW_SINGLE_QUOTES).build();
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Set<String> UNDER_WAY = Set.of("queued", "waking", "running");

    private final RestClient rest;
    private final String device;

    private OrderedTasks(RestClient rest, String device) {
        this.rest = rest;
        this.device = device;
    }

    /** For one device of that data model, once there is one that is online. */
    static OrderedTasks on(PortPlan ports, String root) {
        var rest = new RestClient(
                URI.create("http://127.0.0.1:" + ports.http()),
                URI.create("http://127.0.0.1:" + ports.keycloak() + "/realms/homeward/protocol/openid-connect/token"));
        var device = await("a device with " + root)
                .atMost(PATIENCE)
                .until(() -> online(rest, root), Optional::isPresent)
                .orElseThrow();
        return new OrderedTasks(rest, device);
    }

    private static Optional<String> online(RestClient rest, String root) throws Exception {
        var devices = rest.get("/api/devices?q=online==true").path("items");
        return StreamSupport.stream(devices.spliterator(), false)
                .filter(device -> device.path("root").asText().equals(root))
                .map(device -> device.path("id").asText())
                .findFirst();
    }

    /** The order as it ended. @param body JSON, with single quotes for short */
    JsonNode carryOut(String body) throws Exception {
        var order = rest.order(device, JSON.readTree(body));
        return await("the end of " + order)
                .atMost(PATIENCE)
                .until(
                        () -> rest.get("/api/orders/" + order.path("id").asText()),
                        found -> !UNDER_WAY.contains(found.path("state").asText()));
    }

    @Override
    public void close() {
        rest.close();
    }
}
