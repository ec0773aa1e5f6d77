package org.homeward.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.homeward.backends.testing.SharedBackends;
import org.homeward.contracts.DeviceKey;
import org.homeward.contracts.Topic;
import org.homeward.contracts.device.DeviceCredentials;
import org.homeward.contracts.device.DeviceFacts;
import org.homeward.contracts.rpc.Rpc;
import org.homeward.contracts.session.Authentication;
import org.homeward.contracts.session.Authentication.Credential;
import org.homeward.contracts.session.Authentication.Scheme;
import org.homeward.contracts.session.DeviceIdentity;
import org.homeward.contracts.session.SessionEvent.InformReceived;
import org.homeward.kit.events.EventFactory;
import org.homeward.simulator.Credentials;
import org.homeward.simulator.SimulatedCpe;
import org.homeward.simulator.model.Models;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who gets in, as whom, and what for. */
class AuthenticationTest {

    private static GatewayFixture fixture;

    @BeforeAll
    static void start() {
        fixture = new GatewayFixture(
                SharedBackends.kafkaBootstrapServers(),
                "factory-username",
                "fresh",
                "factory-password",
                "out-of-the-box",
                "allow-basic",
                "true");
    }

    @AfterAll
    static void stop() {
        fixture.close();
    }

    @BeforeEach
    void bored() {
        fixture.brain.bored();
    }

    private static RawCpe cpe(String serial) {
        return new RawCpe(fixture.port(), serial);
    }

    private static String user(RawCpe cpe) {
        return cpe.key().device().toString();
    }

    private static String basic(String user, String password) {
        return "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    private static String md5(String text) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static String nonce(RawCpe.Response challenge) {
        assertThat(challenge.status()).isEqualTo(401);
        return RawCpe.between(challenge.header("WWW-Authenticate"), "nonce=\"", "\"");
    }

    private static String digest(String user, String password, String nonce, String uri, boolean qop) throws Exception {
        return digest(user, password, nonce, uri, qop, "00000001");
    }

    private static String digest(String user, String password, String nonce, String uri, boolean qop, String nc)
            throws Exception {
        String ha1 = md5(user + ":homeward:" + password);
        String ha2 = md5("POST:" + uri);
        String head =
                "Digest username=\"" + user + "\", realm=\"homeward\", nonce=\"" + nonce + "\", uri=\"" + uri + "\"";
        return qop
                ? head + ", response=\"" + md5(ha1 + ":" + nonce + ":" + nc + ":abc:auth:" + ha2) + "\", qop=auth, nc="
                        + nc + ", cnonce=\"abc\""
                : head + ", response=\"" + md5(ha1 + ":" + nonce + ":" + ha2) + "\"";
    }

    private static Authentication authentication(DeviceKey key) {
        return fixture.brain.sees(key, InformReceived.class).authentication();
    }

    @Test
    void aSimulatedCpeSignsInByDigestWithItsDerivedPassword() throws Exception {
        fixture.brain.calls(new Rpc.GetRPCMethods());
        String user = "02A7C3-HG%2D2400-SIGNIN";
        try (SimulatedCpe cpe = SimulatedCpe.builder(URI.create(fixture.url()))
                .model(Models.tr181())
                .serial("SIGNIN")
                .credentials(Credentials.digest(user, "secret-of-SIGNIN"))
                .bootstrapped()
                .start()) {
            var report = cpe.informNow("2 PERIODIC").get(30, TimeUnit.SECONDS);

            assertThat(report.whyFailed()).isEmpty();
            assertThat(report.rpcs()).containsExactly("GetRPCMethods");
            assertThat(authentication(DeviceKey.parse("default/" + user)))
                    .isEqualTo(new Authentication(Scheme.DIGEST, user, Credential.DERIVED));
        }
    }

    @Test
    void anEmptyPostWithoutCredentialsIsChallenged() {
        try (RawCpe cpe = cpe("CHALLENGE")) {
            var challenge = cpe.empty();

            assertThat(challenge.status()).isEqualTo(401);
            assertThat(challenge.header("WWW-Authenticate"))
                    .startsWith("Digest realm=\"homeward\", qop=\"auth\"")
                    .contains("algorithm=MD5");
        }
    }

    @Test
    void aCpeMaySendAnEmptyUriNoQopAndTheSameNonceAgain() throws Exception {
        try (RawCpe cpe = cpe("EMPTYURI")) {
            String nonce = nonce(cpe.empty());
            cpe.authorization(digest(user(cpe), "secret-of-EMPTYURI", nonce, "", false));

            assertThat(cpe.inform("1 BOOT").status()).isEqualTo(200);
            assertThat(cpe.empty().status()).isEqualTo(204);
        }
    }

    @Test
    void aCpeMayUseItsNonceWithTheSameCountForEveryRequest() throws Exception {
        fixture.brain.calls(new Rpc.GetRPCMethods());
        try (RawCpe cpe = cpe("SAMENC")) {
            String nonce = nonce(cpe.post(cpe.informXml("1", "1 BOOT")));
            cpe.authorization(digest(user(cpe), "secret-of-SAMENC", nonce, "/", true));

            assertThat(cpe.inform("1 BOOT").status()).isEqualTo(200);
            var rpc = cpe.empty();
            assertThat(cpe.post(RawCpe.envelope(rpc.id(), "<cwmp:GetRPCMethodsResponse/>"))
                            .status())
                    .isEqualTo(204);
        }
    }

    @Test
    void laterRequestsOfASessionNeedNoCredentialsButWrongOnesAreRefused() throws Exception {
        fixture.brain.calls(new Rpc.GetRPCMethods());
        try (RawCpe cpe = cpe("LATER")) {
            String nonce = nonce(cpe.empty());
            String right = digest(user(cpe), "secret-of-LATER", nonce, "/", true);
            cpe.authorization(right).inform("1 BOOT");
            var without = cpe.authorization(null).reconnect().empty();
            var wrong = cpe.authorization(digest(user(cpe), "guess", nonce, "/", true))
                    .empty();
            var again = cpe.authorization(right).reconnect().empty();
            var right2 = cpe.authorization(digest(user(cpe), "secret-of-LATER", nonce(again), "/", true))
                    .empty();

            assertThat(without.status()).isEqualTo(200);
            assertThat(wrong.status()).isEqualTo(401);
            assertThat(right2.body()).isEqualTo(without.body());
        }
    }

    @Test
    void whatWasOverheardOpensNothingOnAnotherConnection() throws Exception {
        try (RawCpe cpe = cpe("OVERHEARD");
                RawCpe thief = cpe("OVERHEARD")) {
            String nonce = nonce(cpe.empty());
            String right = digest(user(cpe), "secret-of-OVERHEARD", nonce, "/", true);
            cpe.authorization(right).inform("1 BOOT");

            var replayed = thief.authorization(right).inform("1 BOOT");
            assertThat(replayed.status()).isEqualTo(401);
            assertThat(replayed.header("WWW-Authenticate")).endsWith("stale=true");
            assertThat(cpe.empty().status()).as("the CPE itself goes on").isEqualTo(204);
        }
    }

    @Test
    void aCpeThatCountsMayTakeItsNonceToItsNextConnection() throws Exception {
        try (RawCpe cpe = cpe("NEXTCONN")) {
            String nonce = nonce(cpe.empty());
            cpe.authorization(digest(user(cpe), "secret-of-NEXTCONN", nonce, "/", true))
                    .reconnect();

            assertThat(cpe.inform("1 BOOT").status()).isEqualTo(200);
            cpe.authorization(digest(user(cpe), "secret-of-NEXTCONN", nonce, "/", true, "00000002"))
                    .reconnect();
            assertThat(cpe.empty().status()).isEqualTo(204);
        }
    }

    @Test
    void aCpeWithoutQopCannotCountAndMayTakeItsNonceAlong() throws Exception {
        try (RawCpe cpe = cpe("NOCOUNT")) {
            String nonce = nonce(cpe.empty());
            cpe.authorization(digest(user(cpe), "secret-of-NOCOUNT", nonce, "/", false))
                    .reconnect();

            assertThat(cpe.inform("1 BOOT").status()).isEqualTo(200);
            assertThat(cpe.reconnect().empty().status()).isEqualTo(204);
        }
    }

    @Test
    void aWrongPasswordIsRefusedAndCounted() {
        double before = fixture.count("homeward.cwmp.auth.refused");
        try (RawCpe cpe = cpe("WRONG")) {
            cpe.authorization(basic(user(cpe), "guess"));

            assertThat(cpe.inform("1 BOOT").status()).isEqualTo(401);
            assertThat(fixture.count("homeward.cwmp.auth.refused")).isEqualTo(before + 1);
        }
    }

    @Test
    void theCredentialsOfOneDeviceDoNotOpenASessionOfAnother() {
        try (RawCpe cpe = cpe("VICTIM")) {
            cpe.authorization(basic("00AABB-HG-ATTACKER", "secret-of-ATTACKER"));

            assertThat(cpe.inform("1 BOOT").status()).isEqualTo(401);
            assertThat(fixture.count("homeward.cwmp.oddities", "what", "FOREIGN_CREDENTIALS"))
                    .isPositive();
            assertThat(fixture.brain.of(cpe.key())).isEmpty();
        }
    }

    @Test
    void theCookieOfAnotherDeviceOpensNothing() {
        fixture.brain.calls(new Rpc.GetRPCMethods());
        try (RawCpe victim = cpe("COOKIEVICTIM");
                RawCpe attacker = cpe("COOKIETHIEF")) {
            victim.authorization(basic(user(victim), "secret-of-COOKIEVICTIM")).inform("1 BOOT");
            var rpc = victim.empty();
            attacker.authorization(basic(user(attacker), "secret-of-COOKIETHIEF"))
                    .cookie(victim.cookie());

            assertThat(attacker.post(RawCpe.envelope(rpc.id(), "<cwmp:GetRPCMethodsResponse/>"))
                            .status())
                    .isEqualTo(400);
            assertThat(attacker.empty().status()).isEqualTo(204);
            assertThat(fixture.count("homeward.cwmp.oddities", "what", "FOREIGN_COOKIE"))
                    .isPositive();
            assertThat(victim.post(RawCpe.envelope(rpc.id(), "<cwmp:GetRPCMethodsResponse/>"))
                            .status())
                    .as("the victim's session goes on")
                    .isEqualTo(204);
        }
    }

    @Test
    void anInformWithTheCookieOfAnotherDeviceIsItsOwnSession() {
        try (RawCpe one = cpe("OWNONE");
                RawCpe two = cpe("OWNTWO")) {
            one.authorization(basic(user(one), "secret-of-OWNONE")).inform("1 BOOT");
            two.authorization(basic(user(two), "secret-of-OWNTWO")).cookie(one.cookie());

            assertThat(two.inform("1 BOOT").status()).isEqualTo(200);
            assertThat(two.cookie()).isNotEqualTo(one.cookie());
            assertThat(one.empty().status()).isEqualTo(204);
        }
    }

    @Test
    void anInformWithoutCredentialsInTheSessionOfAnotherDeviceIsRefused() {
        try (RawCpe one = cpe("LENDER");
                RawCpe two = cpe("BORROWER")) {
            one.authorization(basic(user(one), "secret-of-LENDER")).inform("1 BOOT");
            two.cookie(one.cookie());

            assertThat(two.inform("1 BOOT").status()).isEqualTo(401);
        }
    }

    @Test
    void theSharedCredentialsOfFreshBoxesAreGoodUntilADeviceHasProvenItsOwn() {
        var events = new EventFactory(Clock.systemUTC(), "/registry");
        try (RawCpe cpe = cpe("FRESH")) {
            cpe.authorization(basic("fresh", "out-of-the-box"));

            assertThat(cpe.inform("0 BOOTSTRAP", "1 BOOT").status()).isEqualTo(200);
            assertThat(authentication(cpe.key()).credential()).isEqualTo(Credential.FACTORY);
            assertThat(cpe.cookie(null).reconnect().inform("1 BOOT").status())
                    .as("the first session was cut short")
                    .isEqualTo(200);

            var identity = new DeviceIdentity("Acme", "00AABB", "HG", "FRESH");
            fixture.publisher.publish(
                    Topic.DEVICE_FACTS,
                    events.event(
                            cpe.key(),
                            new DeviceFacts(identity, "", "", "", "", Set.of(), null, false, true, null, List.of())));
            await().until(() -> cpe.cookie(null).reconnect().inform("1 BOOT").status() == 401);
            assertThat(cpe.cookie(null).reconnect().inform("0 BOOTSTRAP").status())
                    .as("after a factory reset")
                    .isEqualTo(200);
        }
    }

    @Test
    void credentialsThatAnOperatorRegisteredAreLearnedFromKafka() {
        var events = new EventFactory(Clock.systemUTC(), "/registry");
        try (RawCpe cpe = cpe("EXPLICIT")) {
            cpe.authorization(basic("house-12", "p4ss"));
            String sealed = "sealed:" + Base64.getEncoder().encodeToString("p4ss".getBytes(StandardCharsets.UTF_8));
            fixture.publisher.publish(
                    Topic.DEVICE_CREDENTIALS, events.event(cpe.key(), new DeviceCredentials("house-12", sealed)));

            await().until(() -> cpe.inform("1 BOOT").status() == 200);
            assertThat(authentication(cpe.key()))
                    .isEqualTo(new Authentication(Scheme.BASIC, "house-12", Credential.EXPLICIT));

            fixture.publisher.withdraw(Topic.DEVICE_CREDENTIALS, cpe.key());
            await().until(() -> cpe.cookie(null).reconnect().inform("1 BOOT").status() == 401);
        }
    }

    @Test
    void aCpeThatSendsBasicAheadIsTaken() {
        try (RawCpe cpe = cpe("AHEAD")) {
            cpe.authorization(basic(user(cpe), "secret-of-AHEAD"));

            assertThat(cpe.inform("1 BOOT").status()).isEqualTo(200);
            assertThat(List.of(authentication(cpe.key()).scheme())).containsExactly(Scheme.BASIC);
        }
    }
}
