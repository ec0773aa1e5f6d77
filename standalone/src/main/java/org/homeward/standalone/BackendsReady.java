package org.homeward.standalone;

import io.smallrye.config.ConfigMapping;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready only while every backend answers, sign-in included. */
@Readiness
@ApplicationScoped
public class BackendsReady implements HealthCheck {

    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final Watched watched;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();

    /** Which backends there are. */
    @ConfigMapping(prefix = "homeward.standalone")
    public interface Watched {

        /** Address by name: {@code http://...} wants a 200, {@code tcp://...} a connection. */
        Map<String, URI> backends();
    }

    public BackendsReady(Watched watched) {
        this.watched = watched;
    }

    @Override
    public HealthCheckResponse call() {
        var response = HealthCheckResponse.named("backends").up();
        watched.backends().forEach((name, address) -> {
            var answers = answers(address);
            response.withData(name, answers ? "answers" : "does not answer");
            if (!answers) {
                response.down();
            }
        });
        return response.build();
    }

    private boolean answers(URI address) {
        try {
            return "tcp".equals(address.getScheme()) ? connects(address) : respondsWell(address);
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static boolean connects(URI address) throws IOException {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(address.getHost(), address.getPort()), (int) PATIENCE.toMillis());
            return true;
        }
    }

    private boolean respondsWell(URI address) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(address).timeout(PATIENCE).build();
        return http.send(request, BodyHandlers.discarding()).statusCode() == 200;
    }
}
