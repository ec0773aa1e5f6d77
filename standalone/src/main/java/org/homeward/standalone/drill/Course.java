package org.homeward.standalone.drill;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.homeward.backends.process.Directories;
import org.homeward.backends.process.DirectoryLock;
import org.homeward.backends.process.LeftoverProcesses;
import org.homeward.standalone.PortPlan;
import org.homeward.standalone.drill.Drills.Drill;
import org.homeward.standalone.drill.Drills.Ground;
import org.homeward.standalone.drill.account.Finding;
import org.homeward.standalone.drill.site.SeparateSite;
import org.homeward.standalone.drill.site.Site;
import org.homeward.standalone.drill.site.Target;
import org.homeward.standalone.drill.site.WholeSite;
import org.jspecify.annotations.Nullable;

/** Runs drills one after the other, each on the ground that it wants; those that want the same share it. */
final class Course {

    /** Most of it is what a database writes before it holds anything. */
    private static final int SMALL_DISK_MEGABYTES = 900;

    /** What the services wait for is waited for less long, so that a drill ends; what waits is the same. */
    private static final Map<String, String> IMPATIENCE = Map.of(
            "HOMEWARD_PROVISIONING_SESSION_SILENCE", "30s",
            "HOMEWARD_PROVISIONING_ORDERS_REBOOT_WITHIN", "60s",
            "HOMEWARD_KAFKA_CONSUMER_SESSION_TIMEOUT", "6s");

    private final Options options;
    private final Path project;
    private final Screen screen;
    private volatile @Nullable Site site;
    private @Nullable Ground ground;
    private @Nullable LeftoverProcesses leftovers;

    Course(Options options, Path project, Screen screen) {
        this.options = options;
        this.project = project;
        this.screen = screen;
    }

    /** Adds an outcome for each drill, and one for the order in which all was left. */
    void run(List<Outcome> outcomes) throws IOException, InterruptedException {
        try (DirectoryLock held = DirectoryLock.take(options.data())) {
            LeftoverProcesses ours = held.leftovers();
            ours.reclaim();
            leftovers = ours;
            Runtime.getRuntime().addShutdownHook(new Thread(this::abandon, "drill-end"));
            try {
                for (String name : options.drills()) {
                    outcomes.add(drill(name, outcomes.size()));
                }
            } finally {
                leave().ifPresent(outcomes::add);
            }
        }
    }

    private Outcome drill(String name, int number) throws IOException, InterruptedException {
        Drill drill = Drills.find(name, options.kills(), options.data());
        screen.say(name + ": " + drill.does());
        Optional<String> obstacle = enter(drill.ground());
        Site entered = site;
        if (obstacle.isPresent() || entered == null) {
            screen.say(name + " CANNOT RUN HERE: " + obstacle.orElse(""));
            return Outcome.skipped(name, obstacle.orElse(""));
        }
        Outcome outcome = new Exercise(
                        entered,
                        screen,
                        new Exercise.Load(options.devices(), Duration.ofMillis(250), options.seed() * 1_000 + number))
                .run(name, drill.harm());
        screen.say(name
                + (outcome.balances() ? " balances" : ": " + outcome.findings().size() + " findings"));
        return outcome;
    }

    /** @return why the ground cannot be had */
    private Optional<String> enter(Ground wanted) throws IOException, InterruptedException {
        if (wanted == ground) {
            return Optional.empty();
        }
        leave();
        Path data = options.data().resolve(wanted.name().toLowerCase(java.util.Locale.ROOT));
        Path backends = data.resolve("backends");
        Leftovers.clear(data, List.of(backends.resolve("postgres"), data.resolve("up/postgres")));
        LeftoverProcesses ours = Objects.requireNonNull(leftovers);
        PortPlan ports = new PortPlan(options.portOffset());
        Map<String, String> environment = IMPATIENCE;
        switch (wanted) {
            case WHOLE -> {
                WholeSite whole = new WholeSite(project, data.resolve("up"), ports, environment, ours);
                site = whole;
                ground = wanted;
                screen.say("starts ./homeward up");
                whole.start();
                return Optional.empty();
            }
            case SEPARATE, APART -> {}
            case SMALL_DISK -> {
                Directories.ensure(backends);
                Optional<String> obstacle = FullDisk.mount(backends, SMALL_DISK_MEGABYTES);
                if (obstacle.isPresent()) {
                    return Optional.of("a small disk cannot be mounted, which takes root: " + obstacle.get());
                }
            }
            case OWN_CLOCK -> {
                Optional<Path> library = ClockJumps.library();
                if (library.isEmpty()) {
                    return Optional.of("libfaketime is not installed (Debian: apt install libfaketime)");
                }
                environment = new java.util.HashMap<>(IMPATIENCE);
                environment.putAll(ClockJumps.environment(library.get(), Drills.clock(options.data())));
            }
        }
        SeparateSite.Layout layout = wanted == Ground.APART ? SeparateSite.Layout.APART : SeparateSite.Layout.TOGETHER;
        SeparateSite separate = new SeparateSite(project, data, backends, ports, layout, environment, ours);
        site = separate;
        ground = wanted;
        screen.say("starts broker, PostgreSQL, MongoDB stand-in, Keycloak and "
                + separate.services().stream().map(Target::name).collect(Collectors.joining(", ")));
        separate.start();
        return Optional.empty();
    }

    /** What Ctrl-C leads to. */
    private void abandon() {
        Site left = site;
        if (left != null) {
            left.close();
        }
    }

    /** Stops what runs, and looks whether anything of it is left. */
    private Optional<Outcome> leave() throws IOException, InterruptedException {
        Site left = site;
        Ground was = ground;
        site = null;
        ground = null;
        if (left == null || was == null) {
            return Optional.empty();
        }
        screen.say("stops everything");
        left.close();
        List<Finding> findings = new ArrayList<>(Leftovers.after(left));
        if (was == Ground.SMALL_DISK) {
            FullDisk.unmount(options.data().resolve("small_disk/backends"));
        }
        return findings.isEmpty()
                ? Optional.empty()
                : Optional.of(new Outcome("clean-up", "stopped in order", 0, 0, Map.of(), Map.of(), findings, 0, ""));
    }
}
