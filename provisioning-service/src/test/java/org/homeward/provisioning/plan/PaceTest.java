package org.homeward.provisioning.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class PaceTest {

    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
    private final Pace pace = new Pace(20);

    @Test
    void whoAsksFirstNeedNotWaitAndOthersFollowEvenly() {
        assertThat(pace.next(NOW)).isEqualTo(NOW);
        assertThat(pace.next(NOW)).isEqualTo(NOW.plusMillis(50));
        assertThat(pace.next(NOW)).isEqualTo(NOW.plusMillis(100));
    }

    @Test
    void turnsThatNobodyTookAreGone() {
        pace.next(NOW);

        assertThat(pace.next(NOW.plusSeconds(60))).isEqualTo(NOW.plusSeconds(60));
        assertThat(pace.next(NOW.plusSeconds(60))).isEqualTo(NOW.plusSeconds(60).plusMillis(50));
    }

    @Test
    void aClockThatIsSetBackMakesNobodyWaitForIt() {
        pace.next(NOW.plus(Duration.ofDays(30)));

        assertThat(pace.next(NOW)).isEqualTo(NOW);
    }
}
