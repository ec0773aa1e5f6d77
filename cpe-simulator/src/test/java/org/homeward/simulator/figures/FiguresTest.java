package org.homeward.simulator.figures;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class FiguresTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final PrintStream print = new PrintStream(out, true, StandardCharsets.UTF_8);

    private String shown() {
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void prometheusGetsEveryFigureWithItsType() {
        assertThat(PrometheusText.of(ExpectationsTest.RUN))
                .contains(
                        "# TYPE homeward_sim_sessions_total counter\n",
                        "homeward_sim_sessions_total{outcome=\"ok\"} 90\n",
                        "homeward_sim_sessions_total{outcome=\"refused\"} 6\n",
                        "homeward_sim_rpcs_total{method=\"Reboot\"} 7\n",
                        "homeward_sim_session_seconds{quantile=\"0.99\"} 0.480000\n",
                        "homeward_sim_session_seconds_count 100\n",
                        "homeward_sim_reached{milestone=\"back\"} 9\n")
                .matches("(?s)((# (HELP|TYPE) .*?|[a-z_]+(\\{[^}]*})? [0-9.]+)\n)+");
    }

    @Test
    void aTerminalShowsOneBlockThatIsDrawnOverItself() {
        Display display = new Display(print, true);

        display.tick(ExpectationsTest.RUN);
        display.tick(ExpectationsTest.RUN);

        assertThat(shown())
                .contains("refused (503) 6", "in session 2", "[#####################---] 9  back")
                .containsOnlyOnce("\033[6A\033[J");
    }

    @Test
    void aFileGetsPlainLines() {
        Display display = new Display(print, false);

        display.tick(ExpectationsTest.RUN);
        display.tick(ExpectationsTest.RUN);
        display.clear();

        assertThat(shown().lines())
                .singleElement()
                .asString()
                .contains("100 sessions", "ok 90", "refused 6", "back 9")
                .doesNotContain("\033");
    }

    @Test
    void theTableNamesWhatWentWrong() {
        assertThat(Display.summary(ExpectationsTest.RUN)).contains("not ok 6 times: HTTP 503 to Inform", "9 of 10");
    }
}
