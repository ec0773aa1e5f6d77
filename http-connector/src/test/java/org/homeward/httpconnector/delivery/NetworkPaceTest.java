package org.homeward.httpconnector.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class NetworkPaceTest {

    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private long now;
    private final NetworkPace pace = new NetworkPace(10, () -> now);

    private Duration waitFor(String address) {
        return pace.take(InetAddress.ofLiteral(address), PATIENCE).orElseThrow();
    }

    @Test
    void letsASecondsWorthGoAtOnceAndTheRestOneAfterAnother() {
        for (int i = 1; i <= 10; i++) {
            assertThat(waitFor("192.0.2." + i)).isZero();
        }
        assertThat(waitFor("192.0.2.11")).isEqualTo(Duration.ofMillis(100));
        assertThat(waitFor("192.0.2.12")).isEqualTo(Duration.ofMillis(200));
    }

    @Test
    void turnsAwayWhoseTurnWouldComeTooLateAndTakesNoPlaceForIt() {
        for (int i = 0; i < 30; i++) {
            waitFor("192.0.2.1");
        }
        assertThat(pace.take(InetAddress.ofLiteral("192.0.2.1"), PATIENCE)).isEmpty();

        now += Duration.ofMillis(100).toNanos();

        assertThat(waitFor("192.0.2.1")).isEqualTo(PATIENCE);
    }

    @Test
    void letsOtherNetworksGo() {
        for (int i = 0; i < 30; i++) {
            waitFor("2001:db8:1::" + i);
        }

        assertThat(waitFor("2001:db8:2::1")).isZero();
    }

    @Test
    void forgetsWhatLiesBack() {
        for (int i = 0; i < 30; i++) {
            waitFor("192.0.2.1");
        }
        now += Duration.ofSeconds(3).toNanos();

        assertThat(waitFor("192.0.2.1")).isZero();
    }

    @Test
    void holdsNobodyBackOnItsOwnHost() {
        for (int i = 0; i < 1_000; i++) {
            assertThat(waitFor("127.0.0.1")).isZero();
        }
    }
}
