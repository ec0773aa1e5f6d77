package org.homeward.standalone.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** All that was measured: a table for people, JSON for programs, a picture for a page. */
final class Figures {

    private final Terminal terminal;
    private final Map<String, Object> all = new LinkedHashMap<>();
    private final Picture picture = new Picture();
    private boolean whole = true;

    Figures(Terminal terminal) {
        this.terminal = terminal;
        all.put(
                "machine",
                Map.of(
                        "at", Instant.now().toString(),
                        "cores", Runtime.getRuntime().availableProcessors(),
                        "system", System.getProperty("os.name") + " " + System.getProperty("os.version"),
                        "java", Runtime.version().toString()));
    }

    void add(SessionResult result) {
        all.put(result.scenario(), result);
        picture.add(result);
        terminal.show(result);
        whole &= result.isWhole();
    }

    void add(OrderBench.Result result) {
        all.put("order", result);
        terminal.show(result);
        whole &= result.failures().isEmpty();
    }

    void add(StormResult result) {
        all.put("storm", result);
        terminal.show(result);
        whole &= result.isWhole();
    }

    /** Whether nothing failed, in none of the scenarios. */
    boolean isWhole() {
        return whole;
    }

    /** Writes the JSON, and the picture beside it. */
    void write(Path json) throws IOException {
        Path parent = json.toAbsolutePath().getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        Files.writeString(
                json,
                new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(all) + System.lineSeparator());
        terminal.say("written to " + json);
        if (!picture.isEmpty()) {
            Path svg = json.resolveSibling(json.getFileName().toString().replaceFirst("\\.json$", "") + ".svg");
            Files.writeString(svg, picture.svg());
            terminal.say("picture in " + svg);
        }
    }
}
