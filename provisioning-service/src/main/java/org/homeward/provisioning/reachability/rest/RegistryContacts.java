package org.homeward.provisioning.reachability.rest;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import org.homeward.contracts.DeviceId;
import org.homeward.kit.json.ContractsJson;
import org.homeward.provisioning.ProvisioningConfig;
import org.homeward.provisioning.reachability.Heard;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** When devices called, as the registry tells with the caller's own token. */
@ApplicationScoped
public class RegistryContacts {

    private static final Logger LOG = Logger.getLogger(RegistryContacts.class);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final ObjectMapper JSON = ContractsJson.mapper();

    private final ProvisioningConfig config;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build();

    public RegistryContacts(ProvisioningConfig config) {
        this.config = config;
    }

    void onStop(@Observes ShutdownEvent event) {
        http.shutdownNow();
    }

    record Online(String state, @Nullable Instant since, String evidence) {}

    record Device(Online online, @Nullable Instant lastInform) {}

    /** Nothing, with the reason, where the registry can't tell. */
    Heard of(DeviceId device, String token) throws InterruptedException {
        URI registry = config.profiles().registryUrl().orElse(null);
        if (registry == null) {
            return Heard.nothing("this installation does not say where the registry is, which knows when devices call");
        }
        try {
            HttpResponse<byte[]> response = http.send(
                    HttpRequest.newBuilder(registry.resolve(
                                    "/api/devices/" + device.toString().replace("%", "%25")))
                            .timeout(PATIENCE)
                            .header("Authorization", "Bearer " + token)
                            .build(),
                    HttpResponse.BodyHandlers.ofByteArray());
            if (response.statusCode() == 404) {
                return Heard.nothing("the registry does not know the device");
            }
            if (response.statusCode() != 200) {
                return Heard.nothing("the registry, which knows when devices call, answered " + response.statusCode());
            }
            Device told = JSON.readValue(response.body(), Device.class);
            return new Heard(
                    told.online().state(), told.online().since(), told.online().evidence(), told.lastInform());
        } catch (IOException e) {
            LOG.debugf("%s: the registry does not tell when it called: %s", device, e.getMessage());
            return Heard.nothing("the registry, which knows when devices call, does not answer");
        }
    }
}
