package org.homeward.standalone.drill;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * {@code ./homeward drill}. Exit code 0 only if all drills ran and their accounts balance, 1 if some do not, 2 if nothing
 * was drilled, 3 if all that ran balance but some could not run, and nobody said that this is all right.
 */
public final class Main {

    private Main() {}

    public static void main(String[] arguments) {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        Path project = Path.of(System.getProperty("homeward.project", "")).toAbsolutePath();
        try {
            System.exit(run(Options.parse(List.of(arguments), project), project, out));
        } catch (IllegalArgumentException e) {
            System.err.println("homeward: " + e.getMessage());
            System.err.print(Options.USAGE + Drills.list());
            System.exit(2);
        } catch (IOException | IllegalStateException e) {
            System.err.println("homeward: " + e.getMessage());
            System.exit(2);
        } catch (InterruptedException e) {
            System.exit(130);
        }
    }

    private static int run(Options options, Path project, PrintStream out) throws IOException, InterruptedException {
        if (options.help()) {
            out.print(Options.USAGE + Drills.list());
            return 0;
        }
        List<Outcome> outcomes = new ArrayList<>();
        boolean terminal = System.console() != null && System.console().isTerminal();
        try (Screen screen = new Screen(out, terminal)) {
            new Course(options, project, screen).run(outcomes);
        }
        Report report = new Report(outcomes);
        report.print(out, options.allowSkips());
        report.write(
                options.json(), Map.of("seed", options.seed(), "kills", options.kills(), "devices", options.devices()));
        out.println("Report: " + options.json());
        return report.exitCode(options.allowSkips());
    }
}
