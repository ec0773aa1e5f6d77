package org.homeward.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.homeward.simulator.acs.ScriptedAcs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MainTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int run(String... args) throws InterruptedException {
        return Main.run(
                List.of(args),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
    }

    @Test
    void runsEveryDeviceOnceAndShowsATable() throws Exception {
        try (ScriptedAcs acs = ScriptedAcs.start()) {
            int code = run("--acs", acs.uri().toString(), "--count", "20", "--once", "--spread", "0");

            assertThat(code).isZero();
            assertThat(out.toString(StandardCharsets.UTF_8)).containsPattern("sessions\\s+20\\b");
            assertThat(acs.heard("Inform")).hasSize(20);
        }
    }

    @Test
    void exitsWithOneWhenSessionsFailed() throws Exception {
        try (ScriptedAcs acs = ScriptedAcs.start(ScriptedAcs.Login.DIGEST_MD5, Map.of("user", "secret"))) {
            int code = run("--acs", acs.uri().toString(), "--once", "--json");

            assertThat(code).isEqualTo(1);
            assertThat(out.toString(StandardCharsets.UTF_8))
                    .contains("\"type\":\"summary\"", "\"failed\":1", "HTTP 401 to Inform");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "--acs",
                "--acs nowhere",
                "--acs http://127.0.0.1/ --count many",
                "--acs http://127.0.0.1/ --count 0",
                "--acs http://127.0.0.1/ --model /no/such/file.csv",
                "--acs http://127.0.0.1/ --faster"
            })
    void explainsWrongUsage(String line) throws Exception {
        int code = run(line.isEmpty() ? new String[0] : line.split(" "));

        assertThat(code).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8)).startsWith("sim: ").contains("usage: sim --acs URL");
    }
}
