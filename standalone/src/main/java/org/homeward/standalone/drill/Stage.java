package org.homeward.standalone.drill;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import org.homeward.standalone.drill.account.Answer;
import org.homeward.standalone.drill.account.Books;
import org.homeward.standalone.drill.account.Finding;
import org.homeward.standalone.drill.load.Cpes;
import org.homeward.standalone.drill.site.Services;
import org.homeward.standalone.drill.site.Site;
import org.homeward.standalone.drill.site.Target;

/** Where harm is done: the system, the load on it, and a place to say what is going on. */
final class Stage {

    private static final Duration LOOK_EVERY = Duration.ofMillis(50);

    private final Site site;
    private final Cpes cpes;
    private final Books books;
    private final Screen screen;
    private final Random random;
    private final List<Finding> findings = new ArrayList<>();
    private final Instant began = Instant.now();
    private UnaryOperator<Instant> correction = UnaryOperator.identity();

    Stage(Site site, Cpes cpes, Books books, Screen screen, Random random) {
        this.site = site;
        this.cpes = cpes;
        this.books = books;
        this.screen = screen;
        this.random = random;
    }

    /** How times that the services said are to be read from now on. */
    void correct(UnaryOperator<Instant> rightTime) {
        correction = rightTime;
    }

    UnaryOperator<Instant> correction() {
        return correction;
    }

    /** Before the first CPE called. */
    Instant began() {
        return began;
    }

    Site site() {
        return site;
    }

    Random random() {
        return random;
    }

    List<Finding> findings() {
        synchronized (findings) {
            return List.copyOf(findings);
        }
    }

    void found(Finding.Kind kind, String what) {
        synchronized (findings) {
            findings.add(new Finding(kind, what));
        }
    }

    void say(String what) {
        screen.say("  " + what);
    }

    /** Waits until so many more POSTs of CPEs were answered, or failed, and so many more orders were tried. */
    void underLoad(int posts, int orders) {
        int postsThen = allPosts() + posts;
        int ordersThen = books.orderPosts() + orders;
        await("load", Duration.ofMinutes(6), () -> allPosts() >= postsThen && books.orderPosts() >= ordersThen);
    }

    private int allPosts() {
        return books.answerCounts().values().stream()
                .mapToInt(Integer::intValue)
                .sum();
    }

    /** How many POSTs of CPEs were served so far. */
    int served() {
        return books.answerCounts().getOrDefault(Answer.SERVED, 0);
    }

    /** Waits until CPEs are served again. */
    void awaitService() {
        int then = served() + 20;
        await("CPEs to be served", Duration.ofMinutes(6), () -> served() >= then);
    }

    /** Waits until so many more requests of CPEs were served, or the time is up. */
    void awaitServed(int more, Duration atMost) {
        int then = served() + more;
        Instant deadline = Instant.now().plus(atMost);
        while (served() < then && Instant.now().isBefore(deadline)) {
            LockSupport.parkNanos(LOOK_EVERY.toNanos());
        }
    }

    void newcomers(int count) {
        cpes.start(count);
    }

    void stop(Target target) {
        say("stops " + target.name());
        target.stop();
    }

    void kill(Target target) {
        say("kill -9 " + target.name());
        target.kill();
    }

    void start(Target target) {
        Instant began = Instant.now();
        startAgain(target);
        say(target.name() + " is back after "
                + Duration.between(began, Instant.now()).toMillis() / 100 / 10.0 + " s");
    }

    /** A server that was killed may need a moment until its last processes have gone, so more than one try. */
    private static void startAgain(Target target) {
        int tries = 5;
        while (true) {
            try {
                target.start();
                return;
            } catch (RuntimeException e) {
                if (--tries == 0) {
                    throw e;
                }
                LockSupport.parkNanos(Duration.ofSeconds(1).toNanos());
            }
        }
    }

    /** Starts what does not run, and waits until all services are ready. */
    void restore() {
        site.targets().stream().filter(target -> !target.isRunning()).forEach(this::start);
        site.services().forEach(Services::start);
    }

    void await(String what, Duration atMost, BooleanSupplier condition) {
        Instant deadline = Instant.now().plus(atMost);
        while (!condition.getAsBoolean()) {
            if (Instant.now().isAfter(deadline)) {
                throw new IllegalStateException("waited in vain for " + what);
            }
            LockSupport.parkNanos(LOOK_EVERY.toNanos());
        }
    }
}
