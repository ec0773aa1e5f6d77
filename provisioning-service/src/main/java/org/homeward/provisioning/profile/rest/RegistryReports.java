package org.homeward.provisioning.profile.rest;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.homeward.contracts.DeviceId;
import org.homeward.contracts.rpc.ParameterValue;
import org.homeward.kit.json.ContractsJson;
import org.homeward.provisioning.ProvisioningConfig;
import org.homeward.provisioning.profile.ReportedValues;
import org.jboss.logging.Logger;

/** Asks the registry in bulk, with the caller's own token, so that nobody learns of a device that is not theirs. */
@ApplicationScoped
public class RegistryReports {

    private static final Logger LOG = Logger.getLogger(RegistryReports.class);
    private static final ObjectMapper JSON = ContractsJson.mapper();

    private final ProvisioningConfig config;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    public RegistryReports(ProvisioningConfig config) {
        this.config = config;
    }

    void onStop(@Observes ShutdownEvent event) {
        http.shutdownNow();
    }

    record Reported(Map<String, List<ParameterValue>> devices) {}

    /** @param token the caller's; with the registry's place unknown, nothing is */
    public ReportedValues with(String token) {
        return config.profiles()
                .registryUrl()
                .map(registry -> (ReportedValues) (devices, paths) -> ask(registry, token, devices, paths))
                .orElse(ReportedValues.NONE);
    }

    /**
     * Has the registry note that somebody asked for a device that is not theirs. That it can't be told changes nothing
     * for who asked.
     *
     * @param token of who asked
     */
    public void noteDenied(DeviceId device, String token) {
        config.profiles().registryUrl().ifPresent(registry -> {
            try {
                http.send(
                        HttpRequest.newBuilder(registry.resolve("/api/self-care/devices/"
                                        + device.toString().replace("%", "%25")))
                                .timeout(Duration.ofSeconds(5))
                                .header("Authorization", "Bearer " + token)
                                .build(),
                        HttpResponse.BodyHandlers.discarding());
            } catch (IOException e) {
                LOG.warnf("%s: that it was denied to somebody is not in its timeline: %s", device, e.getMessage());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private Map<DeviceId, List<ParameterValue>> ask(
            URI registry, String token, Collection<DeviceId> devices, Set<String> paths) {
        try {
            byte[] body = JSON.writeValueAsBytes(Map.of(
                    "devices", devices.stream().map(DeviceId::toString).toList(), "paths", new TreeSet<>(paths)));
            HttpRequest request = HttpRequest.newBuilder(registry.resolve("/api/reported-values"))
                    .timeout(Duration.ofSeconds(60))
                    .header("Authorization", "Bearer " + token)
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                    .build();
            HttpResponse<byte[]> response = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
            if (response.statusCode() != 200) {
                throw new IOException("the registry answered " + response.statusCode());
            }
            Map<DeviceId, List<ParameterValue>> reported = new HashMap<>();
            JSON.readValue(response.body(), Reported.class)
                    .devices()
                    .forEach((id, values) -> reported.put(DeviceId.parse(id), values));
            return reported;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UncheckedIOException(new IOException("interrupted", e));
        }
    }
}
