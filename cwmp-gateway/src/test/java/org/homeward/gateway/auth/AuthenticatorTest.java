package org.homeward.gateway.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Base64;
import org.homeward.contracts.DeviceKey;
import org.homeward.contracts.TenantId;
import org.homeward.gateway.auth.Authenticator.Origin;
import org.homeward.gateway.auth.Authenticator.Policy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuthenticatorTest {

    private static final Origin ORIGIN = new Origin(TenantId.DEFAULT, "c1", "192.0.2.1");
    private static final DeviceKey DEVICE = DeviceKey.parse("default/00AABB-HG-1");

    private static Authenticator with(Policy policy) {
        CredentialBook book =
                new CredentialBook(device -> "derived-" + device, text -> text, null, new SimpleMeterRegistry());
        return with(policy, book);
    }

    private static Authenticator with(Policy policy, CredentialBook book) {
        return new Authenticator(policy, book, new byte[] {1}, new SimpleMeterRegistry(), Clock.systemUTC());
    }

    @Test
    void judgesNobodyBeforeAllCredentialsAreKnown() {
        CredentialBook book = new CredentialBook(device -> "", text -> text, null, new SimpleMeterRegistry());
        Authenticator authenticator = with(new Policy(false, true, false), book);
        boolean before = authenticator.isReady();
        book.complete();

        assertThat(before).isFalse();
        assertThat(authenticator.isReady()).isTrue();
        assertThat(with(new Policy(true, false, false)).isReady()).isTrue();
    }

    private static String basic(String pair) {
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void challengesForDigestWithoutTls() {
        assertThat(with(new Policy(false, false, false)).challenges(ORIGIN, true))
                .singleElement()
                .asString()
                .startsWith("Digest ")
                .endsWith("stale=true");
    }

    @Test
    void challengesForBasicWithTls() {
        assertThat(with(new Policy(false, true, false)).challenges(ORIGIN, false))
                .singleElement()
                .asString()
                .startsWith("Basic ");
    }

    @Test
    void takesBasicWithTlsOnly() {
        String header = basic("00AABB-HG-1:derived-" + DEVICE);

        assertThat(with(new Policy(false, true, false)).check(header, ORIGIN)).isInstanceOf(Verdict.Proven.class);
        assertThat(with(new Policy(false, false, false)).check(header, ORIGIN)).isInstanceOf(Verdict.Wrong.class);
    }

    @Test
    void aPasswordIsGoodInItsTenantOnly() {
        String header = basic("00AABB-HG-1:derived-" + DEVICE);
        Origin elsewhere = new Origin(new TenantId("north"), "c1", "192.0.2.1");

        assertThat(with(new Policy(false, true, false)).check(header, elsewhere))
                .isInstanceOf(Verdict.Wrong.class);
    }

    @Test
    void letsEverybodyInWhereItIsOpen() {
        assertThat(with(new Policy(true, false, false)).check("Basic Og==", ORIGIN))
                .isEqualTo(new Verdict.Proven(Principal.nobody()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Basic", "Basic !!!", "Basic YWJj", "Bearer x", "Negotiate"})
    void refusesWhatIsNoCredential(String header) {
        assertThat(with(new Policy(false, true, false)).check(header, ORIGIN)).isInstanceOf(Verdict.Wrong.class);
    }

    @Test
    void aNonceOfSomebodyElseIsMetWithANewOne() {
        assertThat(with(new Policy(false, false, false))
                        .check("Digest username=\"a\", nonce=\"theirs\", response=\"x\"", ORIGIN))
                .isInstanceOf(Verdict.Stale.class);
    }
}
