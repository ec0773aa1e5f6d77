package org.homeward.registry.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.homeward.contracts.DeviceKey;
import org.homeward.registry.inventory.Silence.LookAgain;
import org.homeward.registry.inventory.Silence.Offline;
import org.junit.jupiter.api.Test;

class SilenceTest {

    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    private static final Duration GRACE = Duration.ofMinutes(2);
    private final Silence silence = new Silence(DeviceKey.parse("default/00AABB-1"), NOON, Duration.ofMinutes(10));

    @Test
    void aDeviceIsOfflineAfterItsIntervalsAndTheGrace() {
        assertThat(silence.judge(3, GRACE, NOON.minusSeconds(9999), NOON.plus(Duration.ofMinutes(32))))
                .isInstanceOf(Offline.class);
    }

    @Test
    void untilThenItIsLookedAtAgainExactlyWhenItIsDue() {
        assertThat(silence.judge(3, GRACE, NOON.minusSeconds(9999), NOON.plus(Duration.ofMinutes(31))))
                .isEqualTo(new LookAgain(silence, NOON.plus(Duration.ofMinutes(32))));
    }

    @Test
    void anOutageOfOursIsNotItsSilence() {
        Instant backAgain = NOON.plus(Duration.ofHours(5));

        assertThat(silence.judge(3, GRACE, backAgain, backAgain.plus(Duration.ofMinutes(31))))
                .isInstanceOf(LookAgain.class);
    }

    @Test
    void eventsHandledLateMeanThatSilenceCountsFromNow() {
        var hearing = new Hearing(NOON, Duration.ofMinutes(2), 20);

        hearing.heard(NOON.plusSeconds(10), NOON.plus(Duration.ofHours(1)));

        assertThat(hearing.since()).isEqualTo(NOON.plus(Duration.ofHours(1)));
    }

    @Test
    void eventsHandledInTimeDoNot() {
        var hearing = new Hearing(NOON, Duration.ofMinutes(2), 20);

        aGatewayIsThere(hearing, NOON, NOON.plus(Duration.ofHours(1)));
        hearing.heard(NOON.plusSeconds(3599), NOON.plus(Duration.ofHours(1)));

        assertThat(hearing.since()).isEqualTo(NOON);
    }

    @Test
    void aCrowdThatFallsSilentWhileNothingIsHeardIsOurOwnDeafness() {
        var hearing = new Hearing(NOON, Duration.ofMinutes(2), 20);
        Instant later = NOON.plus(Duration.ofHours(1));

        aGatewayIsThere(hearing, NOON, later);
        assertThat(hearing.isDeaf(25, later)).isTrue();
        hearing.heard(later.plusSeconds(60), later.plusSeconds(60));

        assertThat(hearing.isDeaf(0, later.plusSeconds(61))).isFalse();
        assertThat(hearing.since()).isEqualTo(later.plusSeconds(60));
    }

    @Test
    void aFewDevicesMayFallSilentOnTheirOwn() {
        var hearing = new Hearing(NOON, Duration.ofMinutes(2), 20);
        aGatewayIsThere(hearing, NOON, NOON.plus(Duration.ofHours(1)));

        assertThat(hearing.isDeaf(3, NOON.plus(Duration.ofHours(1)))).isFalse();
        assertThat(hearing.since()).isEqualTo(NOON);
    }

    @Test
    void nobodyIsSilentWhileNoGatewayIsThereToHearThem() {
        var hearing = new Hearing(NOON, Duration.ofMinutes(2), 20);

        assertThat(hearing.isDeaf(1, NOON.plus(Duration.ofHours(1)))).isTrue();
    }

    @Test
    void afterGatewaysWereAwayForLongerThanTheIntervalEveryDeviceHasItsTimeAgain() {
        var hearing = new Hearing(NOON, Duration.ofMinutes(2), 20);
        Instant back = NOON.plus(Duration.ofHours(5));

        aGatewayIsThere(hearing, back, back.plus(Duration.ofHours(2)));

        assertThat(hearing.since()).isEqualTo(back);
        assertThat(silence.judge(3, GRACE, hearing.since(), back.plus(Duration.ofMinutes(31))))
                .isEqualTo(new LookAgain(silence, back.plus(Duration.ofMinutes(32))));
        assertThat(silence.judge(3, GRACE, hearing.since(), back.plus(Duration.ofMinutes(32))))
                .isInstanceOf(Offline.class);
    }

    @Test
    void theFirstInformAfterAnOutageBeginsSilenceAnewWhereNobodyKnowsOfGateways() {
        var hearing = new Hearing(NOON, Duration.ofMinutes(2), 20);
        Instant back = NOON.plus(Duration.ofHours(5));

        hearing.heard(back, back);

        assertThat(hearing.since()).isEqualTo(back);
    }

    /** Seen every quarter of a minute. */
    private static void aGatewayIsThere(Hearing hearing, Instant from, Instant until) {
        for (Instant at = from; !at.isAfter(until); at = at.plusSeconds(15)) {
            hearing.gatewaysAreThere(at);
        }
    }
}
