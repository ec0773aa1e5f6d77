package org.homeward.standalone.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/** All that was measured: a table for people, JSON for programs, a picture for a page. */
final class Figures {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Terminal terminal;
    private final ObjectNode all = JSON.createObjectNode();
    private boolean whole = true;
    private boolean empty = true;

    Figures(Terminal terminal) {
        this.terminal = terminal;
        all.putObject("machine")
                .put("at", Instant.now().toString())
                .put("cores", Runtime.getRuntime().availableProcessors())
                .put("system", System.getProperty("os.name") + " " + System.getProperty("os.version"))
                .put("java", Runtime.version().toString());
    }

    void add(SessionResult result) {
        put(result.scenario(), result, result.isWhole());
        terminal.show(result);
    }

    void add(OrderBench.Result result) {
        put("order", result, result.failures().isEmpty());
        terminal.show(result);
    }

    void add(StormResult result) {
        put("storm", result, result.isWhole());
        terminal.show(result);
    }

    private void put(String scenario, Object result, boolean isWhole) {
        all.set(scenario, JSON.valueToTree(result));
        whole &= isWhole;
        empty = false;
    }

    /** Whether something was measured and nothing failed, in none of the scenarios. */
    boolean isWhole() {
        return whole && !empty;
    }

    /** Writes the JSON, and the picture beside it; nothing if nothing was measured. */
    void write(Path json) throws IOException {
        if (empty) {
            return;
        }
        Path parent = json.toAbsolutePath().getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        Files.writeString(json, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(all) + System.lineSeparator());
        terminal.say("written to " + json);
        String picture = Picture.svg(all);
        if (!picture.isEmpty()) {
            Path svg = json.resolveSibling(json.getFileName().toString().replaceFirst("\\.json$", "") + ".svg");
            Files.writeString(svg, picture);
            terminal.say("picture in " + svg);
        }
    }
}
