package org.homeward.simulator.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class LatencyHistogramTest {
    @Test
    void findsPercentilesWithinAFewPercent() {
        LatencyHistogram histogram = new LatencyHistogram();
        for (int i = 1; i <= 10_000; i++) {
            histogram.add(Duration.ofNanos(i * 100_000L));
        }

        assertThat(histogram.percentile(0.50).toMillis()).isBetween(490L, 535L);
        assertThat(histogram.percentile(0.99).toMillis()).isBetween(980L, 1_060L);
        assertThat(histogram.count()).isEqualTo(10_000);
    }

    @Test
    void knowsNothingBeforeTheFirst() {
        assertThat(new LatencyHistogram().percentile(0.99)).isZero();
    }
}
