package org.homeward.standalone.bench.cpe;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.homeward.standalone.bench.cpe.Calls.Call;
import org.homeward.standalone.bench.cpe.Calls.End;
import org.junit.jupiter.api.Test;

class HomecomingTest {

    private final LoadCpe cpe = new LoadCpe("T", 1, "127.0.0.1:9");
    private final Homecoming homecoming = new Homecoming(List.of(cpe), OnceEach.FIRST, Duration.ZERO, 1);

    @Test
    void whoeverIsRefusedComesAgainAsTheTableHasIt() {
        // Given
        long now = System.nanoTime();
        Call first = homecoming.next(now);
        assertThat(first).isNotNull();
        cpe.failed();

        // When
        homecoming.ended(first, End.REFUSED, now);

        // Then
        assertThat(homecoming.next(now + Duration.ofMillis(4_999).toNanos())).isNull();
        assertThat(homecoming.isOver(now)).isFalse();
        Call second = homecoming.next(now + Duration.ofSeconds(10).toNanos());
        assertThat(second).isNotNull();
        assertThat(second.due() - now)
                .isBetween(
                        Duration.ofSeconds(5).toNanos(), Duration.ofSeconds(10).toNanos());
    }

    @Test
    void itIsOverWhenEverybodyWasServed() {
        // Given
        long now = System.nanoTime();
        Call call = homecoming.next(now);
        assertThat(call).isNotNull();
        assertThat(homecoming.isOver(now)).isFalse();

        // When
        homecoming.ended(call, End.SERVED, now);

        // Then
        assertThat(homecoming.isOver(now)).isTrue();
        assertThat(homecoming.home()).isEqualTo(1);
    }
}
