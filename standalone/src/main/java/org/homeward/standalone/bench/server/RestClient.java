package org.homeward.standalone.bench.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** The REST side of a running system, with an operator's token that is renewed before it ends. */
public final class RestClient implements AutoCloseable {

    private static final Duration TOKEN_IS_GOOD_FOR = Duration.ofSeconds(45);

    private final ObjectMapper json = new ObjectMapper();
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI base;
    private final URI tokens;
    private String token = "";
    private long tokenSince;

    /** @param tokens the realm's token endpoint */
    public RestClient(URI base, URI tokens) {
        this.base = base;
        this.tokens = tokens;
    }

    public JsonNode get(String pathAndQuery) throws IOException, InterruptedException {
        return send(request(pathAndQuery).GET().build());
    }

    public JsonNode post(String path, String contentType, String body) throws IOException, InterruptedException {
        return send(request(path)
                .header("Content-Type", contentType)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build());
    }

    public JsonNode post(String path, JsonNode body) throws IOException, InterruptedException {
        return post(path, "application/json", body.toString());
    }

    /** Places an order and waits for its end. */
    public JsonNode order(String device, JsonNode order) throws IOException, InterruptedException {
        return send(request("/api/devices/" + device.replace("%", "%25") + "/orders")
                .header("Content-Type", "application/json")
                .header("Prefer", "wait=30")
                .POST(HttpRequest.BodyPublishers.ofString(order.toString()))
                .build());
    }

    private HttpRequest.Builder request(String pathAndQuery) throws IOException, InterruptedException {
        return HttpRequest.newBuilder(base.resolve(pathAndQuery))
                .timeout(Duration.ofSeconds(60))
                .header("Authorization", "Bearer " + token());
    }

    private synchronized String token() throws IOException, InterruptedException {
        if (token.isEmpty() || System.nanoTime() - tokenSince > TOKEN_IS_GOOD_FOR.toNanos()) {
            String password = System.getenv().getOrDefault("HOMEWARD_PASSWORD", "homeward");
            HttpRequest request = HttpRequest.newBuilder(tokens)
                    .timeout(Duration.ofSeconds(20))
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .POST(HttpRequest.BodyPublishers.ofString(
                            "grant_type=password&client_id=homeward-cli&username=operator&password="
                                    + java.net.URLEncoder.encode(password, java.nio.charset.StandardCharsets.UTF_8)))
                    .build();
            token = send(request).path("access_token").asText();
            tokenSince = System.nanoTime();
        }
        return token;
    }

    private JsonNode send(HttpRequest request) throws IOException, InterruptedException {
        HttpResponse<byte[]> response = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
        JsonNode body = json.readTree(response.body());
        if (response.statusCode() / 100 != 2) {
            throw new IOException(request.method() + " " + request.uri() + " answered " + response.statusCode() + ": "
                    + body.path("detail").asText(body.path("title").asText()));
        }
        return body;
    }

    @Override
    public void close() {
        http.close();
    }
}
