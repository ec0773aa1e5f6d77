package org.homeward.gateway.listener;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;
import org.homeward.gateway.auth.Authenticator;
import org.homeward.gateway.auth.CredentialBook;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

@NullUnmarked
class NotReadyTest {

    @Test
    void whoeverComesBeforeTheCredentialsAreKnownIsAskedToComeBack() throws Exception {
        var meters = new SimpleMeterRegistry();
        var book = new CredentialBook(device -> "", text -> text, null, meters);
        var policy = new Authenticator.Policy(false, false, true);
        Vertx vertx = Vertx.vertx();
        try (CwmpListener listener = new CwmpListener(
                        vertx,
                        new HttpServerOptions().setHost("127.0.0.1").setPort(0),
                        new ListenerLimits(1_000, 10_000, Duration.ofSeconds(5), Duration.ofSeconds(5), 10),
                        Duration.ofSeconds(7),
                        new Authenticator(policy, book, new byte[] {1}, meters, Clock.systemUTC()),
                        null, // nothing is heard yet
                        null,
                        Runnable::run,
                        meters);
                HttpClient client = HttpClient.newHttpClient()) {
            listener.start();

            HttpResponse<String> answer = client.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + listener.port() + "/"))
                            .header("Authorization", "Basic YTpi")
                            .POST(BodyPublishers.noBody())
                            .build(),
                    BodyHandlers.ofString());

            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.headers().firstValue("Retry-After")).hasValue("7");
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().join();
        }
    }
}
