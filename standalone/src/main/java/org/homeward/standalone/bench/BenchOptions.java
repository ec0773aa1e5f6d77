package org.homeward.standalone.bench;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What {@code ./homeward bench} understands. */
record BenchOptions(
        Set<Scenario> scenarios,
        int devices,
        double rate,
        int concurrency,
        Duration duration,
        Duration warmUp,
        int orders,
        int fleet,
        int storm,
        int provision,
        int portOffset,
        @Nullable URI acs,
        List<Long> watch,
        @Nullable String username,
        @Nullable String password,
        Path json,
        boolean docs) {

    static final String USAGE = """
            usage: ./homeward bench [session [first] [steady] [order]] [scale] [storm] [provision] [options]
                   ./homeward bench docs [--json FILE]

              session   full CWMP sessions against a running system; all three scenarios unless some are named
                first     devices that call for the first time and are read and set up
                steady    known devices that have nothing to say and nothing to do
                order     from the REST call to the value written and read back
              scale     the steady scenario with few and with many registered devices
              storm     a fleet comes back within 10 s while operators give 20 orders a second
              provision new devices come within 10 s, and a profile makes each what its subscriber bought
            All of them unless some are named.

              docs      measures nothing: writes the figures of --json FILE into docs/benchmark.md and its picture

              --devices N        CPEs of a scenario (1000)
              --concurrency C    sessions at a time, one begins as another ends (32)
              --rate R           or sessions a second, whether or not others have ended
              --duration S       seconds of the steady scenario (30)
              --warm-up S        seconds before, which are not counted (40)
              --orders N         orders of the order scenario (300)
              --fleet N          devices of the scale scenario (100000)
              --storm N          devices of the storm scenario (50000)
              --provision N      devices of the provision scenario (10000)
              --port-offset K    as the system was started with
              --username U --password P   what CPEs sign in with; without, the system must be --open
              --acs URL --watch PID,...   another ACS, and its processes; their children count as well
              --json FILE        where the figures go (target/bench.json)

            It measures the system that runs, started with ./homeward up --open; if none does, it starts one on new data
            and stops it in the end. Let nothing else run beside it.
            """;

    /** What can be measured. */
    enum Scenario {
        FIRST,
        STEADY,
        ORDER,
        SCALE,
        STORM,
        PROVISION
    }

    /** @throws IllegalArgumentException in words for the person at the terminal */
    static BenchOptions parse(List<String> arguments) {
        return new Parser(arguments).parse();
    }

    /** The options while they are being read. */
    private static final class Parser {
        private final ArrayDeque<String> rest;
        private final Set<Scenario> scenarios = EnumSet.noneOf(Scenario.class);
        private int devices = 1000;
        private double rate;
        private int concurrency = 32;
        private int duration = 30;
        private int warmUp = 40;
        private int orders = 300;
        private int fleet = 100_000;
        private int storm = 50_000;
        private int provision = 10_000;
        private int portOffset;
        private @Nullable URI acs;
        private final List<Long> watch = new ArrayList<>();
        private @Nullable String username;
        private @Nullable String password;
        private Path json = Path.of("target", "bench.json");
        private boolean docs;

        Parser(List<String> arguments) {
            rest = new ArrayDeque<>(arguments);
        }

        BenchOptions parse() {
            while (!rest.isEmpty()) {
                take(rest.remove());
            }
            if (scenarios.isEmpty()) {
                Collections.addAll(scenarios, Scenario.values());
            }
            if (acs != null && watch.isEmpty()) {
                throw new IllegalArgumentException("--acs needs --watch: whose CPU time is to be counted?");
            }
            if (acs != null) {
                // every ACS has ways of its own to be given orders and devices
                scenarios.retainAll(EnumSet.of(Scenario.FIRST, Scenario.STEADY));
                if (scenarios.isEmpty()) {
                    throw new IllegalArgumentException("another ACS can be measured in first contact and steady only");
                }
            }
            return new BenchOptions(
                    scenarios,
                    devices,
                    rate,
                    concurrency,
                    Duration.ofSeconds(duration),
                    Duration.ofSeconds(warmUp),
                    orders,
                    fleet,
                    storm,
                    provision,
                    portOffset,
                    acs,
                    List.copyOf(watch),
                    username,
                    password,
                    json,
                    docs);
        }

        private void take(String argument) {
            switch (argument) {
                case "session" -> {
                    if (rest.stream().noneMatch(List.of("first", "steady", "order")::contains)) {
                        Collections.addAll(scenarios, Scenario.FIRST, Scenario.STEADY, Scenario.ORDER);
                    }
                }
                case "first" -> scenarios.add(Scenario.FIRST);
                case "steady" -> scenarios.add(Scenario.STEADY);
                case "order" -> scenarios.add(Scenario.ORDER);
                case "scale" -> Collections.addAll(scenarios, Scenario.STEADY, Scenario.SCALE);
                case "storm" -> scenarios.add(Scenario.STORM);
                case "provision" -> scenarios.add(Scenario.PROVISION);
                case "docs" -> docs = true;
                case "--fleet" -> fleet = number(argument, 1);
                case "--storm" -> storm = number(argument, 1);
                case "--provision" -> provision = number(argument, 1);
                case "--devices" -> devices = number(argument, 1);
                case "--rate" -> rate = number(argument, 1);
                case "--concurrency" -> concurrency = number(argument, 1);
                case "--duration" -> duration = number(argument, 1);
                case "--warm-up" -> warmUp = number(argument, 0);
                case "--orders" -> orders = number(argument, 1);
                case "--port-offset" -> portOffset = number(argument, 0);
                case "--acs" -> acs = URI.create(value(argument));
                case "--watch" -> {
                    for (String pid : value(argument).split(",")) {
                        if (!pid.strip().matches("\\d{1,9}")) {
                            throw new IllegalArgumentException("--watch needs process ids, not " + pid);
                        }
                        watch.add(Long.parseLong(pid.strip()));
                    }
                }
                case "--username" -> username = value(argument);
                case "--password" -> password = value(argument);
                case "--json" -> json = Path.of(value(argument));
                default -> throw new IllegalArgumentException("there is no " + argument);
            }
        }

        private String value(String option) {
            if (rest.isEmpty()) {
                throw new IllegalArgumentException(option + " needs a value");
            }
            return rest.remove();
        }

        private int number(String option, int least) {
            String value = value(option);
            if (value.matches("\\d{1,9}") && Integer.parseInt(value) >= least) {
                return Integer.parseInt(value);
            }
            throw new IllegalArgumentException(option + " needs a whole number from " + least + ", not " + value);
        }
    }
}
