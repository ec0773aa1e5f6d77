package org.homeward.standalone.bench.cpe;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LoadClientTest {

    private static final String INFORM_RESPONSE = envelope("<cwmp:InformResponse/>");
    private static final String QUESTION =
            envelope("<cwmp:GetParameterValues><string>InternetGatewayDevice.DeviceInfo.</string>");

    private final List<String> heard = Collections.synchronizedList(new ArrayList<>());
    private HttpServer acs;

    @BeforeEach
    void start() throws IOException {
        acs = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 64);
        acs.start();
    }

    @AfterEach
    void stop() {
        acs.stop(0);
    }

    @Test
    void playsWholeSessionsOfManyCpes() throws IOException {
        // Given
        acs.createContext("/", exchange -> {
            String body = read(exchange);
            if (body.contains("<cwmp:Inform>")) {
                exchange.getResponseHeaders().add("Set-Cookie", "s=1; Path=/");
                answer(exchange, 200, INFORM_RESPONSE);
            } else if (body.isEmpty()) {
                answer(exchange, 200, QUESTION);
            } else {
                answer(exchange, 204, "");
            }
        });

        // When
        Tally tally = play(cpes(40), null);

        // Then
        assertThat(tally.served()).isEqualTo(40);
        assertThat(tally.rpcs()).isEqualTo(40);
        assertThat(tally.failures()).isEmpty();
        assertThat(tally.requests().count()).isEqualTo(120);
        assertThat(heard).filteredOn(said -> said.startsWith("s=1 ")).hasSize(80);
        assertThat(heard)
                .filteredOn(said -> said.contains("GetParameterValuesResponse"))
                .hasSize(40);
    }

    @Test
    void refusedAndFailedSessionsAreToldApart() throws IOException {
        // Given
        acs.createContext("/", exchange -> {
            String body = read(exchange);
            answer(exchange, body.contains("0000001") ? 503 : body.contains("0000002") ? 500 : 200, INFORM_RESPONSE);
        });
        List<LoadCpe> cpes = cpes(3);

        // When
        Tally tally = play(cpes, null);

        // Then
        assertThat(tally.refused()).isEqualTo(1);
        assertThat(tally.failures())
                .isEqualTo(Map.of("HTTP 500", 1, "answered with a fault or response of its own", 1));
        assertThat(cpes).extracting(LoadCpe::retries).containsExactly(1, 1, 1);
    }

    @Test
    void answersADigestChallenge() throws IOException {
        // Given
        acs.createContext("/", exchange -> {
            String body = read(exchange);
            String authorization = exchange.getRequestHeaders().getFirst("Authorization");
            if (authorization == null) {
                exchange.getResponseHeaders()
                        .add("WWW-Authenticate", "Digest realm=\"r\", nonce=\"n\", qop=\"auth\", algorithm=MD5");
                answer(exchange, 401, "");
            } else if (body.isEmpty()) {
                answer(exchange, 204, "");
            } else {
                answer(exchange, authorization.contains("username=\"factory\"") ? 200 : 403, INFORM_RESPONSE);
            }
        });

        // When
        Tally tally = play(cpes(2), "factory");

        // Then
        assertThat(tally.failures()).isEmpty();
        assertThat(tally.served()).isEqualTo(2);
    }

    @Test
    void aChallengeWithoutCredentialsIsAFailure() throws IOException {
        // Given
        acs.createContext("/", exchange -> {
            read(exchange);
            answer(exchange, 401, "");
        });

        // When
        Tally tally = play(cpes(1), null);

        // Then
        assertThat(tally.failures()).isEqualTo(Map.of("HTTP 401", 1));
    }

    private Tally play(List<LoadCpe> cpes, @Nullable String username) throws IOException {
        URI url = URI.create("http://127.0.0.1:" + acs.getAddress().getPort() + "/");
        Tally tally = new Tally();
        new LoadClient(new LoadClient.Acs(url, username, "secret"), Duration.ofSeconds(30))
                .run(OnceEach.forTheFirstTime(cpes), 8, tally);
        return tally;
    }

    private static List<LoadCpe> cpes(int count) {
        return IntStream.range(0, count)
                .mapToObj(number -> new LoadCpe("T", number, "127.0.0.1:9"))
                .toList();
    }

    private String read(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        heard.add(exchange.getRequestHeaders().getFirst("Cookie") + " " + body);
        return body;
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : status == 200 ? 0 : bytes.length);
        if (bytes.length > 0) {
            exchange.getResponseBody().write(bytes);
        }
        exchange.close();
    }

    private static String envelope(String body) {
        return "<E:Envelope><E:Header><cwmp:ID>1</cwmp:ID></E:Header><E:Body>" + body + "</E:Body></E:Envelope>";
    }
}
