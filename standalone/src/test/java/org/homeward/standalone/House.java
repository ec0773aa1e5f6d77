package org.homeward.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.homeward.backends.process.Ports;

/** Drives {@code ./homeward} from outside, as a person would. */
final class House {

    static final Path PROJECT = Path.of(System.getProperty("homeward.project", ".."))
            .toAbsolutePath()
            .normalize();

    private final HttpClient http = HttpClient.newHttpClient();
    private final PortPlan ports;
    private final Path data;
    private final Path terminal;
    private final Process process;

    private House(PortPlan ports, Path data, Path terminal, Process process) {
        this.ports = ports;
        this.data = data;
        this.terminal = terminal;
        this.process = process;
    }

    /** Ports that nobody uses; below those that the system gives to outgoing connections, which come and go. */
    static PortPlan freePorts() {
        return IntStream.generate(() -> ThreadLocalRandom.current().nextInt(1_000, 5_700))
                .mapToObj(PortPlan::new)
                .filter(plan -> plan.all().stream().allMatch(Ports::isFree)
                        && plan.allUdp().stream().allMatch(Ports::isFreeUdp))
                .findFirst()
                .orElseThrow();
    }

    /** Starts it without waiting. */
    static House up(PortPlan ports, Path data, String... more) throws IOException {
        return up(Map.of(), ports, data, more);
    }

    /** The same with these variables in its environment. */
    static House up(Map<String, String> environment, PortPlan ports, Path data, String... more) throws IOException {
        var terminal = Files.createTempFile("homeward-terminal-", ".txt");
        var command = new ArrayList<>(
                List.of(script(), "up", "--port-offset", String.valueOf(ports.offset()), "--data", data.toString()));
        command.addAll(List.of(more));
        return new House(ports, data, terminal, start(environment, command, terminal));
    }

    House awaitReady() {
        Awaitility.await("ready: " + terminal)
                .atMost(Duration.ofSeconds(180))
                .pollInterval(Duration.ofMillis(250))
                .failFast(() -> assertThat(process.isAlive())
                        .as("ended:\n" + terminal())
                        .isTrue())
                .until(this::isReady);
        return this;
    }

    boolean isReady() {
        try {
            return get("/q/health/ready").statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    HttpResponse<String> get(String path) throws IOException {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + ports.http() + path))
                .timeout(Duration.ofSeconds(10))
                .build();
        try {
            return http.send(request, BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    /** All that it wrote for the person in front of it. */
    String terminal() throws IOException {
        return Files.readString(terminal);
    }

    /** Waits for its end and gives the exit code. */
    int awaitEnd(Duration patience) throws InterruptedException {
        assertThat(process.waitFor(patience.toSeconds(), TimeUnit.SECONDS))
                .as("ended within " + patience)
                .isTrue();
        return process.exitValue();
    }

    /** What Ctrl-C does: every process of the terminal's group gets the signal. */
    void interrupt() throws IOException, InterruptedException {
        signal("-INT", String.valueOf(process.pid()));
        for (var child : process.toHandle().children().toList()) {
            signal("-INT", String.valueOf(child.pid()));
        }
    }

    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** Everything that runs on its data directory, this process or any it left behind. */
    List<ProcessHandle> processes() {
        return ProcessHandle.allProcesses()
                .filter(handle -> handle.info().commandLine().orElse("").contains(data.toString()))
                .filter(ProcessHandle::isAlive)
                .toList();
    }

    /** Runs {@code ./homeward token} and gives what it printed, standard error after standard output. */
    static Printed token(String... arguments) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(script(), "token"));
        command.addAll(List.of(arguments));
        var output = Files.createTempFile("homeward-token-", ".txt");
        var errors = Files.createTempFile("homeward-token-", ".txt");
        var process = new ProcessBuilder(command)
                .redirectOutput(output.toFile())
                .redirectError(errors.toFile())
                .start();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return new Printed(
                process.exitValue(),
                Files.readString(output).strip(),
                Files.readString(errors).strip());
    }

    /** What a command printed. */
    record Printed(int exitCode, String output, String errors) {}

    private static void signal(String signal, String pid) throws IOException, InterruptedException {
        new ProcessBuilder("kill", signal, pid).start().waitFor();
    }

    private static Process start(Map<String, String> environment, List<String> command, Path terminal)
            throws IOException {
        var builder = new ProcessBuilder(hearingControlC(command))
                .redirectErrorStream(true)
                .redirectOutput(terminal.toFile());
        builder.environment().putAll(environment);
        builder.environment().put("HOMEWARD_NO_BUILD", "1"); // this very build has just made it
        return builder.start();
    }

    /** A build that was started in the background ignores Ctrl-C, and so would all that it starts. */
    private static List<String> hearingControlC(List<String> command) {
        if (!System.getProperty("os.name").equals("Linux")) {
            return command;
        }
        var hearing = new ArrayList<>(List.of("env", "--default-signal=INT"));
        hearing.addAll(command);
        return hearing;
    }

    private static String script() {
        return PROJECT.resolve("homeward").toString();
    }
}
