package org.homeward.httpconnector.delivery;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.homeward.httpconnector.delivery.Outcome.Delivered;
import org.homeward.httpconnector.delivery.Outcome.Refused;
import org.homeward.httpconnector.delivery.Outcome.Unreachable;
import org.homeward.httpconnector.delivery.ScriptedCpe.Script;
import org.homeward.httpconnector.digest.Credential;
import org.homeward.httpconnector.egress.ConnectionRequestUrl;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(20)
class ConnectionRequestExchangeTest {

    private static final Credential RIGHT = new Credential(ScriptedCpe.USERNAME, ScriptedCpe.PASSWORD);
    private static final Duration SHORT = Duration.ofMillis(700);
    private static final String CHALLENGE =
            "HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Digest realm=\"IGD\", qop=\"auth\", nonce=\"n1\"\r\n";

    private final ConnectionRequestExchange exchange = exchange(Credential.Policy.DIGEST_ONLY);

    private static ConnectionRequestExchange exchange(Credential.Policy policy) {
        return new ConnectionRequestExchange(new ExchangeSettings(
                Duration.ofMillis(400), Duration.ofMillis(50), policy, ExchangeSettings.tls(false), false, List.of()));
    }

    @AfterEach
    void close() {
        exchange.close();
    }

    private Outcome ask(ScriptedCpe cpe, Duration budget) throws InterruptedException {
        return exchange.ask(cpe.url(), cpe.address(), RIGHT, budget);
    }

    private Outcome ask(ScriptedCpe cpe) throws InterruptedException {
        return ask(cpe, Duration.ofSeconds(5));
    }

    /** Challenges as given, and takes any right digest. */
    private static Script challenging(String answer) {
        return connection -> {
            while (true) {
                if (ScriptedCpe.isAuthorized(connection.request())) {
                    connection.accept();
                } else {
                    connection.send(answer);
                }
            }
        };
    }

    @Test
    void answersTheChallengeOnTheSameConnection() throws Exception {
        try (ScriptedCpe cpe = ScriptedCpe.wellBehaved()) {
            Outcome outcome = ask(cpe);

            assertThat(outcome).isEqualTo(new Delivered());
            assertThat(cpe.connections).hasValue(1);
            assertThat(cpe.requests)
                    .hasSize(2)
                    .allSatisfy(request -> assertThat(request).startsWith("GET /cr?id=7 HTTP/1.1\r\nHost: 127.0.0.1:"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\n\r\n",
                "HTTP/1.0 200\n\n",
                "HTTP/1.1 204 No Content\r\n\r\n",
                "http/1.1 200 OK"
            })
    void takesYesFromACpeThatWantsNoCredential(String yes) throws Exception {
        try (ScriptedCpe cpe = ScriptedCpe.that(connection -> {
            connection.request();
            connection.send(yes);
        })) {
            assertThat(ask(cpe)).isEqualTo(new Delivered());
        }
    }

    static Stream<Arguments> oddChallenges() {
        return Stream.of(
                Arguments.of(
                        "folded with indentation",
                        "HTTP/1.1 401 U\r\nwww-authenticate: Digest realm=\"IGD\",\r\n qop=\"auth\",\r\n\tnonce=\"n1\"\r\n"
                                + "Content-Length: 0\r\n\r\n"),
                Arguments.of(
                        "folded without indentation",
                        "HTTP/1.1 401 U\r\nWWW-Authenticate: Digest realm=\"IGD\",\r\nqop=\"auth\",\r\nnonce=\"n1\"\r\n"
                                + "Content-Length: 0\r\n\r\n"),
                Arguments.of(
                        "bare line feeds",
                        "HTTP/1.1 401 U\nWWW-AUTHENTICATE:Digest realm=IGD nonce=n1\nContent-Length:0\n\n"),
                Arguments.of(
                        "Basic first, in another header",
                        "HTTP/1.1 401 U\r\nWWW-Authenticate: Basic realm=\"IGD\"\r\n"
                                + "WWW-Authenticate: Digest realm=\"IGD\", nonce=\"n1\"\r\nContent-Length: 0\r\n\r\n"),
                Arguments.of("a body", CHALLENGE + "Content-Length: 12\r\n\r\n<html></html"),
                Arguments.of("a chunked body", CHALLENGE + "Transfer-Encoding: chunked\r\n\r\n5\r\nlogin\r\n0\r\n\r\n"),
                Arguments.of("a body that never comes", CHALLENGE + "Content-Length: 300\r\n\r\nlog"),
                Arguments.of("a body of a terabyte", CHALLENGE + "Content-Length: 999999999999\r\n\r\nlog"),
                Arguments.of("nothing about a body", CHALLENGE + "\r\n"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("oddChallenges")
    void answersChallengesThatAreOddlyPut(String how, String answer) throws Exception {
        try (ScriptedCpe cpe = ScriptedCpe.that(challenging(answer))) {
            assertThat(ask(cpe)).as(how).isEqualTo(new Delivered());
        }
    }

    @Test
    void opensAnotherConnectionForACpeThatClosesAfterItsChallenge() throws Exception {
        try (ScriptedCpe cpe = ScriptedCpe.that(connection -> {
            if (ScriptedCpe.isAuthorized(connection.request())) {
                connection.accept();
            } else {
                connection.send(CHALLENGE + "Connection: close\r\nContent-Length: 0\r\n\r\n");
            }
        })) {
            assertThat(ask(cpe)).isEqualTo(new Delivered());
            assertThat(cpe.connections).hasValue(2);
        }
    }

    @Test
    void asksAgainWhenTheConnectionIsResetAfterTheChallenge() throws Exception {
        try (ScriptedCpe cpe = ScriptedCpe.that(connection -> {
            boolean authorized = ScriptedCpe.isAuthorized(connection.request());
            if (authorized) {
                connection.accept();
                return;
            }
            connection.send(CHALLENGE + "Content-Length: 0\r\n\r\n");
            connection.request();
            connection.reset();
        })) {
            assertThat(ask(cpe)).isEqualTo(new Delivered());
            assertThat(cpe.requests).hasSize(3);
        }
    }

    @Test
    void answersTheNewNonceOfACpeThatForgotTheOldOneWithItsConnection() throws Exception {
        try (ScriptedCpe cpe = ScriptedCpe.that(connection -> {
            String nonce = "\"of-connection-" + connection.number + '"';
            String challenge = CHALLENGE.replace("\"n1\"", nonce) + "Content-Length: 0\r\n\r\n";
            connection.request();
            connection.send(challenge);
            String second = connection.request();
            if (connection.number == 1) {
                connection.reset();
            } else if (ScriptedCpe.isAuthorized(second) && second.contains(nonce)) {
                connection.accept();
            }
        })) {
            assertThat(ask(cpe)).isEqualTo(new Delivered());
        }
    }

    @Test
    void answersAFreshNonceWhenTheOldOneWasStale() throws Exception {
        try (ScriptedCpe cpe = ScriptedCpe.that(connection -> {
            connection.request();
            connection.send(CHALLENGE + "Content-Length: 0\r\n\r\n");
            connection.request();
            connection.send(CHALLENGE.replace("\"n1\"", "\"n2\", stale=true") + "Content-Length: 0\r\n\r\n");
            if (connection.request().contains("\"n2\"")) {
                connection.accept();
            }
        })) {
            assertThat(ask(cpe)).isEqualTo(new Delivered());
        }
    }

    @Test
    void givesUpOnACpeThatFindsEveryNonceStale() throws Exception {
        try (ScriptedCpe cpe = ScriptedCpe.that(connection -> {
            while (true) {
                connection.request();
                connection.send(CHALLENGE.replace("\"n1\"", "\"n1\", stale=true") + "Content-Length: 0\r\n\r\n");
            }
        })) {
            assertThat(ask(cpe))
                    .isInstanceOfSatisfying(
                            Refused.class,
                            refused -> assertThat(refused.cause()).contains("keeps challenging"));
            assertThat(cpe.requests).hasSize(5);
        }
    }

    @Test
    void saysThatTheCredentialIsWrong() throws Exception {
        try (ScriptedCpe cpe = ScriptedCpe.wellBehaved()) {
            Outcome outcome =
                    exchange.ask(cpe.url(), cpe.address(), new Credential("acs", "wrong"), Duration.ofSeconds(5));

            assertThat(outcome).isInstanceOfSatisfying(Refused.class, refused -> {
                assertThat(refused.status()).isEqualTo(401);
                assertThat(refused.cause()).startsWith("wrong credential").doesNotContain("wrong\"");
            });
            assertThat(cpe.requests).hasSize(2);
        }
    }

    @Test
    void saysThatTheCredentialIsWrongForACpeThatClosesAfterEachChallenge() throws Exception {
        try (ScriptedCpe cpe = ScriptedCpe.that(connection -> {
            connection.request();
            connection.send(CHALLENGE.replace("\"n1\"", "\"n" + connection.number + '"') + "Content-Length: 0\r\n\r\n");
        })) {
            assertThat(ask(cpe))
                    .isInstanceOfSatisfying(
                            Refused.class,
                            refused -> assertThat(refused.cause()).startsWith("wrong credential"));
        }
    }

    @Test
    void keepsThePasswordFromACpeThatWantsBasic() throws Exception {
        try (ScriptedCpe cpe = ScriptedCpe.that(
                challenging("HTTP/1.1 401 U\r\nWWW-Authenticate: Basic realm=\"IGD\"\r\nContent-Length: 0\r\n\r\n"))) {
            Outcome outcome = ask(cpe);

            assertThat(outcome)
                    .isInstanceOfSatisfying(
                            Refused.class,
                            refused -> assertThat(refused.cause())
                                    .contains("Basic", "homeward.http-connector.allow-basic"));
            assertThat(cpe.requests).hasSize(1);
        }
    }

    @Test
    void answersBasicWhereTheOperatorAllowsIt() throws Exception {
        try (ConnectionRequestExchange lenient = exchange(Credential.Policy.DIGEST_OR_BASIC);
                ScriptedCpe cpe = ScriptedCpe.that(connection -> {
                    connection.request();
                    connection.send("HTTP/1.1 401 U\r\nWWW-Authenticate: Basic realm=x\r\nContent-Length: 0\r\n\r\n");
                    if (connection.request().contains("\r\nAuthorization: Basic YWNzOnMzY3JldA==\r\n")) {
                        connection.accept();
                    }
                })) {
            assertThat(lenient.ask(cpe.url(), cpe.address(), RIGHT, Duration.ofSeconds(5)))
                    .isEqualTo(new Delivered());
        }
    }

    @Test
    void namesTheAuthenticationThatItCannotGive() throws Exception {
        try (ScriptedCpe cpe =
                ScriptedCpe.that(challenging("HTTP/1.1 401 U\r\nWWW-Authenticate: Digest realm=r, nonce=n,"
                        + " algorithm=SHA-512-256\r\nContent-Length: 0\r\n\r\n"))) {
            assertThat(ask(cpe))
                    .isInstanceOfSatisfying(
                            Refused.class,
                            refused -> assertThat(refused.cause()).contains("digest SHA-512-256", "firmware"));
        }
    }

    @Test
    void asksABusyCpeOnceMore() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        try (ScriptedCpe cpe = ScriptedCpe.that(connection -> {
            while (!ScriptedCpe.isAuthorized(connection.request())) {
                connection.send(CHALLENGE + "Content-Length: 0\r\n\r\n");
            }
            if (asked.incrementAndGet() > 1) {
                connection.accept();
            } else {
                connection.send("HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n");
            }
        })) {
            assertThat(ask(cpe)).isEqualTo(new Delivered());
        }
    }

    @Test
    void saysThatTheCpeIsBusy() throws Exception {
        try (ScriptedCpe cpe = ScriptedCpe.that(connection -> {
            connection.request();
            connection.send("HTTP/1.1 503 Busy\r\n\r\n");
        })) {
            assertThat(ask(cpe)).isInstanceOfSatisfying(Refused.class, refused -> {
                assertThat(refused.status()).isEqualTo(503);
                assertThat(refused.cause()).contains("busy");
            });
            assertThat(cpe.requests).hasSize(2);
        }
    }

    @Test
    void followsNoRedirect() throws Exception {
        try (ScriptedCpe elsewhere = ScriptedCpe.wellBehaved();
                ScriptedCpe cpe = ScriptedCpe.that(connection -> {
                    connection.request();
                    connection.send(
                            "HTTP/1.1 302 Found\r\nLocation: " + elsewhere.urlText() + "\r\nContent-Length: 0\r\n\r\n");
                })) {
            assertThat(ask(cpe)).isInstanceOfSatisfying(Refused.class, refused -> {
                assertThat(refused.status()).isEqualTo(302);
                assertThat(refused.cause()).contains("redirect", "never followed");
            });
            assertThat(elsewhere.connections).hasValue(0);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {403, 404, 500})
    void passesOtherRefusalsOn(int status) throws Exception {
        try (ScriptedCpe cpe = ScriptedCpe.that(connection -> {
            connection.request();
            connection.send("HTTP/1.1 " + status + " No\r\nContent-Length: 0\r\n\r\n");
        })) {
            assertThat(ask(cpe)).isInstanceOfSatisfying(Refused.class, refused -> {
                assertThat(refused.status()).isEqualTo(status);
                assertThat(refused.cause()).contains(String.valueOf(status));
            });
        }
    }

    @Test
    void endsWithASilentCpeAtTheDeadline() throws Exception {
        try (ScriptedCpe cpe = ScriptedCpe.that(ScriptedCpe.Connection::hang)) {
            long started = System.nanoTime();

            Outcome outcome = ask(cpe, SHORT);

            assertThat(outcome)
                    .isInstanceOfSatisfying(
                            Unreachable.class,
                            unreachable -> assertThat(unreachable.cause()).contains("no whole answer within 700 ms"));
            assertThat(Duration.ofNanos(System.nanoTime() - started)).isBetween(SHORT, SHORT.plusMillis(600));
        }
    }

    @Test
    void endsWithACpeThatAnswersByteByByteAtTheDeadline() throws Exception {
        try (ScriptedCpe cpe = ScriptedCpe.that(connection -> {
            connection.request();
            for (byte next : ("HTTP/1.1 200 OK\r\nX: " + "a".repeat(8000)).getBytes(US_ASCII)) {
                connection.send(String.valueOf((char) next));
                LockSupport.parkNanos(20_000_000);
            }
        })) {
            long started = System.nanoTime();

            assertThat(ask(cpe, SHORT)).isInstanceOf(Unreachable.class);
            assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(SHORT.plusMillis(600));
        }
    }

    @Test
    void endsWithATlsHandshakeThatHangsAtTheDeadline() throws Exception {
        try (ScriptedCpe cpe = ScriptedCpe.that(ScriptedCpe.Connection::hang)) {
            ConnectionRequestUrl tls = ConnectionRequestUrl.parse(cpe.urlText().replace("http:", "https:"))
                    .orElseThrow();
            long started = System.nanoTime();

            Outcome outcome = exchange.ask(tls, cpe.address(), RIGHT, SHORT);

            assertThat(outcome).isInstanceOf(Unreachable.class);
            assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(SHORT.plusMillis(600));
        }
    }

    @Test
    void readsAHugeAnswerNoFurtherThanItHasTo() throws Exception {
        AtomicInteger kilobytes = new AtomicInteger();
        try (ScriptedCpe cpe = ScriptedCpe.that(connection -> {
            connection.request();
            connection.send("HTTP/1.1 200 OK\r\n");
            while (true) {
                connection.send("X-Filler: " + "a".repeat(1012) + "\r\n");
                kilobytes.incrementAndGet();
            }
        })) {
            assertThat(ask(cpe)).isEqualTo(new Delivered());
            // The rest sits in socket buffers.
            assertThat(kilobytes).hasValueLessThan(16_000);
        }
    }

    static Stream<Arguments> brokenCpes() {
        Script notHttp = connection -> connection.send("SSH-2.0-dropbear\r\n\r\n");
        Script closes = ScriptedCpe.Connection::request;
        Script resets = connection -> {
            connection.request();
            connection.reset();
        };
        Script resetsAfterEveryChallenge = connection -> {
            if (!connection.request().contains("Authorization")) {
                connection.send(CHALLENGE + "Content-Length: 0\r\n\r\n");
                connection.request();
            }
            connection.reset();
        };
        return Stream.of(
                Arguments.of("does not speak HTTP", notHttp, "does not speak HTTP"),
                Arguments.of("closes without a word", closes, "without an answer"),
                Arguments.of("resets", resets, "broke the connection off"),
                Arguments.of("resets after every challenge", resetsAfterEveryChallenge, "broke the connection off"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("brokenCpes")
    void saysWhatIsWrongWithACpeThat(String does, Script script, String cause) throws Exception {
        try (ScriptedCpe cpe = ScriptedCpe.that(script)) {
            assertThat(ask(cpe))
                    .as(does)
                    .isInstanceOfSatisfying(
                            Unreachable.class,
                            unreachable -> assertThat(unreachable.cause()).contains(cause));
        }
    }

    @Test
    void saysThatNothingListens() throws Exception {
        int port = freePort();

        Outcome outcome = exchange.ask(
                ConnectionRequestUrl.parse("http://127.0.0.1:" + port).orElseThrow(),
                new InetSocketAddress("127.0.0.1", port),
                RIGHT,
                SHORT);

        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Unreachable.class,
                        unreachable ->
                                assertThat(unreachable.cause()).startsWith("Nothing listens at 127.0.0.1:" + port));
    }

    @Test
    void saysThatTheConnectionWasNotTaken() throws Exception {
        try (ServerSocket full = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            InetSocketAddress address = new InetSocketAddress("127.0.0.1", full.getLocalPort());
            try (Socket first = new Socket();
                    Socket second = new Socket()) {
                first.connect(address);
                second.connect(address);

                Outcome outcome = exchange.ask(
                        ConnectionRequestUrl.parse("http://127.0.0.1:" + full.getLocalPort())
                                .orElseThrow(),
                        address,
                        RIGHT,
                        Duration.ofSeconds(3));

                assertThat(outcome)
                        .isInstanceOfSatisfying(
                                Unreachable.class,
                                unreachable -> assertThat(unreachable.cause())
                                        .contains("did not take the connection within 400 ms"));
            }
        }
    }

    @Test
    void callsIpv6Literals() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 5, InetAddress.ofLiteral("::1"))) {
            Thread.startVirtualThread(() -> {
                try (var socket = server.accept()) {
                    socket.getInputStream().read();
                    socket.getOutputStream().write("HTTP/1.1 200 OK\r\n\r\n".getBytes(US_ASCII));
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
            });
            ConnectionRequestUrl url = ConnectionRequestUrl.parse("http://[::1]:" + server.getLocalPort() + "/")
                    .orElseThrow();

            Outcome outcome =
                    exchange.ask(url, new InetSocketAddress(InetAddress.ofLiteral("::1"), url.port()), RIGHT, SHORT);

            assertThat(outcome).isEqualTo(new Delivered());
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket server = new ServerSocket(0)) {
            return server.getLocalPort();
        }
    }

    private static ConnectionRequestExchange from(String source) {
        return new ConnectionRequestExchange(new ExchangeSettings(
                Duration.ofMillis(400),
                Duration.ofMillis(50),
                Credential.Policy.DIGEST_ONLY,
                ExchangeSettings.tls(false),
                false,
                List.of(InetAddress.ofLiteral("2001:db8::1"), InetAddress.ofLiteral(source))));
    }

    private static Outcome askFrom(String source, InetSocketAddress address) throws InterruptedException {
        try (ConnectionRequestExchange bound = from(source)) {
            return bound.ask(
                    ConnectionRequestUrl.parse("http://127.0.0.1:" + address.getPort())
                            .orElseThrow(),
                    address,
                    RIGHT,
                    Duration.ofSeconds(30));
        }
    }

    @Test
    void callsFromTheAddressThatTheOperatorSays() throws Exception {
        try (ServerSocket listener = new ServerSocket(0, 5, InetAddress.ofLiteral("127.0.0.1"))) {
            CompletableFuture<InetAddress> caller = CompletableFuture.supplyAsync(() -> {
                try (Socket taken = listener.accept()) {
                    taken.getOutputStream()
                            .write("HTTP/1.1 204 No Content\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                    return taken.getInetAddress();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });

            Outcome outcome = askFrom("127.0.0.2", (InetSocketAddress) listener.getLocalSocketAddress());

            assertThat(outcome).isEqualTo(new Outcome.Delivered());
            assertThat(caller.get(30, TimeUnit.SECONDS)).isEqualTo(InetAddress.ofLiteral("127.0.0.2"));
        }
    }

    @Test
    void saysThatItHasNotTheAddressToCallFrom() throws Exception {
        assertThat(askFrom("192.0.2.77", new InetSocketAddress("127.0.0.1", 9)))
                .isInstanceOfSatisfying(
                        Unreachable.class,
                        unreachable ->
                                assertThat(unreachable.cause()).contains("homeward.http-connector.source-addresses"));
    }
}
