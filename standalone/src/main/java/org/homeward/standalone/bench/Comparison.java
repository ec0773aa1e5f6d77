package org.homeward.standalone.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What was measured, beside what others need: panels of bars. The figures of the others were measured by us with the same
 * method on two cores, see docs/benchmark.md.
 */
final class Comparison {

    private static final List<Bar> STEADY = List.of(
            new Bar("GenieACS, no presets", 630, false),
            new Bar("FreeACS", 370, false),
            new Bar("GenieACS, default presets", 180, false));
    private static final List<Bar> FIRST_CONTACT =
            List.of(new Bar("FreeACS", 200, false), new Bar("GenieACS, default presets", 32, false));
    private static final List<Bar> ORDER = List.of(new Bar("GenieACS", 560, false));

    /** One figure. @param ours whether it is of the run that is shown */
    record Bar(String name, double value, boolean ours) {}

    /** Figures of one kind. */
    record Panel(String title, List<Bar> bars) {}

    private Comparison() {}

    /** Of a result file; only what was measured has a panel. */
    static List<Panel> of(JsonNode results) {
        List<Panel> panels = new ArrayList<>();
        List<Bar> steady = new ArrayList<>();
        for (String scenario : List.of("steady", "steady in a large fleet")) {
            sessions(results.path(scenario), steady);
        }
        add(panels, "Steady sessions per CPU-second of all server processes: more is better", steady, STEADY);
        List<Bar> first = new ArrayList<>();
        sessions(results.path("first contact"), first);
        add(panels, "First contacts per CPU-second of all server processes: more is better", first, FIRST_CONTACT);
        JsonNode order = results.path("order").path("millis");
        if (order.isObject()) {
            List<Bar> ours = List.of(
                    new Bar("Homeward", order.path("p50").asDouble(), true),
                    new Bar("Homeward, p99", order.path("p99").asDouble(), true));
            add(panels, "An order, from the REST call to the verified value, ms, median: less is better", ours, ORDER);
        }
        return panels;
    }

    private static void sessions(JsonNode result, List<Bar> bars) {
        if (result.isObject()) {
            String name = String.format(
                    Locale.ROOT,
                    "Homeward, %,d devices",
                    result.path("registered").asLong());
            bars.add(new Bar(name, result.path("sessionsPerCpuSecond").asDouble(), true));
        }
    }

    private static void add(List<Panel> panels, String title, List<Bar> ours, List<Bar> others) {
        if (!ours.isEmpty()) {
            List<Bar> bars = new ArrayList<>(ours);
            bars.addAll(others);
            panels.add(new Panel(title, bars));
        }
    }
}
