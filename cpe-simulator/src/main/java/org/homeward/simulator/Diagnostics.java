package org.homeward.simulator;

import java.time.Duration;
import org.homeward.simulator.model.DeviceModel;
import org.homeward.simulator.model.Node;

/**
 * Runs what DiagnosticsState=Requested asks for, after the session (TR-069 A.4.1.2 and the data models). A ping gets
 * figures; any other diagnostic only completes. Hosts under {@code .invalid} do not resolve.
 */
final class Diagnostics {
    private static final Duration RUN = Duration.ofMillis(50);
    private final SimulatedCpe cpe;

    Diagnostics(SimulatedCpe cpe) {
        this.cpe = cpe;
    }

    void start(String object) {
        cpe.after(RUN, () -> run(object));
    }

    private void run(String object) {
        DeviceModel model = cpe.model();
        String state = object + "DiagnosticsState";
        // Cancelled or changed meanwhile: there is nothing to report.
        if (!model.value(state).orElse("").equals("Requested")) {
            return;
        }
        boolean unresolvable = model.value(object + "Host").orElse("").endsWith(".invalid");
        int repetitions =
                Integer.parseInt(model.value(object + "NumberOfRepetitions").orElse("0"));
        put(object + "SuccessCount", unresolvable ? 0 : repetitions);
        put(object + "FailureCount", unresolvable ? repetitions : 0);
        put(object + "MinimumResponseTime", unresolvable ? 0 : 9);
        put(object + "AverageResponseTime", unresolvable ? 0 : 12);
        put(object + "MaximumResponseTime", unresolvable ? 0 : 21);
        model.put(state, unresolvable ? "Error_CannotResolveHostName" : done(state));
        cpe.happened(java.util.List.of(CpeEvent.of(CpeEvent.DIAGNOSTICS_COMPLETE)));
    }

    /** Older models of TR-143 say {@code Completed}. */
    private String done(String state) {
        return cpe.model().node(state) instanceof Node.Parameter p && p.type().accepts("Complete")
                ? "Complete"
                : "Completed";
    }

    private void put(String path, int value) {
        if (cpe.model().node(path) != null) {
            cpe.model().put(path, Integer.toString(value));
        }
    }
}
