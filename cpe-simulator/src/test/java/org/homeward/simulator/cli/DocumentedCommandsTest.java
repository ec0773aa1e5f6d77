package org.homeward.simulator.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.homeward.simulator.CpeOptions;
import org.homeward.simulator.Pace;
import org.homeward.simulator.SimulatedCpe;
import org.homeward.simulator.acs.ScriptedAcs;
import org.homeward.simulator.acs.ScriptedAcs.Login;
import org.homeward.simulator.acs.script.AcsScript;
import org.homeward.simulator.acs.script.CpeTest;
import org.homeward.simulator.fleet.Fleet;
import org.homeward.simulator.http.SmallHttpServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A command shown in the docs is a command that works: each is run here, with few devices and in fast time. */
class DocumentedCommandsTest {
    private static final Path PROJECT = Path.of("..");
    private static final Path PAGE = PROJECT.resolve("docs/lab.md");
    private static final Pattern COMMAND = Pattern.compile("(?m)^\\./homeward sim (.+)$");
    private static final Pattern ACS_URL = Pattern.compile("ACS at (\\S+)");
    private static final String FEW = "3";

    @TempDir
    private Path folder;

    static List<String> commands() throws IOException {
        Matcher matcher = COMMAND.matcher(Files.readString(PAGE));
        List<String> commands = new ArrayList<>();
        while (matcher.find()) {
            commands.add(matcher.group(1));
        }
        return commands;
    }

    @Test
    void thePageShowsEveryKindOfCommand() throws IOException {
        assertThat(commands())
                .anyMatch(c -> c.startsWith("--acs"))
                .anyMatch(c -> c.contains("--transcript"))
                .anyMatch(c -> c.startsWith("acs "));
        assertThat(commands().stream()
                        .filter(c -> c.startsWith("scenario "))
                        .map(c -> c.split(" ")[1])
                        .distinct())
                .containsExactlyInAnyOrder("initialisation", "blackout", "reboot", "firmware");
    }

    @ParameterizedTest
    @MethodSource("commands")
    void everyCommandOfThePageWorks(String command) throws Exception {
        List<String> words = new ArrayList<>(
                Arrays.stream(command.split(" ")).map(w -> w.replace("\"", "")).toList());
        if (words.getFirst().equals("acs")) {
            testsACpe(words);
        } else {
            try (Acs acs = acsFor(words)) {
                replace(words, "--acs", acs.uri().toString());
                runs(words);
            }
        }
    }

    /** Whoever plays the ACS: for the scenarios that need orders, the script that the page names for them. */
    private interface Acs extends AutoCloseable {
        URI uri();

        @Override
        void close();
    }

    private static Acs acsFor(List<String> words) throws IOException {
        Path script = PROJECT.resolve("docs/lab/" + words.get(1) + ".yaml");
        if (words.getFirst().equals("scenario") && Files.exists(script)) {
            CpeTest test = CpeTest.start(
                    SmallHttpServer.loopback(0), Login.OPEN, Map.of(), AcsScript.read(script), 1_000, line -> {});
            return acs(test.uri(), test::close);
        }
        ScriptedAcs acs = ScriptedAcs.start();
        return acs(acs.uri(), acs::close);
    }

    private static Acs acs(URI uri, Runnable close) {
        return new Acs() {
            @Override
            public URI uri() {
                return uri;
            }

            @Override
            public void close() {
                close.run();
            }
        };
    }

    private void runs(List<String> words) throws IOException {
        replace(words, "--count", FEW);
        replace(words, "--spread", "0");
        replace(words, "--off", "1");
        replace(words, "--within", "1");
        replace(words, "--metrics-port", "0");
        replace(words, "--json", folder.resolve("run.json").toString());
        replace(words, "--transcript", session().toString());
        replace(words, "--duration", words.getFirst().equals("scenario") ? "60" : "1");
        if (!words.contains("--transcript") && !words.contains("--speed")) {
            words.addAll(List.of("--speed", "20"));
        }
        Terminal terminal = new Terminal();

        int code = terminal.run(words.toArray(String[]::new));

        assertThat(code).describedAs(terminal.out() + terminal.err()).isZero();
    }

    private static void testsACpe(List<String> words) throws Exception {
        int script = words.indexOf("--script") + 1;
        words.set(script, PROJECT.resolve(words.get(script)).toString());
        replace(words, "--devices", FEW);
        int devices = words.contains("--devices") ? Integer.parseInt(FEW) : 1;
        words.addAll(List.of("--port", "0"));
        Terminal acs = new Terminal();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            CompletableFuture<Integer> code =
                    CompletableFuture.supplyAsync(() -> acs.run(words.toArray(String[]::new)), threads);
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> ACS_URL.matcher(acs.err()).find());
            Matcher url = ACS_URL.matcher(acs.err());
            assertThat(url.find()).isTrue();
            URI uri = URI.create(url.group(1));
            CpeOptions fast = SimulatedCpe.builder(uri).pace(Pace.times(50)).options();
            try (Fleet fleet = Fleet.of(uri, devices).options(fast).start(Duration.ZERO)) {
                assertThat(code.get(60, TimeUnit.SECONDS))
                        .describedAs(acs.out())
                        .isZero();
                assertThat(fleet.devices()).hasSize(devices);
            }
        }
    }

    /** A session as the REST interface returns it. */
    private Path session() throws IOException {
        return Files.writeString(folder.resolve("session.json"), """
                {"id": "1f0c", "outcome": "completed", "messages": [
                  {"at": "2026-01-31T08:00:00Z", "direction": "cpeToAcs", "method": "Inform", "xml":
                   "<s:Envelope xmlns:s='http://schemas.xmlsoap.org/soap/envelope/' xmlns:cwmp='urn:dslforum-org:cwmp-1-0'><s:Header><cwmp:ID s:mustUnderstand='1'>1</cwmp:ID></s:Header><s:Body><cwmp:Inform><DeviceId><Manufacturer>M</Manufacturer><OUI>02A7C3</OUI><ProductClass>P</ProductClass><SerialNumber>S</SerialNumber></DeviceId></cwmp:Inform></s:Body></s:Envelope>"}
                ]}
                """);
    }

    private static void replace(List<String> words, String option, String value) {
        int at = words.indexOf(option);
        if (at >= 0) {
            words.set(at + 1, value);
        }
    }
}
