package org.homeward.provisioning.plan.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class QuietTimeTest {

    /** Near its end, where adding to it runs over. */
    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 10);

    private final QuietTime quiet = new QuietTime(nanos::get);

    @Test
    void isOverAtFirst() {
        assertThat(quiet.isOver()).isTrue();
    }

    @Test
    void lastsAsLongAsSaid() {
        quiet.begin(Duration.ofSeconds(5));

        nanos.addAndGet(Duration.ofSeconds(5).toNanos() - 1);
        assertThat(quiet.isOver()).isFalse();

        nanos.incrementAndGet();
        assertThat(quiet.isOver()).isTrue();
    }
}
