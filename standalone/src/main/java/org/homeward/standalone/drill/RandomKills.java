package org.homeward.standalone.drill;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import org.homeward.standalone.drill.site.Services;
import org.homeward.standalone.drill.site.Target;

/**
 * Kills a process at random, again and again; now and then both processes of services at once, or everything. Whatever was
 * killed is started again at once, side by side with the next kill, so that starts are killed, too. Between two kills CPEs
 * are served, as far as the last one let anybody serve them.
 */
final class RandomKills implements Harm {

    private static final int LEAST_GAP = 500;
    private static final int MORE_GAP = 4_000;

    /** Requests of CPEs that are served before the next kill, unless that takes too long. */
    private static final int SERVED_BETWEEN = 20;

    private static final Duration AT_MOST = Duration.ofSeconds(15);

    private final int kills;

    RandomKills(int kills) {
        this.kills = kills;
    }

    @Override
    public String on(Stage stage) throws InterruptedException {
        int done = 0;
        int atOnce = 0;
        Set<Target> starting = ConcurrentHashMap.newKeySet();
        try (ExecutorService starts = Executors.newVirtualThreadPerTaskExecutor()) {
            while (done < kills) {
                Thread.sleep(LEAST_GAP + stage.random().nextInt(MORE_GAP));
                stage.awaitServed(SERVED_BETWEEN, AT_MOST);
                List<Target> victims = victims(stage, starting);
                for (Target victim : victims) {
                    victim.kill();
                }
                done += victims.size();
                atOnce += victims.size() > 1 ? 1 : 0;
                if (!victims.isEmpty()) {
                    stage.say("kill " + done + " of " + kills + ": "
                            + victims.stream().map(Target::name).toList());
                    stage.newcomers(done % 20 == 0 ? 1 : 0);
                }
                victims.stream()
                        .filter(starting::add)
                        .forEach(victim -> starts.execute(() -> startAgain(victim, starting)));
            }
        }
        stage.restore();
        return done + " kills, " + atOnce + " times several at once";
    }

    private static void startAgain(Target victim, Set<Target> starting) {
        while (true) {
            try {
                victim.start();
                starting.remove(victim);
                return;
            } catch (RuntimeException e) {
                LockSupport.parkNanos(500_000_000L); // killed while it started, or its last processes are still going
            }
        }
    }

    /** Backends that are starting are left alone: there is no process yet that could be told. */
    private static List<Target> victims(Stage stage, Set<Target> starting) {
        Random random = stage.random();
        List<Target> alive = stage.site().targets().stream()
                .filter(target -> target instanceof Services || !starting.contains(target))
                .filter(Target::isRunning)
                .toList();
        if (alive.isEmpty()) {
            return List.of();
        }
        return switch (random.nextInt(20)) {
            case 0 -> alive;
            case 1, 2 -> alive.stream().filter(Services.class::isInstance).toList();
            default -> List.of(alive.get(random.nextInt(alive.size())));
        };
    }
}
