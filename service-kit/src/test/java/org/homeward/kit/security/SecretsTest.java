package org.homeward.kit.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.homeward.contracts.DeviceKey;
import org.homeward.kit.security.FieldCipher.UnreadableSecret;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretsTest {

    private static final String KEY = Base64.getEncoder().encodeToString(new byte[32]);
    private static final String FLEET = "a fleet secret for tests, long enough";

    private final FieldCipher cipher = new FieldCipher(KEY);
    private final DeviceSecrets secrets = new DeviceSecrets(FLEET);

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "correct horse battery staple", "Schlüssel ☎"})
    void opensWhatItSealed(String secret) {
        String sealed = cipher.seal(secret);
        assertThat(sealed).matches("v1\\.[A-Za-z0-9_-]+");
        assertThat(cipher.open(sealed)).isEqualTo(secret);
    }

    @Test
    void sealsTheSameDifferentlyEachTime() {
        Set<String> sealed = new HashSet<>();
        IntStream.range(0, 1_000).forEach(i -> sealed.add(cipher.seal("same")));
        assertThat(sealed).hasSize(1_000);
    }

    @Test
    void noticesEveryChange() {
        String sealed = cipher.seal("secret");
        for (int i = 3; i < sealed.length(); i++) {
            // the last character of base64 may carry bits that nobody reads: change it by more than those
            char other = sealed.charAt(i) == 'A' ? 'w' : 'A';
            String changed = sealed.substring(0, i) + other + sealed.substring(i + 1);
            assertThatThrownBy(() -> cipher.open(changed)).isInstanceOf(UnreadableSecret.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "secret", "v1.", "v1.AAAA", "v2.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "v1.???"})
    void refusesWhatIsNotSealed(String text) {
        assertThatThrownBy(() -> cipher.open(text)).isInstanceOf(UnreadableSecret.class);
    }

    @Test
    void opensWhatWasSealedForAPlaceOnlyThere() {
        String sealed = cipher.seal("secret", "subscriber\nC-1");
        assertThat(cipher.open(sealed, "subscriber\nC-1")).isEqualTo("secret");
        assertThatThrownBy(() -> cipher.open(sealed, "subscriber\nC-2")).isInstanceOf(UnreadableSecret.class);
        assertThatThrownBy(() -> cipher.open(sealed)).isInstanceOf(UnreadableSecret.class);
    }

    @Test
    void refusesWhatAnotherKeySealed() {
        byte[] other = new byte[32];
        other[0] = 1;
        String sealed = new FieldCipher(Base64.getEncoder().encodeToString(other)).seal("secret");
        assertThatThrownBy(() -> cipher.open(sealed)).isInstanceOf(UnreadableSecret.class);
    }

    @Test
    void saysWhatIsWrongWithAKeyButNotTheKey() {
        assertThatThrownBy(() -> new FieldCipher("dG9vIHNob3J0"))
                .hasMessageContaining("homeward.secrets.key has 9 bytes");
        assertThatThrownBy(() -> new FieldCipher("*** no base64 ***"))
                .hasMessage("homeward.secrets.key is not base64")
                .hasNoCause();
        assertThatThrownBy(() -> new DeviceSecrets("short")).hasMessageContaining("homeward.secrets.fleet");
    }

    @Test
    void derivesTheSameSecretsForTheSameDevice() {
        DeviceKey device = DeviceKey.parse("default/00AABB-Box-SN1");
        assertThat(secrets.acsPassword(device))
                .matches("[A-Z2-7]{26}")
                .isEqualTo(new DeviceSecrets(FLEET).acsPassword(device));
        assertThat(secrets.connectionRequestPassword(device)).matches("[A-Z2-7]{26}");
    }

    @Test
    void derivesOtherSecretsForEachDeviceTenantPurposeAndFleet() {
        DeviceKey device = DeviceKey.parse("default/00AABB-Box-SN1");
        assertThat(Set.of(
                        secrets.acsPassword(device),
                        secrets.connectionRequestPassword(device),
                        secrets.acsPassword(DeviceKey.parse("acme/00AABB-Box-SN1")),
                        secrets.acsPassword(DeviceKey.parse("default/00AABB-Box-SN2")),
                        new DeviceSecrets(FLEET + "!").acsPassword(device)))
                .hasSize(5);
    }

    @Test
    void givesStunNamesThatLeadBackToTheDevice() {
        for (String device : List.of(
                "default/00AABB-Box-SN1",
                "default/00AABB-SN12",
                "acme/00AABB-Box-SN%2D1",
                "default/00AABB-Box-SN123")) {
            String username = secrets.stunUsername(DeviceKey.parse(device));

            assertThat(username.length() % 4).isZero();
            assertThat(DeviceSecrets.deviceOfStunUsername(username)).contains(DeviceKey.parse(device));
        }
        assertThat(secrets.stunUsername(DeviceKey.parse("default/00AABB-Box-SN1")))
                .isEqualTo("00AABB-Box-SN1~~");
        assertThat(secrets.stunPassword(DeviceKey.parse("default/00AABB-Box-SN1")))
                .matches("[A-Z2-7]{26}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "~", "/", "someone", "a/b/c", "Default/00AABB-SN1", "00AABB-Box-SN1-x"})
    void knowsNoDeviceByAnotherName(String username) {
        assertThat(DeviceSecrets.deviceOfStunUsername(username)).isEmpty();
    }

    @Test
    void derivesWhatIsWrittenDownHere() {
        // devices keep these for years: the derivation must never change
        DeviceKey device = DeviceKey.parse("default/00AABB-Box-SN1");
        assertThat(secrets.acsPassword(device)).isEqualTo("DFAMTG4MYNAV2YSCCN7SDVPJBO");
        assertThat(secrets.connectionRequestPassword(device)).isEqualTo("2EPTQOJLQED3OBOLN7XVT3JDHU");
    }

    @Test
    void namesADeviceByItsId() {
        assertThat(secrets.username(DeviceKey.parse("default/00aabb-Box-SN1"))).isEqualTo("00AABB-Box-SN1");
    }
}
