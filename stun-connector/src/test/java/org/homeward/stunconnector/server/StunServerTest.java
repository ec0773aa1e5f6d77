package org.homeward.stunconnector.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.homeward.contracts.DeviceKey;
import org.homeward.kit.security.DeviceSecrets;
import org.homeward.stunconnector.binding.BindingTimes;
import org.homeward.stunconnector.binding.Bindings;
import org.homeward.stunconnector.binding.Whereabouts;
import org.homeward.stunconnector.codec.Attribute;
import org.homeward.stunconnector.codec.Attribute.Of;
import org.homeward.stunconnector.codec.Integrity;
import org.homeward.stunconnector.codec.Reading;
import org.homeward.stunconnector.codec.StunMessage;
import org.homeward.stunconnector.codec.StunReader;
import org.homeward.stunconnector.codec.StunWriter;
import org.homeward.stunconnector.server.Answer.Kind;
import org.homeward.stunconnector.server.Answer.Reply;
import org.homeward.stunconnector.server.Answer.Silence;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StunServerTest {

    private static final byte[] CLASSIC = HexFormat.of().parseHex("0102030405060708090a0b0c0d0e0f10");
    private static final byte[] COOKIE = HexFormat.of().parseHex("2112a442b7e7a701bc34d686fa87dfae");
    private static final InetSocketAddress CPE = at("192.0.2.7", 40_000);
    private static final InetSocketAddress HERE = at("198.51.100.1", 3478);
    private static final InetSocketAddress ALTERNATE = at("198.51.100.1", 3479);
    private static final DeviceKey DEVICE = DeviceKey.parse("default/001122-Box-1");
    private static final DeviceSecrets SECRETS = new DeviceSecrets("a fleet secret of tests, long enough");

    private long seconds;
    private final Bindings bindings = new Bindings(
            new BindingTimes(Duration.ofMinutes(3), Duration.ofHours(1), Duration.ofMinutes(30)),
            () -> seconds * 1_000_000_000L);

    private static InetSocketAddress at(String literal, int port) {
        return new InetSocketAddress(InetAddress.ofLiteral(literal), port);
    }

    private StunServer server(boolean requireIntegrity, boolean answerPlain) {
        return new StunServer(
                new ServerRules(requireIntegrity, answerPlain),
                username -> DeviceSecrets.deviceOfStunUsername(username)
                        .map(device -> new Credentials.Known(device, SECRETS.stunPassword(device))),
                bindings,
                new RateLimit(5, 8, () -> seconds * 1_000_000_000L),
                new ProvenAddresses(Duration.ofMinutes(3), () -> seconds * 1_000_000_000L));
    }

    private final StunServer server = server(true, true);

    private static StunWriter question(byte[] transaction) {
        return StunWriter.message(StunMessage.BINDING_REQUEST, transaction);
    }

    private static StunWriter ofDevice(byte[] transaction) {
        return question(transaction).connectionRequestBinding().username(SECRETS.stunUsername(DEVICE));
    }

    private static byte[] signed(byte[] transaction, Integrity way) {
        return ofDevice(transaction)
                .integrity(way, SECRETS.stunPassword(DEVICE))
                .bytes();
    }

    private Answer ask(StunServer asked, byte[] question) {
        return asked.answer(question, new StunServer.Arrival(CPE, HERE, ALTERNATE, true));
    }

    private Reply reply(byte[] question) {
        Answer answer = ask(server, question);
        assertThat(answer).isInstanceOf(Reply.class);
        return (Reply) answer;
    }

    private static StunMessage read(Reply reply) {
        return ((Reading.Read) StunReader.read(reply.bytes())).message();
    }

    private static int errorOf(Reply reply) {
        return read(reply).first(Attribute.ErrorCode.class).orElseThrow().code();
    }

    @ParameterizedTest
    @EnumSource(Integrity.class)
    void believesADeviceThatSigns(Integrity way) {
        Reply reply = reply(signed(CLASSIC, way));

        StunMessage answer = read(reply);
        assertThat(reply.to()).isEqualTo(CPE);
        assertThat(answer.type()).isEqualTo(StunMessage.BINDING_RESPONSE);
        assertThat(answer.transaction()).isEqualTo(CLASSIC);
        assertThat(answer.address(Of.MAPPED)).contains(CPE);
        assertThat(answer.address(Of.SOURCE)).contains(HERE);
        assertThat(answer.address(Of.CHANGED)).contains(ALTERNATE);
        assertThat(answer.address(Of.XOR_MAPPED)).isEmpty();
        assertThat(Integrity.of(answer, SECRETS.stunPassword(DEVICE))).contains(way);
        assertThat(bindings.of(DEVICE)).isEqualTo(new Whereabouts.Bound(CPE, Duration.ZERO));
    }

    @Test
    void asksADeviceThatDoesNotSignToDoSo() {
        Reply reply = reply(ofDevice(CLASSIC).bytes());

        assertThat(errorOf(reply)).isEqualTo(401);
        assertThat(reply.kind()).isEqualTo(Kind.CHALLENGED);
        assertThat(bindings.of(DEVICE)).isEqualTo(new Whereabouts.Unheard());
    }

    @Test
    void doesNotTellWhichDevicesThereAre() {
        Reply nobody = reply(question(CLASSIC)
                .connectionRequestBinding()
                .username("who?")
                .integrity(Integrity.FILLED, "x")
                .bytes());

        assertThat(errorOf(nobody)).isEqualTo(401);
    }

    @Test
    void refusesAWrongPassword() {
        byte[] classic =
                ofDevice(CLASSIC).integrity(Integrity.FILLED, "guessed").bytes();
        byte[] newer = ofDevice(COOKIE).integrity(Integrity.PLAIN, "guessed").bytes();

        assertThat(errorOf(reply(classic))).isEqualTo(431);
        assertThat(errorOf(reply(newer))).isEqualTo(401);
        assertThat(bindings.size()).isZero();
    }

    @Test
    void believesAnybodyWhereTheOperatorSaysSo() {
        ask(server(false, true), ofDevice(CLASSIC).bytes());

        assertThat(bindings.of(DEVICE)).isEqualTo(new Whereabouts.Bound(CPE, Duration.ZERO));
    }

    @Test
    void givesClientsOfRfc5389WhatTheyLookFor() {
        StunMessage answer = read(reply(question(COOKIE).fingerprint().bytes()));

        assertThat(answer.address(Of.XOR_MAPPED)).contains(CPE);
        assertThat(answer.first(Attribute.Fingerprint.class)).contains(new Attribute.Fingerprint(true));
    }

    @Test
    void passesOverAFingerprintThatIsWrong() {
        byte[] question = question(COOKIE).fingerprint().bytes();
        question[question.length - 1] ^= 1;

        assertThat(ask(server, question)).isEqualTo(new Silence(Kind.IGNORED));
    }

    @Test
    void answersFromTheOtherPortWhenAsked() {
        Reply reply = reply(question(CLASSIC).changeRequest(false, true).bytes());

        assertThat(reply.fromAlternate()).isTrue();
        assertThat(read(reply).address(Of.SOURCE)).contains(ALTERNATE);
    }

    @Test
    void doesNotPretendToHaveAnotherAddress() {
        assertThat(ask(server, question(CLASSIC).changeRequest(true, true).bytes()))
                .isEqualTo(new Silence(Kind.IGNORED));
    }

    @Test
    void answersToAnotherPortOfTheSameHostSoThatACpeCanTestItsBinding() {
        InetSocketAddress first = at("192.0.2.7", 41_000);
        Reply reply = reply(question(CLASSIC).address(Of.RESPONSE, first).bytes());

        assertThat(reply.to()).isEqualTo(first);
        assertThat(read(reply).address(Of.MAPPED)).contains(CPE);
        assertThat(read(reply).address(Of.REFLECTED_FROM)).contains(CPE);
    }

    @Test
    void neverAnswersToAnotherHost() {
        Reply reply = reply(
                question(CLASSIC).address(Of.RESPONSE, at("203.0.113.99", 53)).bytes());

        assertThat(reply.to()).isEqualTo(CPE);
        assertThat(read(reply).address(Of.REFLECTED_FROM)).isEmpty();
    }

    @Test
    void namesWhatItDoesNotUnderstand() {
        byte[] question = HexFormat.of().parseHex("000100080102030405060708090a0b0c0d0e0f10" + "7777000400000000");

        StunMessage answer = read(reply(question));

        assertThat(answer.first(Attribute.ErrorCode.class).orElseThrow().code()).isEqualTo(420);
        assertThat(answer.first(Attribute.UnknownAttributes.class).orElseThrow().types())
                .contains(0x7777);
    }

    @Test
    void takesABindingOnlyToThePortThatRequestsLeaveFrom() {
        server.answer(signed(CLASSIC, Integrity.FILLED), new StunServer.Arrival(CPE, ALTERNATE, HERE, false));

        assertThat(bindings.of(DEVICE)).isEqualTo(new Whereabouts.Unheard());
    }

    @Test
    void answersNoMoreThanSoMuchThatNobodySigned() {
        for (int i = 0; i < 5; i++) {
            assertThat(reply(question(CLASSIC).bytes()).kind()).isEqualTo(Kind.PLAIN);
        }
        assertThat(ask(server, question(CLASSIC).bytes())).isEqualTo(new Silence(Kind.LIMITED));
        assertThat(ask(server, ofDevice(CLASSIC).bytes())).isEqualTo(new Silence(Kind.LIMITED));

        assertThat(reply(signed(CLASSIC, Integrity.FILLED)).kind()).isEqualTo(Kind.BOUND);
        seconds = 1;
        assertThat(reply(question(CLASSIC).bytes()).kind()).isEqualTo(Kind.PLAIN);
    }

    @Test
    void limitsANetworkAsAWhole() {
        for (int i = 1; i <= 12; i++) {
            Answer answer = server.answer(
                    question(CLASSIC).bytes(),
                    new StunServer.Arrival(at("192.0.2." + i, 1_000), HERE, ALTERNATE, true));

            assertThat(answer.kind()).isEqualTo(i <= 8 ? Kind.PLAIN : Kind.LIMITED);
        }
    }

    @Test
    void answersNobodyByMoreThanWasAsked() {
        StunServer strict = server(true, false);
        byte[] unknown = HexFormat.of().parseHex("000100080102030405060708090a0b0c0d0e0f10" + "7777000400000000");

        assertThat(ask(strict, question(CLASSIC).bytes())).isEqualTo(new Silence(Kind.TOO_SHORT));
        assertThat(ask(strict, question(COOKIE).bytes())).isEqualTo(new Silence(Kind.TOO_SHORT));
        assertThat(ask(strict, unknown)).isEqualTo(new Silence(Kind.TOO_SHORT));
        assertThat(ask(strict, signed(CLASSIC, Integrity.FILLED)).kind()).isEqualTo(Kind.BOUND);
    }

    @Test
    void answersWhoAsksByAsManyBytes() {
        StunServer strict = server(true, false);
        byte[] padded = question(CLASSIC).username("x".repeat(32)).bytes();

        assertThat(ask(strict, padded)).isInstanceOfSatisfying(Reply.class, reply -> {
            assertThat(reply.kind()).isEqualTo(Kind.PLAIN);
            assertThat(reply.bytes()).hasSize(padded.length);
        });
    }

    /** Its test has 32 bytes, and the library of a common CPE ends itself on an answer that lacks an attribute. */
    @Test
    void answersTheTestOfABindingWhereADeviceHasSignedBefore() {
        StunServer strict = server(true, false);
        byte[] test =
                question(CLASSIC).address(Of.RESPONSE, at("192.0.2.7", 41_000)).bytes();
        assertThat(ask(strict, test)).isEqualTo(new Silence(Kind.TOO_SHORT));

        ask(strict, signed(CLASSIC, Integrity.FILLED));

        assertThat(ask(strict, test).kind()).isEqualTo(Kind.PLAIN);
        assertThat(strict.answer(test, new StunServer.Arrival(at("192.0.2.8", 1), HERE, ALTERNATE, true)))
                .isEqualTo(new Silence(Kind.TOO_SHORT));
        seconds = 181;
        assertThat(ask(strict, test)).isEqualTo(new Silence(Kind.TOO_SHORT));
    }

    @Test
    void doesNotAnswerAnswers() {
        byte[] response =
                StunWriter.message(StunMessage.BINDING_RESPONSE, CLASSIC).bytes();

        assertThat(ask(server, response)).isEqualTo(new Silence(Kind.IGNORED));
    }

    /** Whom nobody vouches for gets no more than it sent; plain requests do where the operator wants them answered. */
    @Test
    void amplifiesNothingForWhoClaimsToBeADevice() {
        InetSocketAddress six = at("2001:db8::7", 1);
        for (byte[] question : List.of(
                question(CLASSIC).connectionRequestBinding().bytes(),
                question(COOKIE).connectionRequestBinding().bytes(),
                ofDevice(CLASSIC).bytes(),
                ofDevice(CLASSIC).integrity(Integrity.FILLED, "guessed").bytes())) {
            seconds++;
            for (InetSocketAddress from : List.of(CPE, six)) {
                Answer answer = server.answer(question, new StunServer.Arrival(from, HERE, ALTERNATE, true));

                assertThat(((Reply) answer).bytes().length).isLessThanOrEqualTo(question.length);
            }
        }
        seconds++;
        assertThat(reply(question(CLASSIC).bytes()).bytes()).hasSize(56);
        assertThat(reply(question(COOKIE).bytes()).bytes()).hasSize(32);
    }

    @Test
    void keepsItsTenantsApart() {
        DeviceKey other = DeviceKey.parse("acme/001122-Box-1");
        byte[] question = question(CLASSIC)
                .connectionRequestBinding()
                .username(SECRETS.stunUsername(other))
                .integrity(Integrity.FILLED, SECRETS.stunPassword(other))
                .bytes();

        ask(server, question);

        assertThat(Optional.of(bindings.of(other))).contains(new Whereabouts.Bound(CPE, Duration.ZERO));
        assertThat(bindings.of(DEVICE)).isEqualTo(new Whereabouts.Unheard());
    }
}
