package org.homeward.gateway.auth;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NonceCountsTest {

    private final NonceCounts counts = new NonceCounts(2);

    @Test
    void countsRiseByNonce() {
        assertThat(counts.rises("a", "00000001")).isTrue();
        assertThat(counts.rises("b", "00000001")).isTrue();
        assertThat(counts.rises("a", "00000001")).isFalse();
        assertThat(counts.rises("a", "0000000a")).isTrue();
        assertThat(counts.rises("a", "00000009")).isFalse();
        assertThat(counts.rises("a", "00000010")).isTrue();
    }

    @Test
    void whatIsNoNumberIsGoodOnce() {
        assertThat(counts.rises("a", "one")).isTrue();
        assertThat(counts.rises("a", "two")).isFalse();
        assertThat(counts.rises("a", "")).isFalse();
    }

    @Test
    void forgetsTheOldestRatherThanGrow() {
        counts.rises("a", "1");
        counts.rises("b", "1");
        counts.rises("c", "1");
        assertThat(counts.rises("c", "1")).isFalse();
        assertThat(counts.rises("b", "1")).isFalse();
        assertThat(counts.rises("a", "1")).isTrue();
    }
}
