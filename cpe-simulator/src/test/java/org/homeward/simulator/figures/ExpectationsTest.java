package org.homeward.simulator.figures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.homeward.simulator.figures.RunFigures.MilestoneFigures;
import org.homeward.simulator.fleet.FleetStats.Latency;
import org.homeward.simulator.fleet.FleetStats.Snapshot;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExpectationsTest {
    private static final Latency LATENCY = latency(10, 200, 480);

    /** 100 sessions in 20 s: 90 ok, 4 failed, 6 refused; 9 of 10 devices through. */
    static final RunFigures RUN = new RunFigures(
            "blackout",
            10,
            Duration.ofSeconds(20),
            new Snapshot(100, 4, 6, 8, 2, 3, Map.of("Reboot", 7L), Map.of("HTTP 503 to Inform", 6L), LATENCY, LATENCY),
            List.of(new MilestoneFigures("back", 9, LATENCY)));

    private static Latency latency(int p50, int p95, int p99) {
        return new Latency(
                100, Duration.ofSeconds(2), Duration.ofMillis(p50), Duration.ofMillis(p95), Duration.ofMillis(p99));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ok=90",
                "failed<5",
                "refused<=6%",
                "retries>=8",
                "sessions>99",
                "rate=5",
                "rpcs=7",
                "faults<=3",
                "reached=90%",
                "reached=9",
                "p99<500ms",
                "p99<0.5s",
                "answer-p50<=10ms",
                "ok>=90%, failed<=4%,p95<1s"
            })
    void areMet(String text) {
        assertThat(Expectations.parse(text).missedBy(RUN)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "failed=0     | expected failed=0, but failed is 4",
                "refused<5%   | expected refused<5%, but refused is 6%",
                "reached=100% | expected reached=100%, but reached is 90%",
                "p99<100ms    | expected p99<100ms, but p99 is 480ms"
            })
    void areMissedWithAReason(String text, String reason) {
        assertThat(Expectations.parse(text).missedBy(RUN)).containsExactly(reason);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''           | is no expectation",
                "failed       | is no expectation",
                "failed=none  | is no expectation",
                "failed=0,    | is no expectation",
                "luck>3       | there is no figure 'luck'; there are sessions, ok, failed",
                "p99<5        | write its bound with ms or s",
                "failed<5ms   | write its bound without ms or s",
                "rpcs<5%      | no percentage"
            })
    void areRefusedWithAReason(String text, String reason) {
        assertThatThrownBy(() -> Expectations.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(reason);
    }

    @Test
    void aTimeOfNothingIsNoTime() {
        Latency none = new Latency(0, Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO);
        RunFigures nothing = new RunFigures(
                "fleet", 1, Duration.ZERO, new Snapshot(0, 0, 0, 0, 0, 0, Map.of(), Map.of(), none, none), List.of());

        assertThat(Expectations.parse("p99<500ms,ok>=99%").missedBy(nothing))
                .containsExactly(
                        "expected p99<500ms, but no session ended",
                        "expected ok>=99%, but there was nothing to take a share of");
    }
}
