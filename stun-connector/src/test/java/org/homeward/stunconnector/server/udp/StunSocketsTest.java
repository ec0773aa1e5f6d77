package org.homeward.stunconnector.server.udp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.homeward.contracts.DeviceKey;
import org.homeward.kit.security.DeviceSecrets;
import org.homeward.stunconnector.binding.BindingTimes;
import org.homeward.stunconnector.binding.Bindings;
import org.homeward.stunconnector.binding.Whereabouts;
import org.homeward.stunconnector.codec.Attribute;
import org.homeward.stunconnector.codec.Attribute.Of;
import org.homeward.stunconnector.codec.Integrity;
import org.homeward.stunconnector.codec.StunMessage;
import org.homeward.stunconnector.codec.StunWriter;
import org.homeward.stunconnector.server.Credentials;
import org.homeward.stunconnector.server.ProvenAddresses;
import org.homeward.stunconnector.server.RateLimit;
import org.homeward.stunconnector.server.ServerRules;
import org.homeward.stunconnector.server.StunServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class StunSocketsTest {

    private static final byte[] TRANSACTION = HexFormat.of().parseHex("0102030405060708090a0b0c0d0e0f10");
    private static final DeviceKey DEVICE = DeviceKey.parse("default/001122-Box-1");

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Bindings bindings = new Bindings(
            new BindingTimes(Duration.ofMinutes(3), Duration.ofHours(1), Duration.ofMinutes(30)), System::nanoTime);
    private final List<StunSockets> opened = new ArrayList<>();

    private StunSockets listen(String host, int port, InetAddress... publicAddresses) throws PortTaken {
        StunSockets sockets =
                new StunSockets(new StunSockets.Place(host, port, 0, List.of(publicAddresses)), server(), meters);
        opened.add(sockets);
        return sockets;
    }

    private StunServer server() {
        return new StunServer(
                new ServerRules(true, true),
                username -> DeviceSecrets.deviceOfStunUsername(username)
                        .map(device -> new Credentials.Known(device, "secret")),
                bindings,
                new RateLimit(100, 1_000, System::nanoTime),
                new ProvenAddresses(Duration.ofMinutes(3), System::nanoTime));
    }

    @AfterEach
    void close() {
        opened.forEach(StunSockets::close);
    }

    private static StunWriter question() {
        return StunWriter.message(StunMessage.BINDING_REQUEST, TRANSACTION);
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "::1"})
    void challengesADeviceAndThenKnowsWhereItIs(String host) throws Exception {
        StunSockets server = listen(host, 0);
        try (Question cpe = new Question(host)) {
            StunWriter unsigned = question().connectionRequestBinding().username("001122-Box-1");
            StunMessage challenge = cpe.ask(unsigned.bytes(), server.port()).message();
            assertThat(challenge.first(Attribute.ErrorCode.class).orElseThrow().code())
                    .isEqualTo(401);

            Question.Got answer =
                    cpe.ask(unsigned.integrity(Integrity.FILLED, "secret").bytes(), server.port());

            assertThat(answer.from().getPort()).isEqualTo(server.port());
            assertThat(answer.message().address(Of.MAPPED)).contains(cpe.address());
            assertThat(answer.message().address(Of.SOURCE)).contains(answer.from());
            assertThat(answer.message().address(Of.CHANGED).orElseThrow().getPort())
                    .isEqualTo(server.alternatePort());
            assertThat(bindings.of(DEVICE))
                    .isInstanceOfSatisfying(
                            Whereabouts.Bound.class,
                            bound -> assertThat(bound.address()).isEqualTo(cpe.address()));
        }
    }

    @Test
    void answersFromThePortThatIsAskedFor() throws Exception {
        StunSockets server = listen("127.0.0.1", 0);
        try (Question client = new Question("127.0.0.1")) {
            assertThat(client.ask(question().changeRequest(false, true).bytes(), server.port())
                            .from()
                            .getPort())
                    .isEqualTo(server.alternatePort());
            assertThat(client.ask(question().changeRequest(false, true).bytes(), server.alternatePort())
                            .from()
                            .getPort())
                    .isEqualTo(server.port());
            assertThat(client.ask(question().bytes(), server.alternatePort())
                            .from()
                            .getPort())
                    .isEqualTo(server.alternatePort());
        }
    }

    @Test
    void answersToAnotherPortOfWhoAsks() throws Exception {
        StunSockets server = listen("127.0.0.1", 0);
        try (Question first = new Question("127.0.0.1");
                Question second = new Question("127.0.0.1")) {
            second.send(question().address(Of.RESPONSE, first.address()).bytes(), server.port());

            assertThat(first.next(20_000).orElseThrow().message().address(Of.REFLECTED_FROM))
                    .contains(second.address());
        }
    }

    @Test
    void servesBothFamiliesWhereItListensEverywhere() throws Exception {
        StunSockets server = listen("0.0.0.0", 0, InetAddress.ofLiteral("198.51.100.1"));
        try (Question four = new Question("127.0.0.1");
                Question six = new Question("::1")) {
            StunMessage toFour = four.ask(question().bytes(), server.port()).message();
            StunMessage toSix = six.ask(question().bytes(), server.port()).message();

            assertThat(toFour.address(Of.MAPPED)).contains(four.address());
            assertThat(toSix.address(Of.MAPPED)).contains(six.address());
            assertThat(toFour.address(Of.SOURCE))
                    .contains(new InetSocketAddress(InetAddress.ofLiteral("198.51.100.1"), server.port()));
        }
    }

    @Test
    void sendsFromThePortThatBindingsAreOpenTo() throws Exception {
        StunSockets server = listen("127.0.0.1", 0);
        try (Question cpe = new Question("127.0.0.1")) {
            server.send(new byte[] {1, 2, 3}, cpe.address());

            Question.Got got = cpe.next(20_000).orElseThrow();
            assertThat(got.from().getPort()).isEqualTo(server.port());
            assertThat(got.bytes()).containsExactly(1, 2, 3);
        }
    }

    @Test
    void goesOnAfterNoise() throws Exception {
        StunSockets server = listen("127.0.0.1", 0);
        try (Question client = new Question("127.0.0.1")) {
            client.send(new byte[0], server.port());
            client.send(new byte[1_400], server.port());
            client.send("GET / HTTP/1.1\r\n\r\n".getBytes(), server.port());

            assertThat(client.ask(question().bytes(), server.port()).message().type())
                    .isEqualTo(StunMessage.BINDING_RESPONSE);
            await().untilAsserted(() -> assertThat(meters.get("homeward.stun.requests")
                            .tag("outcome", "ignored")
                            .counter()
                            .count())
                    .isEqualTo(3));
        }
    }

    @Test
    void namesThePortThatAnotherHasAndTheSettingThatMovesIt() throws Exception {
        try (DatagramSocket other = new DatagramSocket(new InetSocketAddress("127.0.0.1", 0))) {
            int port = other.getLocalPort();

            assertThatThrownBy(() -> listen("127.0.0.1", port))
                    .isInstanceOf(PortTaken.class)
                    .hasMessageContaining("UDP port " + port)
                    .hasMessageContaining("homeward.stun-connector.port");
        }
    }

    @Test
    void keepsNoPortWhereItCannotHaveBoth() throws Exception {
        int free;
        try (DatagramSocket once = new DatagramSocket(new InetSocketAddress("127.0.0.1", 0))) {
            free = once.getLocalPort();
        }
        try (DatagramSocket other = new DatagramSocket(new InetSocketAddress("127.0.0.1", 0))) {
            StunSockets.Place place = new StunSockets.Place("127.0.0.1", free, other.getLocalPort(), List.of());

            assertThatThrownBy(() -> new StunSockets(place, server(), meters))
                    .isInstanceOf(PortTaken.class)
                    .hasMessageContaining("homeward.stun-connector.alternate-port");
        }
        await().until(() -> {
            try (DatagramSocket again = new DatagramSocket(new InetSocketAddress("127.0.0.1", free))) {
                return again.isBound();
            } catch (SocketException e) {
                return false;
            }
        });
    }
}
