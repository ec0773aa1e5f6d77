package org.homeward.standalone.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.homeward.standalone.bench.BenchOptions.Scenario;
import org.homeward.standalone.bench.cpe.LoadCpe;

/**
 * {@code ./homeward bench}: measures a running system from outside, prints tables and writes JSON. Exit code 0 when
 * nothing failed, 1 when something did, 2 when it could not be run.
 */
public final class Main {

    /** Simulated CPEs that orders are given to. */
    private static final int LIVE_CPES = 25;

    private Main() {}

    public static void main(String[] args) {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        List<String> arguments = List.of(args);
        if (arguments.contains("--help") || arguments.contains("-h")) {
            out.print(BenchOptions.USAGE);
            return;
        }
        BenchOptions options;
        try {
            options = BenchOptions.parse(arguments);
        } catch (IllegalArgumentException e) {
            System.err.println("bench: " + e.getMessage());
            System.err.print(BenchOptions.USAGE);
            System.exit(2);
            return;
        }
        Path project = Path.of(System.getProperty("homeward.project", "."));
        try {
            if (options.docs()) {
                DocsPage.refresh(
                        project.resolve("docs"),
                        new ObjectMapper().readTree(options.json().toFile()));
                return;
            }
            System.exit(run(options, project, out));
        } catch (IOException e) {
            System.err.println("bench: "
                    + (e.getMessage() == null ? "nobody answers; is ./homeward up running?" : e.getMessage()));
            System.exit(2);
        } catch (InterruptedException e) {
            System.exit(130);
        }
    }

    private static int run(BenchOptions options, Path project, PrintStream out)
            throws IOException, InterruptedException {
        Terminal terminal = new Terminal(out);
        Figures figures = new Figures(terminal);
        boolean own = options.acs() == null && !Target.runs(options.portOffset());
        try (OwnHouse house = own ? OwnHouse.start(project, options.portOffset(), terminal) : null;
                Target target = Target.of(options)) {
            if (house != null) {
                terminal.say("ready");
            }
            target.watched()
                    .servers()
                    .forEach(server -> terminal.say("%s: process %d%s"
                            .formatted(server.name(), server.pid(), server.apart() ? ", not counted" : "")));
            SessionBench sessions = new SessionBench(target, options, terminal);
            for (Scenario scenario : options.scenarios()) {
                switch (scenario) {
                    case FIRST -> figures.add(sessions.firstContact());
                    case STEADY -> figures.add(sessions.steady());
                    case ORDER -> orders(figures, terminal, target, options);
                    case SCALE -> figures.add(sessions.steadyAmong(options.fleet()));
                    case STORM -> storm(figures, terminal, target, sessions, options);
                    case PROVISION -> figures.add(sessions.provisioned(options.provision()));
                }
            }
        } finally {
            figures.write(options.json());
        }
        return figures.isWhole() ? 0 : 1;
    }

    private static void orders(Figures figures, Terminal terminal, Target target, BenchOptions options)
            throws IOException, InterruptedException {
        Target.Homeward homeward = target.homeward();
        if (homeward == null) {
            return;
        }
        try (LiveCpes live = LiveCpes.start(target.acs(), LIVE_CPES, target.backlog())) {
            figures.add(new OrderBench(homeward.rest(), terminal)
                    .run(live.targets(homeward.rest()), options.orders(), Math.max(1, options.orders() / 6)));
        }
    }

    private static void storm(
            Figures figures, Terminal terminal, Target target, SessionBench sessions, BenchOptions options)
            throws IOException, InterruptedException {
        Target.Homeward homeward = target.homeward();
        if (homeward == null) {
            return;
        }
        String series = SessionBench.series() + "B";
        List<LoadCpe> fleet = sessions.fleet(series, options.storm());
        try (LiveCpes live = LiveCpes.start(target.acs(), LIVE_CPES, target.backlog())) {
            sessions.warmUp(fleet);
            figures.add(new StormBench(target, homeward, terminal).run(series, fleet, live));
        }
    }
}
