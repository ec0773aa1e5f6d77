package org.homeward.simulator.cli;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.homeward.simulator.scenario.Scenario;
import org.homeward.simulator.scenario.Scenario.Ready;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What a scenario wants to know. */
final class ScenarioOptions {
    private static final Duration OFF = Duration.ofSeconds(10);

    @Spec(Spec.Target.MIXEE)
    @Nullable
    CommandSpec spec;

    @Nullable
    @Option(
            names = "--off",
            paramLabel = "TIME",
            converter = Converters.Time.class,
            description = "blackout: how long the power is away (10)")
    Duration off;

    @Nullable
    @Option(
            names = "--within",
            paramLabel = "TIME",
            converter = Converters.Time.class,
            description = "blackout: the time over which it comes back (0, everywhere at once)")
    Duration within;

    @Option(
            names = "--value",
            paramLabel = "PATH=VALUE",
            description = "initialisation: what a provisioned device holds, path below the root; may be repeated")
    Map<String, String> values = new LinkedHashMap<>();

    Scenario scenario(Ready ready) {
        if (ready != Ready.BLACKOUT && (off != null || within != null)) {
            throw wrong((off != null ? "--off" : "--within") + " is for the scenario blackout, not " + ready.text());
        }
        if (ready != Ready.INITIALISATION && !values.isEmpty()) {
            throw wrong("--value is for the scenario initialisation, not " + ready.text());
        }
        return switch (ready) {
            case INITIALISATION -> Scenario.initialisation(values);
            case FIRMWARE -> Scenario.firmware();
            case REBOOT -> Scenario.reboot();
            case BLACKOUT -> Scenario.blackout(off == null ? OFF : off, within == null ? Duration.ZERO : within);
        };
    }

    void refuseAll() {
        if (off != null || within != null || !values.isEmpty()) {
            throw wrong("--off, --within and --value are for scenarios; say which one with --scenario NAME");
        }
    }

    ParameterException wrong(String message) {
        return new ParameterException(
                Objects.requireNonNull(spec, "set by picocli").commandLine(), message);
    }
}
