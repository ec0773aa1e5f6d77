package org.homeward.provisioning.plan.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.homeward.provisioning.plan.Effect;
import org.homeward.provisioning.plan.Transport;
import org.junit.jupiter.api.Test;

class NeighboursTest {

    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

    private final Neighbours neighbours = new Neighbours();

    private void learn(String address, boolean worked, int times) {
        for (int i = 0; i < times; i++) {
            neighbours.learn(new Effect.Learned(address, Transport.STUN, worked), NOW);
        }
    }

    private int hope(String address) {
        return neighbours.hope(address, Transport.STUN, NOW);
    }

    @Test
    void nothingIsKnownAtFirst() {
        assertThat(hope("192.0.2.7")).isEqualTo(5);
    }

    @Test
    void whatWorksForSomeIsHopedForByAllOfTheirNetwork() {
        learn("192.0.2.7", true, 8);
        assertThat(hope("192.0.2.200")).isGreaterThan(8);
        assertThat(hope("192.0.3.7")).isEqualTo(5);
    }

    @Test
    void aNetworkOfIpv6HasFortyEightBits() {
        learn("2001:db8:1:2::7", false, 8);
        assertThat(hope("2001:db8:1:ff::1")).isLessThan(2);
        assertThat(hope("2001:db8:2::1")).isEqualTo(5);
    }

    @Test
    void oneWayTeachesNothingOfAnother() {
        learn("192.0.2.7", true, 8);
        assertThat(neighbours.hope("192.0.2.7", Transport.HTTP, NOW)).isEqualTo(5);
    }

    @Test
    void whatWasSeenLastWeighsMost() {
        learn("192.0.2.7", true, 20);
        learn("192.0.2.7", false, 5);
        assertThat(hope("192.0.2.7")).isLessThan(5);
    }

    @Test
    void itFades() {
        learn("192.0.2.7", true, 20);
        assertThat(neighbours.hope("192.0.2.7", Transport.STUN, NOW.plus(Duration.ofDays(3))))
                .isEqualTo(5);
    }

    @Test
    void theNetworksRememberedAreBounded() {
        for (int i = 0; i < 12_000; i++) {
            learn("10." + i / 250 + "." + i % 250 + ".1", true, 1);
        }
        assertThat(neighbours.size()).isEqualTo(10_000);
    }

    @Test
    void anAddressThatIsNoneIsANetworkOfItsOwn() {
        learn("", false, 3);
        assertThat(hope("192.0.2.7")).isEqualTo(5);
    }
}
