package org.homeward.standalone.drill;

import static org.homeward.standalone.drill.Drills.Ground.APART;
import static org.homeward.standalone.drill.Drills.Ground.OWN_CLOCK;
import static org.homeward.standalone.drill.Drills.Ground.SEPARATE;
import static org.homeward.standalone.drill.Drills.Ground.SMALL_DISK;
import static org.homeward.standalone.drill.Drills.Ground.WHOLE;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.homeward.standalone.drill.site.Target;

/** The drills, each by its name. */
final class Drills {

    private static final int POSTS_MEANWHILE = 150;
    private static final int ORDERS_MEANWHILE = 15;

    /** Of the short form. */
    private static final int FEWER_POSTS = 60;

    private static final int FEWER_ORDERS = 6;

    private Drills() {}

    /** On which kind of system a drill runs. */
    enum Ground {
        /** Every part in a process of its own; shared by all drills that want it. */
        SEPARATE,
        /** Like {@link #SEPARATE}, with gateways and brains apart. */
        APART,
        /** {@code ./homeward up} with all that it starts by itself. */
        WHOLE,
        /** Like {@link #SEPARATE}, with the backends' data on a small disk. */
        SMALL_DISK,
        /** Like {@link #SEPARATE}, with a clock that can be set. */
        OWN_CLOCK
    }

    record Drill(String name, String does, Ground ground, Harm harm) {}

    /** Stands for {@code each} and {@code all}, so it is none of those that run when none is named. */
    static final String SHORT = "short";

    /** In the order in which they run. */
    static final List<String> NAMES =
            List.of("broker", "postgres", "mongo", "pair", "stall", "random", "clock", "disk", "each", "all");

    /**
     * A drill by its name.
     *
     * @param data where the course keeps what drills need
     */
    static Drill find(String name, int kills, Path data) {
        return switch (name) {
            case "broker" ->
                new Drill(name, "the broker is stopped, then killed, and comes back", SEPARATE, away(name));
            case "postgres" ->
                new Drill(name, "PostgreSQL is stopped, then killed, and comes back", SEPARATE, away(name));
            case "mongo" ->
                new Drill(name, "the MongoDB stand-in is stopped, then killed, and comes back", SEPARATE, away(name));
            case "pair" ->
                new Drill(
                        name,
                        "of two gateways and two brains, each a process, one of each is killed, then the others",
                        APART,
                        Drills::pair);
            case "stall" ->
                new Drill(
                        name,
                        "a process stands still until its partitions have moved, then goes on",
                        SEPARATE,
                        new Stall());
            case "random" -> new Drill(name, kills + " random kills in a row", SEPARATE, new RandomKills(kills));
            case "clock" ->
                new Drill(name, "the services' clocks jump forth and back", OWN_CLOCK, new ClockJumps(clock(data)));
            case "disk" ->
                new Drill(
                        name,
                        "the disk of broker and databases is full, and has room again",
                        SMALL_DISK,
                        new FullDisk(data.resolve("small_disk/backends")));
            case "each" ->
                new Drill(
                        name,
                        "every process of ./homeward up is killed in turn",
                        WHOLE,
                        stage -> each(stage, POSTS_MEANWHILE, ORDERS_MEANWHILE));
            case "all" ->
                new Drill(
                        name,
                        "all processes of ./homeward up are killed at once",
                        WHOLE,
                        stage -> all(stage, POSTS_MEANWHILE, ORDERS_MEANWHILE));
            case SHORT ->
                new Drill(
                        name,
                        "the short form: each and all in one, with less load",
                        WHOLE,
                        stage -> each(stage, FEWER_POSTS, FEWER_ORDERS) + ", then "
                                + all(stage, FEWER_POSTS, FEWER_ORDERS));
            default -> throw new IllegalArgumentException("there is no drill " + name);
        };
    }

    /** What the services' clocks are off by. */
    static Path clock(Path data) {
        return data.resolve("clock");
    }

    /** All of them for people, a line each. */
    static String list() {
        StringBuilder list = new StringBuilder();
        Stream.concat(NAMES.stream(), Stream.of(SHORT))
                .forEach(name -> list.append("  %-9s %s%n"
                        .formatted(name, find(name, 100, Path.of("")).does())));
        return list.toString();
    }

    private static Harm away(String name) {
        return stage -> {
            Target target = stage.site().target(name);
            stage.underLoad(POSTS_MEANWHILE, ORDERS_MEANWHILE);
            stage.stop(target);
            stage.underLoad(POSTS_MEANWHILE, ORDERS_MEANWHILE);
            stage.newcomers(2);
            stage.start(target);
            stage.awaitService();
            stage.underLoad(POSTS_MEANWHILE, ORDERS_MEANWHILE);
            stage.kill(target);
            stage.underLoad(POSTS_MEANWHILE, ORDERS_MEANWHILE);
            stage.start(target);
            stage.awaitService();
            return "stopped and killed, away for " + POSTS_MEANWHILE + " CPE requests each";
        };
    }

    /** A gateway first, and while it is away a brain that knew nothing of it; then the other two. */
    private static String pair(Stage stage) {
        for (List<String> names : List.of(List.of("gateway-a", "brain-b"), List.of("brain-a", "gateway-b"))) {
            for (String name : names) {
                stage.underLoad(POSTS_MEANWHILE, ORDERS_MEANWHILE);
                stage.kill(stage.site().target(name));
                stage.newcomers(1);
            }
            int served = stage.served();
            stage.underLoad(2 * POSTS_MEANWHILE, 2 * ORDERS_MEANWHILE);
            if (stage.served() == served) {
                throw new IllegalStateException("nobody was served while the other gateway and brain were there");
            }
            names.forEach(name -> stage.start(stage.site().target(name)));
        }
        stage.underLoad(POSTS_MEANWHILE, ORDERS_MEANWHILE);
        return "each gateway and each brain killed once, the others served on";
    }

    /** The parent comes last; what it leaves running is its next start's to reclaim. */
    private static String each(Stage stage, int posts, int orders) {
        for (Target target : stage.site().targets()) {
            stage.underLoad(posts, orders);
            boolean parent = stage.site().services().contains(target);
            List<ProcessHandle> orphans = parent ? stage.site().processes() : List.of();
            stage.kill(target);
            stage.newcomers(1);
            stage.start(target);
            Leftovers.requireGone(stage, orphans);
            stage.awaitService();
        }
        return stage.site().targets().stream().map(Target::name).toList() + " killed in turn";
    }

    private static String all(Stage stage, int posts, int orders) {
        stage.underLoad(posts, orders);
        stage.say("kill -9 of everything at once");
        List<ProcessHandle> before = stage.site().processes();
        stage.site().targets().reversed().forEach(Target::kill);
        stage.newcomers(1);
        stage.restore();
        Leftovers.requireGone(stage, before);
        stage.awaitService();
        stage.underLoad(posts, orders);
        return "all killed at once";
    }
}
