package org.homeward.kit.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EagerFlushTest {

    @Test
    void flushesAfterASendWhileFewCome() throws InterruptedException {
        Semaphore flushes = new Semaphore(0);
        try (EagerFlush flush = new EagerFlush(300, flushes::release)) {
            flush.sent();

            assertThat(flushes.tryAcquire(30, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void isEasyUpToTheLimit() {
        EagerFlush.Pace pace = new EagerFlush.Pace(300, 0);

        assertThat(IntStream.range(0, 1_000).mapToObj(i -> pace.isEasy(millis(i * 4))))
                .containsOnly(true);
    }

    @Test
    void isNotEasyBeyondTheLimitBeyondTheFirstWindow() {
        EagerFlush.Pace pace = new EagerFlush.Pace(300, 0);
        IntStream.range(0, 200).forEach(i -> pace.isEasy(millis(i)));

        assertThat(IntStream.range(200, 1_000).mapToObj(i -> pace.isEasy(millis(i))))
                .containsOnly(false);
    }

    @Test
    void isEasyAgainAfterARest() {
        EagerFlush.Pace pace = new EagerFlush.Pace(300, 0);
        IntStream.range(0, 1_000).forEach(i -> pace.isEasy(millis(i)));

        assertThat(pace.isEasy(millis(1_500))).isTrue();
    }

    @Test
    void isNeverEasyWithALimitOfNone() {
        assertThat(new EagerFlush.Pace(0, 0).isEasy(millis(1))).isFalse();
    }

    private static long millis(long millis) {
        return Duration.ofMillis(millis).toNanos();
    }
}
