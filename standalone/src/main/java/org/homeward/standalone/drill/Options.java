package org.homeward.standalone.drill;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/**
 * What {@code ./homeward drill} understands.
 *
 * @param drills names; empty for all
 * @param kills of the drill {@code random}
 * @param allowSkips whether a drill that cannot run here is no failure
 */
record Options(
        List<String> drills,
        int kills,
        long seed,
        int devices,
        int portOffset,
        Path data,
        Path json,
        boolean allowSkips,
        boolean help) {

    static final String USAGE = """
            Usage: ./homeward drill [NAME...] [options]

              --kills N         how often the drill random kills (default 100)
              --seed S          of devices, orders and random kills (default 1)
              --devices N       simulated CPEs that call meanwhile (default 40)
              --port-offset K   added to every port (default 4200)
              --data DIR        where the systems under drill keep their data; emptied first
                                (default .homeward/drill)
              --json FILE       the report (default target/drill.json)
              --allow-skips     a drill that cannot run on this machine is no failure

            Exit code: 0 all accounts balance, 1 they do not, 3 they do, but not all drills could run,
            2 nothing was drilled.

            Names are those below; without any name all but short run:

            """;

    /** @throws IllegalArgumentException says what is wrong */
    static Options parse(List<String> arguments, Path project) {
        ArrayDeque<String> rest = new ArrayDeque<>(arguments);
        List<String> drills = new ArrayList<>();
        int kills = 100;
        long seed = 1;
        int devices = 40;
        int offset = 4_200;
        Path data = project.resolve(".homeward/drill");
        Path json = Path.of("target", "drill.json");
        boolean allowSkips = false;
        boolean help = false;
        while (!rest.isEmpty()) {
            String word = rest.removeFirst();
            switch (word) {
                case "--kills" -> kills = number(word, rest, 1, 100_000);
                case "--seed" -> seed = number(word, rest, 0, Integer.MAX_VALUE);
                case "--devices" -> devices = number(word, rest, 8, 5_000);
                case "--port-offset" -> offset = number(word, rest, 0, 30_000);
                case "--data" -> data = Path.of(value(word, rest));
                case "--json" -> json = Path.of(value(word, rest));
                case "--allow-skips" -> allowSkips = true;
                case "--help", "-h" -> help = true;
                default -> {
                    if (!Drills.NAMES.contains(word) && !word.equals(Drills.SHORT)) {
                        throw new IllegalArgumentException("there is no drill or option " + word);
                    }
                    drills.add(word);
                }
            }
        }
        return new Options(
                drills.isEmpty() ? Drills.NAMES : List.copyOf(drills),
                kills,
                seed,
                devices,
                offset,
                data.toAbsolutePath().normalize(),
                json,
                allowSkips,
                help);
    }

    private static int number(String option, ArrayDeque<String> rest, int least, int most) {
        String text = value(option, rest);
        if (text.matches("\\d{1,10}") && Long.parseLong(text) >= least && Long.parseLong(text) <= most) {
            return Integer.parseInt(text);
        }
        throw new IllegalArgumentException(option + " wants a number from " + least + " to " + most + ", not " + text);
    }

    private static String value(String option, ArrayDeque<String> rest) {
        if (rest.isEmpty()) {
            throw new IllegalArgumentException(option + " wants a value");
        }
        return rest.removeFirst();
    }
}
