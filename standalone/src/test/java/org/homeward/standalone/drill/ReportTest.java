package org.homeward.standalone.drill;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.homeward.standalone.drill.account.Finding;
import org.junit.jupiter.api.Test;

class ReportTest {

    private static final Outcome BALANCED = outcome("broker", List.of());
    private static final Outcome UNBALANCED =
            outcome("mongo", List.of(new Finding(Finding.Kind.LOST, "an Inform is gone")));
    private static final Outcome SKIPPED = Outcome.skipped("clock", "libfaketime is not installed");

    @Test
    void allThatRanAndBalancedIsASuccess() {
        assertThat(new Report(List.of(BALANCED)).exitCode(false)).isZero();
    }

    @Test
    void aFindingIsAFailureEvenWhereSkipsAreAllowed() {
        assertThat(new Report(List.of(BALANCED, UNBALANCED, SKIPPED)).exitCode(true))
                .isEqualTo(1);
    }

    @Test
    void aDrillThatCouldNotRunIsNoSuccess() {
        assertThat(new Report(List.of(BALANCED, SKIPPED)).exitCode(false)).isEqualTo(3);
    }

    @Test
    void aDrillThatCouldNotRunIsNoFailureToWhoSaysSo() {
        assertThat(new Report(List.of(BALANCED, SKIPPED)).exitCode(true)).isZero();
    }

    @Test
    void saysLoudlyWhatCouldNotRunAndWhy() {
        assertThat(printed(new Report(List.of(BALANCED, SKIPPED)), false))
                .contains("clock     DID NOT RUN: libfaketime is not installed", "NOT ALL DRILLS RAN: [clock]")
                .doesNotContain("All accounts balance.");
    }

    private static String printed(Report report, boolean allowSkips) {
        var bytes = new ByteArrayOutputStream();
        report.print(new PrintStream(bytes, true, StandardCharsets.UTF_8), allowSkips);
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private static Outcome outcome(String drill, List<Finding> findings) {
        return new Outcome(drill, "done", 10, 10, Map.of("succeeded", 1), Map.of(), findings, 1.0, "");
    }
}
