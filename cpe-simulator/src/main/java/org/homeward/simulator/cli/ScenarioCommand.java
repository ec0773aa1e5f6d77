package org.homeward.simulator.cli;

import java.util.Objects;
import java.util.concurrent.Callable;
import org.homeward.simulator.scenario.Scenario.Ready;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sim scenario NAME}: a story with an end. */
@Command(
        name = "scenario",
        sortOptions = false,
        usageHelpWidth = 110,
        synopsisHeading = "Usage: ./homeward ",
        description = {
            "Plays a scenario and judges: what the ACS does decides how it goes.",
            "",
            "  initialisation  new devices: from bootstrap until the ACS has provisioned them",
            "  firmware        until the ACS has upgraded every device, and has been told",
            "  reboot          until the ACS has rebooted every device, and has been told",
            "  blackout        first contact, then everything off at once, and everything back at once",
            ""
        },
        exitCodeListHeading = "%nExit code:%n",
        exitCodeList = {"0:as expected", "1:not as expected", "2:wrong usage"})
final class ScenarioCommand implements Callable<Integer> {
    private final Screen screen;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "print this")
    boolean help;

    @Nullable
    @Parameters(paramLabel = "NAME", converter = ReadyScenario.class, description = "one of the above")
    Ready scenario;

    @Mixin
    FleetOptions fleet = new FleetOptions();

    @Mixin
    ScenarioOptions options = new ScenarioOptions();

    @Mixin
    RunOptions run = new RunOptions();

    ScenarioCommand(Screen screen) {
        this.screen = screen;
    }

    @Override
    public Integer call() throws InterruptedException {
        Ready ready = Objects.requireNonNull(scenario, "picocli wants it");
        return new LabRun(fleet, run, screen).scenario(options.scenario(ready));
    }
}
