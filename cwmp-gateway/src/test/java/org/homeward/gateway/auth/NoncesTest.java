package org.homeward.gateway.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.homeward.gateway.auth.Nonces.Age;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NoncesTest {

    private Instant now = Instant.parse("2026-11-21T10:00:00Z");
    private final Clock clock = new Clock() {
        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    };
    private final Nonces nonces = new Nonces(new byte[] {1}, clock);

    private Age after(Duration time, String nonce, String connection, String address) {
        now = now.plus(time);
        return nonces.check(nonce, connection, address);
    }

    @Test
    void lastsLongOnItsConnection() {
        String nonce = nonces.next("c1", "192.0.2.1");

        assertThat(after(Duration.ofMinutes(9), nonce, "c1", "192.0.2.1")).isEqualTo(Age.FRESH);
        assertThat(after(Duration.ofMinutes(2), nonce, "c1", "192.0.2.1")).isEqualTo(Age.STALE);
    }

    @Test
    void lastsShortOnAnother() {
        String nonce = nonces.next("c1", "192.0.2.1");

        assertThat(after(Duration.ofSeconds(59), nonce, "c2", "192.0.2.1")).isEqualTo(Age.CARRIED);
        assertThat(after(Duration.ofSeconds(2), nonce, "c2", "192.0.2.1")).isEqualTo(Age.STALE);
    }

    @Test
    void isWorthNothingToAnotherAddress() {
        String nonce = nonces.next("c1", "192.0.2.1");

        assertThat(nonces.check(nonce, "c1", "192.0.2.2")).isEqualTo(Age.FOREIGN);
    }

    @Test
    void isGoodAtAnyGatewayWithTheSameKey() {
        String nonce = nonces.next("c1", "192.0.2.1");

        assertThat(new Nonces(new byte[] {1}, clock).check(nonce, "x", "192.0.2.1"))
                .isEqualTo(Age.CARRIED);
        assertThat(new Nonces(new byte[] {2}, clock).check(nonce, "x", "192.0.2.1"))
                .isEqualTo(Age.FOREIGN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "abc", "a.b.c", "zzzzzzzzzzzzzzzzzz.c1.x"})
    void refusesWhatIsNotItsOwn(String nonce) {
        assertThat(nonces.check(nonce, "c1", "192.0.2.1")).isEqualTo(Age.FOREIGN);
    }
}
