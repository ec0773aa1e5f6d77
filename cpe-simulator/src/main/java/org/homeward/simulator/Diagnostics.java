package org.homeward.simulator;

import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import org.homeward.simulator.diagnostic.Diagnostic;
import org.homeward.simulator.diagnostic.DiagnosticObject;
import org.homeward.simulator.diagnostic.Ping;
import org.homeward.simulator.diagnostic.Throughput;
import org.homeward.simulator.diagnostic.TraceRoute;
import org.homeward.simulator.diagnostic.WifiScan;

/** Runs what DiagnosticsState=Requested asks for, after the session (TR-069 A.4.1.2 and the data models). */
final class Diagnostics {
    private static final Duration RUN = Duration.ofMillis(50);
    private final SimulatedCpe cpe;

    Diagnostics(SimulatedCpe cpe) {
        this.cpe = cpe;
    }

    /** @param path of the object, with its dot */
    void start(String path) {
        cpe.after(RUN, () -> run(new DiagnosticObject(cpe.model(), path)));
    }

    private void run(DiagnosticObject object) {
        // Cancelled or changed meanwhile, or without power: there is nothing to report.
        if (!isRequested(object) || cpe.isDown()) {
            return;
        }
        String state = kind(object.path()).run(object);
        if (isRequested(object)) {
            object.put("DiagnosticsState", state);
            cpe.happened(List.of(CpeEvent.of(CpeEvent.DIAGNOSTICS_COMPLETE)));
        }
    }

    private static boolean isRequested(DiagnosticObject object) {
        return object.text("DiagnosticsState").equals("Requested");
    }

    private Diagnostic kind(String path) {
        CpeOptions options = cpe.options();
        String name = path.replaceFirst("^.*\\.(\\w+)\\.$", "$1");
        return switch (name) {
            case "IPPing", "IPPingDiagnostics" -> new Ping(cpe.chance());
            case "TraceRoute", "TraceRouteDiagnostics" -> new TraceRoute(cpe.chance());
            case "DownloadDiagnostics" -> new Throughput(false, options.timeout(), options.tls(), options.clock());
            case "UploadDiagnostics" -> new Throughput(true, options.timeout(), options.tls(), options.clock());
            case "NeighboringWiFiDiagnostic" ->
                new WifiScan(
                        options.air().around(cpe.identity()),
                        new SplittableRandom(cpe.identity().hash()),
                        cpe.chance());
            default -> Diagnostic.unknown();
        };
    }
}
