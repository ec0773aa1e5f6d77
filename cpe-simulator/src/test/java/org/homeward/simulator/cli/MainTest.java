package org.homeward.simulator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.file.Path;
import java.util.Map;
import org.homeward.simulator.acs.Rpcs;
import org.homeward.simulator.acs.ScriptedAcs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MainTest {
    private final Terminal terminal = new Terminal();

    @TempDir
    private Path folder;

    @Test
    void runsEveryDeviceOnceAndShowsATable() {
        try (ScriptedAcs acs = ScriptedAcs.start()) {
            int code = terminal.run("--acs", acs.uri().toString(), "--count", "20", "--once", "--spread", "0");

            assertThat(code).isZero();
            assertThat(terminal.out()).containsPattern("sessions\\s+20\\b");
            assertThat(acs.heard("Inform")).hasSize(20);
        }
    }

    @Test
    void exitsWithOneAndSaysWhyWhenSessionsFailed() {
        try (ScriptedAcs acs = ScriptedAcs.start(ScriptedAcs.Login.DIGEST_MD5, Map.of("user", "secret"))) {
            int code = terminal.run("--acs", acs.uri().toString(), "--once");

            assertThat(code).isEqualTo(1);
            assertThat(terminal.out()).contains("HTTP 401 to Inform");
            assertThat(terminal.err()).contains("expected failed=0, but failed is 1");
        }
    }

    @Test
    void leavesTheVerdictToWhatIsExpected() {
        try (ScriptedAcs acs = ScriptedAcs.start(ScriptedAcs.Login.DIGEST_MD5, Map.of("user", "secret"))) {
            int code = terminal.run("--acs", acs.uri().toString(), "--once", "--expect", "failed=100%,ok=0");

            assertThat(code).isZero();
        }
    }

    @Test
    void writesTheFiguresAsJson() throws Exception {
        Path file = folder.resolve("run.json");
        try (ScriptedAcs acs = ScriptedAcs.start()) {
            acs.ask(Rpcs.getRpcMethods());

            terminal.run("--acs", acs.uri().toString(), "--once", "--expect", "ok=2", "--json", file.toString());

            JsonNode json = JsonMapper.builder().build().readTree(file.toFile());
            assertThat(json.path("ok").asInt()).isEqualTo(1);
            assertThat(json.at("/rpcs/GetRPCMethods").asInt()).isEqualTo(1);
            assertThat(json.at("/sessionMs/p99").asDouble()).isPositive();
            assertThat(json.path("asExpected").asBoolean()).isFalse();
            assertThat(json.at("/missed/0").asText()).isEqualTo("expected ok=2, but ok is 1");
        }
    }

    @Test
    void printsNothingButJsonWhereJsonIsWanted() throws Exception {
        try (ScriptedAcs acs = ScriptedAcs.start()) {
            terminal.run("--acs", acs.uri().toString(), "--once", "--json", "-");

            assertThat(JsonMapper.builder()
                            .build()
                            .readTree(terminal.out())
                            .path("sessions")
                            .asInt())
                    .isEqualTo(1);
        }
    }

    @Test
    void drawsOverItselfOnATerminalOnly() {
        try (ScriptedAcs acs = ScriptedAcs.start()) {
            terminal.run(true, "--acs", acs.uri().toString(), "--count", "3", "--spread", "1", "--once");

            assertThat(terminal.err()).contains("in session", "\033[");
            assertThat(terminal.out()).doesNotContain("\033[");
        }
    }

    @Test
    void drawsTheSameMisbehavingDevicesFromTheSameSeed() {
        try (ScriptedAcs acs = ScriptedAcs.start()) {
            String[] words = {
                "--acs",
                acs.uri().toString(),
                "--count",
                "30",
                "--spread",
                "0",
                "--once",
                "--misbehave",
                "no-cookies=30%"
            };

            int code = terminal.run(words);

            assertThat(code).isZero();
            assertThat(acs.heard("Inform")).hasSize(30);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "                                                              | --acs",
                "--acs                                                         | --acs",
                "--acs nowhere                                                 | --acs",
                "--acs http://127.0.0.1/ --count many                          | --count",
                "--acs http://127.0.0.1/ --count 0                             | --count",
                "--acs http://127.0.0.1/ --model /no/such/file.csv             | --model",
                "--acs http://127.0.0.1/ --faster                              | --faster",
                "--acs http://127.0.0.1/ --speed 0                             | --speed",
                "--acs http://127.0.0.1/ --interval soon                       | --interval",
                "--acs http://127.0.0.1/ --misbehave sloow=5%                  | --misbehave",
                "--acs http://127.0.0.1/ --firmware slow=5%                    | --firmware",
                "--acs http://127.0.0.1/ --expect p99=fast                     | --expect",
                "--acs http://127.0.0.1/ --scenario apocalypse                 | --scenario",
                "--acs http://127.0.0.1/ --scenario reboot --once              | --once",
                "--acs http://127.0.0.1/ --off 5                               | --off",
                "--acs http://127.0.0.1/ --metrics-port 70000                  | --metrics-port",
                "--acs http://127.0.0.1/ --transcript /no/such/file            | --transcript",
                "scenario                                                      | NAME",
                "scenario apocalypse --acs http://127.0.0.1/                   | apocalypse",
                "scenario reboot                                               | --acs",
                "scenario reboot --acs http://127.0.0.1/ --within 5            | --within",
                "scenario reboot --acs http://127.0.0.1/ --value A=1           | --value",
                "acs                                                           | --script",
                "acs --script /no/such/file                                    | --script",
                "acs --login none                                              | --login"
            })
    void refusesWrongUsageAndNamesTheOption(String line, String named) {
        int code = terminal.run(line == null ? new String[0] : line.split(" "));

        assertThat(code).isEqualTo(2);
        assertThat(terminal.err()).startsWith("sim: ").contains(named).contains("--help");
        assertThat(terminal.out()).isEmpty();
    }

    @Test
    void saysWhichPortIsTaken() {
        try (ScriptedAcs acs = ScriptedAcs.start()) {
            String taken = Integer.toString(acs.uri().getPort());

            int code = terminal.run("--acs", acs.uri().toString(), "--metrics-port", taken);

            assertThat(code).isEqualTo(2);
            assertThat(terminal.err()).contains("cannot listen on port " + taken);
        }
    }
}
