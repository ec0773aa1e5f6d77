package org.homeward.simulator.figures;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import org.homeward.simulator.fleet.FleetStats.Latency;
import org.homeward.simulator.fleet.FleetStats.Snapshot;

/** A run's figures in the Prometheus text format 0.0.4; times in seconds. */
public final class PrometheusText {
    private final StringBuilder out = new StringBuilder(2_048);

    private PrometheusText() {}

    public static String of(RunFigures run) {
        PrometheusText text = new PrometheusText();
        text.write(run);
        return text.out.toString();
    }

    private void write(RunFigures run) {
        Snapshot sessions = run.sessions();
        family("homeward_sim_devices", "gauge", "Simulated devices.");
        sample("homeward_sim_devices", "", run.devices());
        family("homeward_sim_devices_in_session", "gauge", "Devices in a session at this moment.");
        sample("homeward_sim_devices_in_session", "", sessions.inSession());
        family("homeward_sim_sessions_total", "counter", "Sessions that ended; refused: HTTP 503.");
        sample("homeward_sim_sessions_total", "{outcome=\"ok\"}", sessions.ok());
        sample("homeward_sim_sessions_total", "{outcome=\"failed\"}", sessions.failed());
        sample("homeward_sim_sessions_total", "{outcome=\"refused\"}", sessions.refused());
        family("homeward_sim_retries_total", "counter", "Sessions of devices whose last one did not succeed.");
        sample("homeward_sim_retries_total", "", sessions.retries());
        family("homeward_sim_cwmp_faults_total", "counter", "Faults that devices answered with.");
        sample("homeward_sim_cwmp_faults_total", "", sessions.cwmpFaults());
        family("homeward_sim_rpcs_total", "counter", "RPCs of the ACS.");
        for (Map.Entry<String, Long> rpc : sessions.rpcs().entrySet()) {
            sample("homeward_sim_rpcs_total", label("method", rpc.getKey()), rpc.getValue());
        }
        summary("homeward_sim_session_seconds", "From connecting to the end of the session.", sessions.session());
        summary("homeward_sim_answer_seconds", "From an HTTP request to its answer.", sessions.exchange());
        if (!run.milestones().isEmpty()) {
            family("homeward_sim_reached", "gauge", "Devices past a milestone of the scenario.");
            run.milestones().forEach(m -> sample("homeward_sim_reached", label("milestone", m.name()), m.reached()));
        }
    }

    private void family(String name, String type, String help) {
        out.append("# HELP ").append(name).append(' ').append(help).append('\n');
        out.append("# TYPE ").append(name).append(' ').append(type).append('\n');
    }

    private void sample(String name, String labels, long value) {
        out.append(name).append(labels).append(' ').append(value).append('\n');
    }

    private void summary(String name, String help, Latency latency) {
        family(name, "summary", help);
        quantile(name, "0.5", latency.p50());
        quantile(name, "0.95", latency.p95());
        quantile(name, "0.99", latency.p99());
        out.append(name).append("_sum ").append(seconds(latency.sum())).append('\n');
        out.append(name).append("_count ").append(latency.count()).append('\n');
    }

    private void quantile(String name, String quantile, Duration value) {
        out.append(name)
                .append(label("quantile", quantile))
                .append(' ')
                .append(seconds(value))
                .append('\n');
    }

    /** Names of methods come from the ACS under test, so they are escaped. */
    private static String label(String name, String value) {
        String escaped = value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
        return "{" + name + "=\"" + escaped + "\"}";
    }

    private static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.6f", duration.toNanos() / 1e9);
    }
}
