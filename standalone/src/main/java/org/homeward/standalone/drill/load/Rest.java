package org.homeward.standalone.drill.load;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/**
 * REST as an operator uses it, signed in. Where several of the system's instances answer, calls go to them in turn, and to
 * the next one when one does not answer at all.
 */
public final class Rest implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final Duration TOKEN_LIFE = Duration.ofMinutes(10);

    private final ObjectMapper json = new ObjectMapper();
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(3))
            .build();
    private final List<URI> bases;
    private final URI tokens;
    private final AtomicInteger turn = new AtomicInteger();
    private String token = "";
    private Instant tokenUntil = Instant.EPOCH;

    /** @param tokens where tokens are given out */
    public Rest(List<URI> bases, URI tokens) {
        this.bases = bases;
        this.tokens = tokens;
    }

    /** An answer; status 0 when nobody answered. */
    public record Reply(int status, JsonNode body) {
        public boolean isOk() {
            return status / 100 == 2;
        }
    }

    /** A device id holds percent signs where its parts hold hyphens. */
    static String inPath(String device) {
        return device.replace("%", "%25");
    }

    public Reply get(String pathAndQuery) throws InterruptedException {
        return send(pathAndQuery, Map.of(), "");
    }

    public Reply post(String path, String idempotencyKey, String body) throws InterruptedException {
        return send(path, Map.of("Content-Type", "application/json", "Idempotency-Key", idempotencyKey), body);
    }

    private Reply send(String pathAndQuery, Map<String, String> headers, String body) throws InterruptedException {
        int first = turn.getAndIncrement();
        for (int i = 0; i < bases.size(); i++) {
            URI base = bases.get(Math.floorMod(first + i, bases.size()));
            try {
                HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve(pathAndQuery))
                        .timeout(PATIENCE)
                        .header("Authorization", "Bearer " + token());
                headers.forEach(request::header);
                if (!body.isEmpty()) {
                    request.POST(BodyPublishers.ofString(body));
                }
                HttpResponse<byte[]> response = http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
                if (response.statusCode() == 401) {
                    forgetToken();
                }
                return new Reply(response.statusCode(), json.readTree(response.body()));
            } catch (IOException e) {
                continue; // the next instance may be there; if none is, the status says so
            }
        }
        return new Reply(0, MissingNode.getInstance());
    }

    private synchronized void forgetToken() {
        tokenUntil = Instant.EPOCH;
    }

    private synchronized String token() throws IOException, InterruptedException {
        Instant now = Instant.now();
        if (now.isAfter(tokenUntil)) {
            HttpRequest request = HttpRequest.newBuilder(tokens)
                    .timeout(PATIENCE)
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .POST(BodyPublishers.ofString(form(Map.of(
                            "grant_type", "password",
                            "client_id", "homeward-cli",
                            "username", "operator",
                            "password", "homeward"))))
                    .build();
            HttpResponse<byte[]> response = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
            if (response.statusCode() != 200) {
                throw new IOException("no token: " + response.statusCode());
            }
            token = json.readTree(response.body()).path("access_token").asText();
            tokenUntil = now.plus(TOKEN_LIFE);
        }
        return token;
    }

    private static String form(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
