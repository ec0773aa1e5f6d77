package org.homeward.standalone;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.homeward.standalone.Part.Running.Embedded;
import org.jboss.logging.Logger;

/**
 * Starts a backend again that ended although nobody asked it to, on the data that it left. Waits a second before the first
 * try, and twice as long before each further one, up to half a minute.
 */
final class Supervisor {

    private static final Logger LOG = Logger.getLogger(Supervisor.class);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    private final CountDownLatch end = new CountDownLatch(1);
    private final Duration firstPause;

    Supervisor() {
        this(Duration.ofSeconds(1));
    }

    /** @param firstPause also how often it looks */
    Supervisor(Duration firstPause) {
        this.firstPause = firstPause;
    }

    /** Looks after those of the parts that are ours, from now on; returns at once. */
    void watch(List<Part> parts) {
        for (Part part : parts) {
            if (part.ours() instanceof Embedded ours) {
                Thread.ofVirtual().name("watch-" + part.name()).start(() -> watch(part.name(), ours));
            }
        }
    }

    /** Leaves things alone from now on, so that they can be stopped. */
    void stop() {
        end.countDown();
    }

    private void watch(String name, Embedded part) {
        var pause = firstPause;
        while (!ends(pause)) {
            if (part.isRunning().getAsBoolean()) {
                pause = firstPause;
            } else if (startAgain(name, part)) {
                pause = firstPause;
            } else {
                pause = longer(pause);
            }
        }
    }

    private boolean startAgain(String name, Embedded part) {
        LOG.warnf("%s has ended by itself, and is started again", name);
        try {
            part.stop().run(); // lets go of what belonged to the one that ended
            part.start().run();
            LOG.warnf("%s runs again", name);
        } catch (RuntimeException e) {
            LOG.warnf("%s did not start: %s", name, e.getMessage());
            return false;
        }
        if (end.getCount() == 0) {
            part.stop().run(); // everything was stopped meanwhile
        }
        return true;
    }

    private static Duration longer(Duration pause) {
        var twice = pause.multipliedBy(2);
        return twice.compareTo(LONGEST_PAUSE) < 0 ? twice : LONGEST_PAUSE;
    }

    private boolean ends(Duration within) {
        try {
            return end.await(within.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }
}
