package org.homeward.simulator.figures;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import org.homeward.simulator.fleet.FleetStats.Latency;

/** A run's figures as one JSON object; times in milliseconds. */
public final class JsonReport {
    private static final ObjectMapper JSON = JsonMapper.builder().build();

    private JsonReport() {}

    /**
     * The report at the end of a run.
     *
     * @param missed the expectations that were not met, as sentences; none for a run as it should be
     */
    public static String of(RunFigures run, List<String> missed) {
        ObjectNode json = JSON.createObjectNode();
        json.put("run", run.title())
                .put("devices", run.devices())
                .put("elapsedMs", run.elapsed().toMillis())
                .put("sessions", run.sessions().sessions())
                .put("sessionsPerSecond", Math.round(run.rate() * 10) / 10.0)
                .put("ok", run.sessions().ok())
                .put("failed", run.sessions().failed())
                .put("refused", run.sessions().refused())
                .put("retries", run.sessions().retries())
                .put("cwmpFaults", run.sessions().cwmpFaults());
        json.set("sessionMs", latency(run.sessions().session()));
        json.set("answerMs", latency(run.sessions().exchange()));
        json.set("rpcs", JSON.valueToTree(run.sessions().rpcs()));
        json.set("failures", JSON.valueToTree(run.sessions().failures()));
        ArrayNode milestones = json.putArray("milestones");
        run.milestones()
                .forEach(m -> milestones
                        .addObject()
                        .put("name", m.name())
                        .put("reached", m.reached())
                        .set("ms", latency(m.latency())));
        json.put("asExpected", missed.isEmpty());
        json.set("missed", JSON.valueToTree(missed));
        return json.toPrettyString();
    }

    private static ObjectNode latency(Latency latency) {
        return JSON.createObjectNode()
                .put("p50", millis(latency.p50()))
                .put("p95", millis(latency.p95()))
                .put("p99", millis(latency.p99()));
    }

    private static double millis(Duration duration) {
        return duration.toNanos() / 1_000 / 1e3;
    }
}
