package org.homeward.simulator.cli;

import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.Callable;
import org.homeward.simulator.scenario.Scenario.Ready;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code sim}: simulated CPEs against any ACS. */
@Command(
        name = "sim",
        sortOptions = false,
        usageHelpWidth = 110,
        synopsisHeading = "Usage: ./homeward ",
        description = "Simulated CPEs against any ACS.",
        exitCodeListHeading = "%nExit code:%n",
        exitCodeList = {"0:as expected", "1:not as expected", "2:wrong usage"})
final class SimCommand implements Callable<Integer> {
    private static final Set<String> OF_TRANSCRIPT =
            Set.of("--transcript", "--acs", "--username", "--password", "--basic");
    private final Screen screen;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "print this")
    boolean help;

    @Mixin
    FleetOptions fleet = new FleetOptions();

    @Option(names = "--once", description = "one session each, no retries, then stop")
    boolean once;

    @Nullable
    @Option(
            names = "--scenario",
            paramLabel = "NAME",
            converter = ReadyScenario.class,
            description = "play a scenario; ./homeward sim scenario --help lists them")
    Ready scenario;

    @Mixin
    ScenarioOptions scenarioOptions = new ScenarioOptions();

    @Nullable
    @Option(
            names = "--transcript",
            paramLabel = "FILE",
            converter = Converters.ReadableFile.class,
            description =
                    "one CPE that says what a recorded one said: raw HTTP, or a session as /api/devices returns it")
    Path transcript;

    @Mixin
    RunOptions run = new RunOptions();

    SimCommand(Screen screen) {
        this.screen = screen;
    }

    @Override
    public Integer call() throws Exception {
        LabRun lab = new LabRun(fleet, run, screen);
        if (scenario != null) {
            if (once || transcript != null) {
                throw fleet.wrong((once ? "--once" : "--transcript") + " does not go with --scenario");
            }
            return lab.scenario(scenarioOptions.scenario(scenario));
        }
        scenarioOptions.refuseAll();
        if (transcript != null) {
            fleet.refuseAllBut(OF_TRANSCRIPT, "does not go with --transcript: a recorded CPE is as it was");
            return new TranscriptRun(fleet, screen).play(transcript);
        }
        return lab.fleet(once);
    }
}
