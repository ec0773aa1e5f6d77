package org.homeward.gateway.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlanLagTest {

    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
    private final PlanLag lag = new PlanLag(Duration.ofSeconds(3));

    private static byte[] inform(String event) {
        return ("<Inform><EventCode>" + event + "</EventCode></Inform>").getBytes(StandardCharsets.UTF_8);
    }

    private void late() {
        for (int i = 0; i < 50; i++) {
            lag.awaited();
            lag.measured(Duration.ofSeconds(5), NOW);
        }
    }

    @Test
    void admitsEverybodyWhilePlansComeInTime() {
        lag.measured(Duration.ofMillis(5), NOW);

        assertThat(lag.admits(inform("2 PERIODIC"), NOW)).isTrue();
    }

    @Test
    void turnsAwayWhomNobodyWaitsForWhilePlansAreLateButForTenASecond() {
        late();

        assertThat(lag.admits(inform("2 PERIODIC"), NOW)).as("to find out").isTrue();
        assertThat(lag.admits(inform("2 PERIODIC"), NOW.plusMillis(50))).isFalse();
        assertThat(lag.admits(inform("2 PERIODIC"), NOW.plusMillis(101))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"6 CONNECTION REQUEST", "6 connection request", "7 TRANSFER COMPLETE", "8 DIAGNOSTICS COMPLETE"})
    void alwaysAdmitsWhomSomebodyWaitsFor(String event) {
        late();

        for (int i = 0; i < 10; i++) {
            assertThat(lag.admits(inform(event), NOW)).isTrue();
        }
    }

    private void waiting(int sessions) {
        for (int i = 0; i < sessions; i++) {
            lag.awaited();
        }
    }

    @Test
    void turnsNewBoxesAwayAsWellForTheyComeAgain() {
        late();
        lag.admits(inform("2 PERIODIC"), NOW);

        assertThat(lag.admits(inform("0 BOOTSTRAP"), NOW)).isFalse();
    }

    @Test
    void aRushIsSeenBeforeAnybodyHasWaitedLong() {
        waiting(100);
        assertThat(lag.admits(inform("0 BOOTSTRAP"), NOW)).isTrue();
        waiting(1);

        assertThat(lag.admits(inform("0 BOOTSTRAP"), NOW)).as("to find out").isTrue();
        assertThat(lag.admits(inform("0 BOOTSTRAP"), NOW)).isFalse();
        assertThat(lag.admits(inform("6 CONNECTION REQUEST"), NOW)).isTrue();
    }

    @Test
    void moreMayWaitWhereMoreAreServed() {
        Instant now = NOW;
        for (int millis = 0; millis < 20_000; millis++) {
            now = NOW.plusMillis(millis);
            lag.awaited();
            lag.measured(Duration.ofMillis(5), now);
        }
        waiting(2_500);

        assertThat(lag.admits(inform("2 PERIODIC"), now)).as("1,000 a second").isTrue();
        assertThat(lag.admits(inform("2 PERIODIC"), now)).isTrue();

        Instant silent = now.plusSeconds(5);
        assertThat(lag.admits(inform("2 PERIODIC"), silent)).as("to find out").isTrue();
        assertThat(lag.admits(inform("2 PERIODIC"), silent)).isFalse();
    }

    @Test
    void whoLeavesWaitsNoMore() {
        waiting(101);
        lag.left();

        assertThat(lag.admits(inform("2 PERIODIC"), NOW)).isTrue();
        assertThat(lag.admits(inform("2 PERIODIC"), NOW)).isTrue();
    }

    @Test
    void recovers() {
        late();
        for (int i = 0; i < 50; i++) {
            lag.measured(Duration.ofMillis(5), NOW);
        }

        assertThat(lag.admits(inform("2 PERIODIC"), NOW)).isTrue();
        assertThat(lag.admits(inform("2 PERIODIC"), NOW)).isTrue();
    }

    @Test
    void admitsEverybodyAgainASecondAfterTheBacklogIsGone() {
        late();
        for (int millis = 100; millis <= 1_000; millis += 100) {
            lag.measured(Duration.ofMillis(5), NOW.plusMillis(millis));
        }

        Instant then = NOW.plusMillis(1_000);
        assertThat(lag.admits(inform("2 PERIODIC"), then)).isTrue();
        assertThat(lag.admits(inform("2 PERIODIC"), then)).isTrue();
    }

    @Test
    void forgetsWhatItMeasuredLongAgo() {
        late();
        Instant later = NOW.plusSeconds(60);

        assertThat(lag.admits(inform("2 PERIODIC"), later)).isTrue();
        assertThat(lag.admits(inform("2 PERIODIC"), later)).isTrue();
    }

    @Test
    void aClockThatIsSetBackLeavesNothingOfWhatWasMeasuredBefore() {
        late();
        assertThat(lag.admits(inform("2 PERIODIC"), NOW)).as("to find out").isTrue();

        Instant setBack = NOW.minusSeconds(900);

        assertThat(lag.admits(inform("2 PERIODIC"), setBack)).isTrue();
        assertThat(lag.admits(inform("2 PERIODIC"), setBack)).isTrue();
    }
}
