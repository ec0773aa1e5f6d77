package org.homeward.provisioning.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.homeward.contracts.rpc.ParameterValue;
import org.homeward.contracts.rpc.ValueType;
import org.homeward.kit.json.ContractsJson;

/** A registry to which every device has reported one radio of 2.4 GHz, and which finds the devices that a query lists. */
public final class KnownRadios implements QuarkusTestResourceLifecycleManager {

    private static final ObjectMapper JSON = ContractsJson.mapper();
    private static final Pattern IDS = Pattern.compile("[?&]q=id=in=\\(([^)]*)\\)");
    private static final Map<String, String> VALUES = Map.of(
            "Device.WiFi.Radio.1.OperatingFrequencyBand", "2.4GHz",
            "Device.WiFi.SSID.1.LowerLayers", "Device.WiFi.Radio.1.",
            "Device.WiFi.AccessPoint.1.SSIDReference", "Device.WiFi.SSID.1.");

    private final HttpServer server = server();

    private static HttpServer server() {
        try {
            return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Map<String, String> start() {
        server.createContext("/api/reported-values", exchange -> {
            JsonNode asked = JSON.readTree(exchange.getRequestBody());
            Map<String, List<ParameterValue>> said = new HashMap<>();
            asked.path("devices").forEach(device -> {
                List<ParameterValue> values = new ArrayList<>();
                asked.path("paths").forEach(path -> {
                    String value = VALUES.get(path.asText());
                    if (value != null) {
                        values.add(new ParameterValue(path.asText(), value, ValueType.STRING));
                    }
                });
                said.put(device.asText(), values);
            });
            answer(exchange, Map.of("devices", said));
        });
        server.createContext("/api/devices", exchange -> {
            String query = URLDecoder.decode("?" + exchange.getRequestURI().getRawQuery(), StandardCharsets.UTF_8);
            Matcher ids = IDS.matcher(query);
            List<Map<String, String>> items = new ArrayList<>();
            if (ids.find()) {
                for (String id : ids.group(1).split(",")) {
                    items.add(Map.of("id", id));
                }
            }
            answer(exchange, Map.of("items", items));
        });
        server.start();
        return Map.of(
                "homeward.provisioning.profiles.registry-url",
                "http://127.0.0.1:" + server.getAddress().getPort(),
                "homeward.provisioning.channels.at-once",
                "2",
                "homeward.provisioning.channels.devices-per-plan",
                "5",
                "homeward.provisioning.channels.interval",
                "100ms");
    }

    private static void answer(HttpExchange exchange, Object body) throws IOException {
        byte[] bytes = JSON.writeValueAsBytes(body);
        exchange.sendResponseHeaders(200, bytes.length);
        try (var out = exchange.getResponseBody()) {
            out.write(bytes);
        }
    }

    @Override
    public void stop() {
        server.stop(0);
    }
}
