package org.homeward.simulator.cli;

import java.io.UncheckedIOException;
import java.util.List;
import picocli.CommandLine;

/** The lab from the command line: fleets, scenarios and recorded sessions against an ACS, and an ACS against a CPE. */
public final class Main {
    static final int AS_EXPECTED = 0;
    static final int NOT_AS_EXPECTED = 1;
    static final int WRONG_USAGE = 2;

    private Main() {}

    public static void main(String[] args) {
        System.exit(run(List.of(args), Screen.ofProcess()));
    }

    /** The whole program but for leaving the JVM; returns the exit code. */
    static int run(List<String> args, Screen screen) {
        CommandLine sim = new CommandLine(new SimCommand(screen))
                .addSubcommand(new ScenarioCommand(screen))
                .addSubcommand(new AcsCommand(screen));
        sim.setOut(new java.io.PrintWriter(screen.out(), true));
        sim.setErr(new java.io.PrintWriter(screen.err(), true));
        sim.setParameterExceptionHandler((wrong, arguments) -> {
            String command = wrong.getCommandLine().getCommandSpec().qualifiedName();
            screen.err().println("sim: " + wrong.getMessage());
            screen.err().println("./homeward " + command + " --help says how");
            return WRONG_USAGE;
        });
        sim.setExecutionExceptionHandler((failure, command, parsed) -> {
            if (failure instanceof UncheckedIOException) {
                screen.err().println("sim: " + failure.getMessage() + cause(failure));
                return WRONG_USAGE;
            }
            throw failure;
        });
        return sim.execute(args.toArray(String[]::new));
    }

    private static String cause(Exception failure) {
        return failure.getCause() == null ? "" : " (" + failure.getCause().getMessage() + ")";
    }
}
