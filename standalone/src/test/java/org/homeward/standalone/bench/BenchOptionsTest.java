package org.homeward.standalone.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import java.util.List;
import org.homeward.standalone.bench.BenchOptions.Scenario;
import org.junit.jupiter.api.Test;

class BenchOptionsTest {

    @Test
    void sessionsAreMeasuredInAllScenariosUnlessSomeAreNamed() {
        assertThat(BenchOptions.parse(List.of("session")).scenarios())
                .containsExactly(Scenario.FIRST, Scenario.STEADY, Scenario.ORDER);
        assertThat(BenchOptions.parse(List.of()).scenarios()).containsExactly(Scenario.values());
        assertThat(BenchOptions.parse(List.of("scale")).scenarios()).containsExactly(Scenario.STEADY, Scenario.SCALE);
        assertThat(BenchOptions.parse(List.of("session", "steady")).scenarios()).containsExactly(Scenario.STEADY);
    }

    @Test
    void anotherAcsNeedsProcessesToWatchAndHasNoOrders() {
        // When
        BenchOptions options = BenchOptions.parse(List.of("--acs", "http://127.0.0.1:7547/", "--watch", "12,34"));

        // Then
        assertThat(options.acs()).isEqualTo(URI.create("http://127.0.0.1:7547/"));
        assertThat(options.watch()).containsExactly(12L, 34L);
        assertThat(options.scenarios()).doesNotContain(Scenario.ORDER);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BenchOptions.parse(List.of("--acs", "http://127.0.0.1/")))
                .withMessageContaining("--watch");
    }

    @Test
    void whatIsNotUnderstoodIsSaid() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BenchOptions.parse(List.of("--devices", "many")))
                .withMessageContaining("--devices needs a whole number from 1, not many");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BenchOptions.parse(List.of("tea")))
                .withMessageContaining("there is no tea");
    }
}
