package org.homeward.provisioning.selfcare;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.stream.IntStream;
import org.homeward.contracts.TenantId;
import org.junit.jupiter.api.Test;

class AllowanceTest {

    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
    private static final Owner ANN = new Owner(TenantId.DEFAULT, "ann");
    private static final Owner BOB = new Owner(TenantId.DEFAULT, "bob");

    private final Allowance allowance = new Allowance(20);

    private void spend() {
        IntStream.range(0, 20)
                .forEach(call -> assertThat(allowance.take(ANN, NOW)).isEmpty());
    }

    @Test
    void whoHasSpentAllIsToldWhenThereIsMore() {
        spend();

        assertThat(allowance.take(ANN, NOW)).contains(Duration.ofSeconds(3));
        assertThat(allowance.take(BOB, NOW)).isEmpty();
    }

    @Test
    void itFillsSteadily() {
        spend();

        assertThat(allowance.take(ANN, NOW.plusSeconds(3))).isEmpty();
        assertThat(allowance.take(ANN, NOW.plusSeconds(4))).isPresent();
    }

    @Test
    void aClockThatIsSetBackTakesNothingAway() {
        spend();

        assertThat(allowance.take(ANN, NOW.minusSeconds(60))).contains(Duration.ofSeconds(3));
    }
}
