package org.homeward.standalone.migration;

import java.io.PrintWriter;
import java.io.UncheckedIOException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./homeward import}: brings over what another ACS was told. */
@Command(
        name = "import",
        description = "Brings over what another ACS was told, as files to be read before they are loaded.",
        subcommands = {GenieAcs.class, FreeAcs.class},
        mixinStandardHelpOptions = true)
public final class Main implements Runnable {

    static final int WRONG_USAGE = 2;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private Main() {}

    public static void main(String[] args) {
        System.exit(run(new PrintWriter(System.out, true), new PrintWriter(System.err, true), args));
    }

    /** The whole program but for leaving the JVM; returns the exit code. */
    static int run(PrintWriter out, PrintWriter err, String... args) {
        return new CommandLine(new Main())
                .setOut(out)
                .setErr(err)
                .setExecutionExceptionHandler((failure, command, parsed) -> {
                    if (failure instanceof UncheckedIOException io) {
                        err.println("import: " + io.getMessage() + ": "
                                + String.valueOf(io.getCause())
                                        .lines()
                                        .findFirst()
                                        .orElse(""));
                        return WRONG_USAGE;
                    }
                    throw failure;
                })
                .execute(args);
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "say from which ACS: genieacs or freeacs");
    }
}
