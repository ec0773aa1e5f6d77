package org.homeward.standalone;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.List;

/** What {@code ./homeward up} understands. */
sealed interface CommandLine {

    String USAGE = """
            Usage: ./homeward up [options]

              --demo N          also start N simulated CPEs (1..100000)
              --open            let CPEs in without credentials (lab only)
              --data DIR        keep data here (default: .homeward/data)
              --port-offset K   add K to every port (0..50000)
            """;

    /**
     * Start with these options.
     *
     * @param demo how many simulated CPEs to add
     * @param open whether CPEs get in without credentials
     * @param data where everything is kept
     */
    record Start(int demo, boolean open, Path data, PortPlan ports) implements CommandLine {}

    /** Explain and end. */
    record Help() implements CommandLine {}

    /** Say what is wrong and end. */
    record Refused(String why) implements CommandLine {}

    /**
     * Reads the arguments.
     *
     * @param project the folder that the default data directory is in
     */
    static CommandLine parse(List<String> arguments, Path project) {
        var rest = new ArrayDeque<>(arguments);
        var demo = 0;
        var open = false;
        var data = project.resolve(".homeward/data");
        var offset = 0;
        try {
            while (!rest.isEmpty()) {
                var option = rest.removeFirst();
                switch (option) {
                    case "--demo" -> demo = number(option, rest, 1, 100_000);
                    case "--open" -> open = true;
                    case "--data" -> data = Path.of(value(option, rest));
                    case "--port-offset" -> offset = number(option, rest, 0, 50_000);
                    case "--help", "-h" -> {
                        return new Help();
                    }
                    default -> throw new IllegalArgumentException("there is no option " + option);
                }
            }
        } catch (IllegalArgumentException e) {
            return new Refused(String.valueOf(e.getMessage()));
        }
        return new Start(demo, open, data.toAbsolutePath().normalize(), new PortPlan(offset));
    }

    private static int number(String option, ArrayDeque<String> rest, int least, int most) {
        var text = value(option, rest);
        if (text.matches("\\d{1,9}")) {
            var number = Integer.parseInt(text);
            if (number >= least && number <= most) {
                return number;
            }
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
