package org.homeward.provisioning.channel.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.homeward.contracts.DeviceId;
import org.homeward.kit.rest.Problem;
import org.homeward.provisioning.ProvisioningConfig;

/** Devices by a query, as the registry finds them with the caller's own token. */
@ApplicationScoped
public class RegistrySearch {

    private static final int AT_ONCE = 500;

    private final ProvisioningConfig config;
    private final ObjectMapper json = new ObjectMapper();
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    public RegistrySearch(ProvisioningConfig config) {
        this.config = config;
    }

    void onStop(@Observes ShutdownEvent event) {
        http.shutdownNow();
    }

    /**
     * @param query in RSQL, as {@code GET /api/devices} takes it
     * @param most one more is found where there are more
     * @throws ProblemException HTTP 400 where the query is wrong
     */
    List<DeviceId> devices(String query, int most, String token) {
        URI registry = config.profiles()
                .registryUrl()
                .orElseThrow(() -> Problem.unprocessable(
                                "q", "this installation does not say where the registry is; name devices instead")
                        .exception());
        List<DeviceId> found = new ArrayList<>();
        String cursor = "";
        do {
            JsonNode page = page(
                    registry,
                    "/api/devices?limit=" + AT_ONCE + "&q=" + URLEncoder.encode(query, StandardCharsets.UTF_8)
                            + (cursor.isEmpty() ? "" : "&cursor=" + cursor),
                    token);
            page.path("items")
                    .forEach(
                            device -> found.add(DeviceId.parse(device.path("id").asText())));
            cursor = page.path("next").asText("");
            cursor = cursor.equals("null") ? "" : cursor;
        } while (!cursor.isEmpty() && found.size() <= most);
        return found;
    }

    private JsonNode page(URI registry, String path, String token) {
        try {
            HttpRequest request = HttpRequest.newBuilder(registry.resolve(path))
                    .timeout(Duration.ofSeconds(60))
                    .header("Authorization", "Bearer " + token)
                    .build();
            HttpResponse<byte[]> response = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
            JsonNode answer = json.readTree(response.body());
            if (response.statusCode() == 400) {
                throw Problem.invalid("q", answer.path("detail").asText()).exception();
            }
            if (response.statusCode() != 200) {
                throw new IOException("the registry answered " + response.statusCode());
            }
            return answer;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UncheckedIOException(new IOException("interrupted", e));
        }
    }
}
