package org.homeward.simulator.cli;

import java.nio.file.Path;
import java.time.Duration;
import org.homeward.simulator.figures.Expectations;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How long a run lasts, where its figures go, and what they should be. */
final class RunOptions {
    static final Path STANDARD_OUT = Path.of("-");

    @Nullable
    @Option(
            names = "--duration",
            paramLabel = "TIME",
            converter = Converters.Time.class,
            description = "stop after this time; else on Ctrl-C, a scenario when it is complete or after 10m")
    Duration duration;

    @Nullable
    @Option(
            names = "--expect",
            paramLabel = "LIST",
            converter = Converters.Expect.class,
            description =
                    "what makes the exit code 0, such as failed=0,p99<500ms,refused<=5%%,reached>=99%% (failed=0,refused=0;"
                            + " of a scenario: reached=100%%)")
    Expectations expect;

    @Nullable
    @Option(names = "--json", paramLabel = "FILE", description = "write the figures to a file; - for standard output")
    Path json;

    @Nullable
    @Option(
            names = "--metrics-port",
            paramLabel = "P",
            converter = Converters.Port.class,
            description = "serve the figures to Prometheus on this port of the loopback address, path /metrics")
    Integer metricsPort;
}
