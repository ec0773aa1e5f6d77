package org.homeward.standalone.drill;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Sets the clocks of the services forth and back while they run, with libfaketime: what counts time since a moment goes on
 * as it should, what tells the time of day jumps. Broker, databases and CPEs keep the right time.
 */
final class ClockJumps implements Harm {

    private static final Duration JUMP = Duration.ofMinutes(15);

    /** Long enough for the broker to give up on a consumer whose heart goes by the time of day. */
    private static final int POSTS_MEANWHILE = 1_000;

    private static final int ORDERS_MEANWHILE = 80;

    /** The library looks at its file this often. */
    private static final Duration NOTICED_WITHIN = Duration.ofSeconds(2);

    private final Path file;
    private final List<Jump> jumps = new ArrayList<>();

    /** The clock was off by so much from then on. */
    private record Jump(Instant from, Duration by) {}

    /** @param file what the services' clocks are off by, see {@link #environment} */
    ClockJumps(Path file) {
        this.file = file;
    }

    /** The library, if it is installed. */
    static Optional<Path> library() {
        return Stream.of("/usr/lib/x86_64-linux-gnu", "/usr/lib/aarch64-linux-gnu", "/usr/lib", "/usr/local/lib")
                .map(folder -> Path.of(folder, "faketime", "libfaketimeMT.so.1"))
                .filter(Files::exists)
                .findFirst();
    }

    /** What makes a process take its time from the library. */
    static Map<String, String> environment(Path library, Path file) throws IOException {
        Files.writeString(file, "+0\n");
        return Map.of(
                "LD_PRELOAD",
                library.toString(),
                "FAKETIME_TIMESTAMP_FILE",
                file.toString(),
                "FAKETIME_CACHE_DURATION",
                "1",
                // what waits goes by this clock
                "FAKETIME_DONT_FAKE_MONOTONIC",
                "1",
                // a remedy for other systems' libraries; with it no wait of a JVM lasts, and all of them spin
                "FAKETIME_FORCE_MONOTONIC_FIX",
                "0");
    }

    @Override
    public String on(Stage stage) throws IOException {
        stage.correct(this::rightTime);
        jumps.add(new Jump(stage.began(), Duration.ZERO));
        for (Duration by : List.of(JUMP, Duration.ZERO, JUMP.negated(), Duration.ZERO)) {
            stage.underLoad(POSTS_MEANWHILE, ORDERS_MEANWHILE);
            stage.say("sets the clocks to " + (by.isZero() ? "the right time" : by + " off"));
            Files.writeString(file, (by.isNegative() ? "" : "+") + by.toSeconds() + "\n");
            jumps.add(new Jump(Instant.now(), by));
        }
        stage.underLoad(POSTS_MEANWHILE, ORDERS_MEANWHILE);
        return JUMP.toMinutes() + " min ahead, right, " + JUMP.toMinutes() + " min behind, right";
    }

    /** When it was that the services said it was this time. */
    private Instant rightTime(Instant said) {
        for (int i = 0; i < jumps.size(); i++) {
            Instant at = said.minus(jumps.get(i).by());
            boolean begun = !at.isBefore(jumps.get(i).from());
            boolean over =
                    i + 1 < jumps.size() && at.isAfter(jumps.get(i + 1).from().plus(NOTICED_WITHIN));
            if (begun && !over) {
                return at;
            }
        }
        return said;
    }
}
