package org.homeward.standalone.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
        try {
            System.exit(run(BenchOptions.parse(arguments), out));
        } catch (IllegalArgumentException e) {
            System.err.println("bench: " + e.getMessage());
            System.err.print(BenchOptions.USAGE);
            System.exit(2);
        } catch (IOException e) {
            System.err.println("bench: "
                    + (e.getMessage() == null ? "nobody answers; is ./homeward up running?" : e.getMessage()));
            System.exit(2);
        } catch (InterruptedException e) {
            System.exit(130);
        }
    }

    private static int run(BenchOptions options, PrintStream out) throws IOException, InterruptedException {
        Terminal terminal = new Terminal(out);
        Map<String, Object> figures = new LinkedHashMap<>();
        boolean whole = true;
        Path project = Path.of(System.getProperty("homeward.project", "."));
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
                whole &= switch (scenario) {
                    case FIRST -> kept(figures, terminal, sessions.firstContact());
                    case STEADY -> kept(figures, terminal, sessions.steady());
                    case ORDER -> orders(figures, terminal, target, options);
                    case SCALE -> kept(figures, terminal, sessions.steadyAmong(options.fleet()));
                    case STORM -> storm(figures, terminal, target, sessions, options);
                };
            }
        }
        write(options.json(), figures);
        terminal.say("written to " + options.json());
        return whole ? 0 : 1;
    }

    private static boolean kept(Map<String, Object> figures, Terminal terminal, SessionResult result) {
        figures.put(result.scenario(), result);
        terminal.show(result);
        return result.isWhole();
    }

    private static boolean orders(Map<String, Object> figures, Terminal terminal, Target target, BenchOptions options)
            throws IOException, InterruptedException {
        Target.Homeward homeward = target.homeward();
        if (homeward == null) {
            return true;
        }
        try (LiveCpes live = LiveCpes.start(target.acs(), LIVE_CPES, target.backlog())) {
            OrderBench.Result result = new OrderBench(homeward.rest(), terminal)
                    .run(live.targets(homeward.rest()), options.orders(), Math.max(1, options.orders() / 6));
            figures.put("order", result);
            terminal.show(result);
            return result.failures().isEmpty();
        }
    }

    private static boolean storm(
            Map<String, Object> figures, Terminal terminal, Target target, SessionBench sessions, BenchOptions options)
            throws IOException, InterruptedException {
        Target.Homeward homeward = target.homeward();
        if (homeward == null) {
            return true;
        }
        String series = SessionBench.series() + "B";
        List<LoadCpe> fleet = sessions.fleet(series, options.storm());
        try (LiveCpes live = LiveCpes.start(target.acs(), LIVE_CPES, target.backlog())) {
            sessions.warmUp(fleet);
            StormResult result = new StormBench(target, homeward, terminal).run(series, fleet, live);
            figures.put("storm", result);
            terminal.show(result);
            return result.isWhole();
        }
    }

    private static void write(Path file, Map<String, Object> figures) throws IOException {
        Path parent = file.toAbsolutePath().getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        Files.writeString(
                file,
                new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(figures)
                        + System.lineSeparator());
    }
}
