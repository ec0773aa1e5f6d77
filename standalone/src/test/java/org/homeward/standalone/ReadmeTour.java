package org.homeward.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;

/** The tour of a page, such as the README's: its steps by their headings, taken in one shell, as a newcomer pastes them. */
final class ReadmeTour implements AutoCloseable {

    private static final Pattern STEP =
            Pattern.compile("\n\\*\\*(.+?)\\*\\*(?s:(?:(?!\n\\*\\*).)*?)\n```bash\n(?s:(.*?))```");
    private static final Pattern COMMANDS = Pattern.compile("\n```bash\n");
    private static final Pattern STATE = Pattern.compile("\"state\":\"([a-z]+)\"");
    private static final Set<String> UNDER_WAY = Set.of("queued", "waking", "running");
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final Map<String, String> steps;
    private final Path screen;
    private final Process shell;
    private int taken;

    private ReadmeTour(Map<String, String> steps, Path screen, Process shell) {
        this.steps = steps;
        this.screen = screen;
        this.shell = shell;
    }

    static ReadmeTour of(PortPlan ports) throws IOException {
        return of(ports, "README.md");
    }

    /** @param page below the project's folder */
    static ReadmeTour of(PortPlan ports, String page) throws IOException {
        var readme = Files.readString(House.PROJECT.resolve(page))
                .replace("127.0.0.1:8080", "127.0.0.1:" + ports.http())
                .replace("./homeward token", "./homeward token --port-offset " + ports.offset());
        var steps = new LinkedHashMap<String, String>();
        STEP.matcher(readme).results().forEach(step -> steps.put(step.group(1), step.group(2)));
        assertThat(COMMANDS.matcher(readme).results())
                .as("blocks of commands, each with a heading")
                .hasSameSizeAs(steps.keySet());

        var screen = Files.createTempFile("homeward-tour-", ".txt");
        var shell = new ProcessBuilder("bash")
                .directory(House.PROJECT.toFile())
                .redirectErrorStream(true)
                .redirectOutput(screen.toFile())
                .start();
        return new ReadmeTour(steps, screen, shell);
    }

    Set<String> steps() {
        return steps.keySet();
    }

    /** Runs the commands of a step and gives what they printed. */
    String take(String step) throws IOException {
        return type(Objects.requireNonNull(steps.get(step), step));
    }

    /** Repeats a step that only reads until it shows all of this: what it shows may be a moment behind. */
    void takeUntilItShows(String step, String... expected) {
        await(step)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofSeconds(1))
                .untilAsserted(() -> assertThat(take(step)).contains(expected));
    }

    /** Takes a step that places an order and gives the order as it ended; a slow machine may need longer than it waits. */
    String takeToItsEnd(String step) throws IOException {
        var order = take(step);
        return isUnderWay(order)
                ? await(step)
                        .atMost(PATIENCE)
                        .pollInterval(Duration.ofSeconds(1))
                        .until(() -> type("acs \"$API/devices/$DEVICE/orders?limit=1\""), later -> !isUnderWay(later))
                : order;
    }

    @Override
    public void close() {
        shell.destroy();
    }

    private static boolean isUnderWay(String order) {
        var state = STATE.matcher(order);
        return state.find() && UNDER_WAY.contains(state.group(1));
    }

    /** Types commands of one's own, where the tour has come to. */
    String type(String commands) throws IOException {
        var before = printed().length();
        var end = "\n-- end of " + ++taken + " --\n";
        shell.getOutputStream()
                .write((commands + "\nprintf '" + end.replace("\n", "\\n") + "'\n").getBytes(StandardCharsets.UTF_8));
        shell.getOutputStream().flush();
        await("end of:\n" + commands)
                .atMost(PATIENCE)
                .until(() -> printed().substring(before).endsWith(end));
        return printed().substring(before).replace(end, "").strip();
    }

    private String printed() throws IOException {
        return new String(Files.readAllBytes(screen), StandardCharsets.UTF_8); // which may end within a character
    }
}
