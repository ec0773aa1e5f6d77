package org.homeward.standalone.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * What docs/benchmark.md shows of a result file: tables between two marks, and the picture beside them. Nobody writes
 * figures there by hand.
 */
final class DocsPage {

    private static final String BEGIN = "<!-- figures, by ./homeward bench docs -->\n";
    private static final String END = "<!-- end of figures -->\n";
    private static final List<String> SCENARIOS =
            List.of("first contact", "first contact under a profile", "steady", "steady in a large fleet");

    private DocsPage() {}

    /** Writes tables and picture anew. @param docs the folder */
    static void refresh(Path docs, JsonNode results) throws IOException {
        Path page = docs.resolve("benchmark.md");
        String text = Files.readString(page);
        int begin = text.indexOf(BEGIN);
        int end = text.indexOf(END);
        if (begin < 0 || end < begin) {
            throw new IOException(page + " has no place for figures");
        }
        Files.writeString(page, text.substring(0, begin + BEGIN.length()) + figures(results) + text.substring(end));
        Files.writeString(docs.resolve("images").resolve("benchmark.svg"), Picture.svg(results));
    }

    /** The tables, in Markdown. */
    static String figures(JsonNode results) {
        StringBuilder out = new StringBuilder("\n![Homeward beside others](images/benchmark.svg)\n");
        JsonNode machine = results.path("machine");
        out.append(line(
                "%n%d cores, the client beside the servers, an open ACS, Java %s, %s.%n",
                machine.path("cores").asInt(),
                machine.path("java").asText(),
                machine.path("at").asText().replaceFirst("T.*", "")));
        sessions(out, results);
        order(out, results.path("order"));
        storm(out, results.path("storm"));
        return out.append("\n").toString();
    }

    private static void sessions(StringBuilder out, JsonNode results) {
        out.append("""

                | | devices registered | sessions/s | sessions per CPU-second | session p50, p99 | memory, Keycloak included | failed, refused, values that differ |
                |---|---|---|---|---|---|---|
                """);
        for (String scenario : SCENARIOS) {
            JsonNode result = results.path(scenario);
            if (result.isObject()) {
                out.append(line(
                        "| %s | %,d | %,.0f | %,.0f | %.0f ms, %.0f ms | %.1f GiB | %d, %d, %d |%n",
                        scenario,
                        result.path("registered").asLong(),
                        result.path("sessionsPerSecond").asDouble(),
                        result.path("sessionsPerCpuSecond").asDouble(),
                        result.path("session").path("p50").asDouble(),
                        result.path("session").path("p99").asDouble(),
                        sum(result.path("memory")) / 1024,
                        (int) sum(result.path("failures")),
                        result.path("refused").asInt(),
                        result.path("findings").path("differing").asInt()));
            }
        }
    }

    private static void order(StringBuilder out, JsonNode order) {
        if (order.isObject()) {
            JsonNode millis = order.path("millis");
            out.append("\n| | p50 | p95 | p99 | max | failed |\n|---|---|---|---|---|---|\n");
            out.append(line(
                    "| %d orders, one at a time | %.0f ms | %.0f ms | %.0f ms | %.0f ms | %d |%n",
                    millis.path("count").asInt(),
                    millis.path("p50").asDouble(),
                    millis.path("p95").asDouble(),
                    millis.path("p99").asDouble(),
                    millis.path("max").asDouble(),
                    order.path("failures").size()));
        }
    }

    private static void storm(StringBuilder out, JsonNode storm) {
        if (storm.isObject()) {
            JsonNode orders = storm.path("orders");
            out.append("\n| storm | |\n|---|---|\n");
            out.append(line(
                    "| devices | %,d within %.0f s |%n",
                    storm.path("devices").asInt(), number(storm, "withinSeconds")));
            out.append(line(
                    "| served, refused | %,d, %,d |%n",
                    storm.path("served").asInt(), storm.path("refused").asInt()));
            out.append(line(
                    "| the last one served after, everything dealt with after | %.0f s, %.0f s |%n",
                    number(storm, "secondsUntilAllHome"), number(storm, "secondsUntilSteady")));
            out.append(line(
                    "| session p50, p99 | %.0f ms, %.0f ms |%n",
                    number(storm.path("session"), "p50"), number(storm.path("session"), "p99")));
            out.append(line(
                    "| %d orders meanwhile: p50, p95, p99, max; failed | %.0f ms, %.0f ms, %.0f ms, %.0f ms; %d |%n",
                    orders.path("count").asInt(),
                    number(orders, "p50"),
                    number(orders, "p95"),
                    number(orders, "p99"),
                    number(orders, "max"),
                    storm.path("orderFailures").size()));
            out.append(line(
                    "| values that differ afterwards | %d |%n",
                    storm.path("findings").path("differing").asInt()));
        }
    }

    private static double number(JsonNode node, String name) {
        return node.path(name).asDouble();
    }

    private static double sum(JsonNode numbers) {
        double sum = 0;
        for (JsonNode number : numbers) {
            sum += number.asDouble();
        }
        return sum;
    }

    private static String line(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
