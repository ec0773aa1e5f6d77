package org.homeward.provisioning.plan.events;

import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** Looks at the ledgers' timers every now and then, on a thread of its own. */
final class BrainTimers implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(BrainTimers.class);

    private final BrainConsumer brain;
    private final Duration interval;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final Thread thread = Thread.ofVirtual().name("provisioning-timers").unstarted(this::run);

    BrainTimers(BrainConsumer brain, Duration interval) {
        this.brain = brain;
        this.interval = interval;
    }

    BrainTimers start() {
        thread.start();
        return this;
    }

    private void run() {
        try {
            while (!stop.await(interval.toMillis(), TimeUnit.MILLISECONDS)) {
                ring();
            }
        } catch (InterruptedException e) {
            LOG.debug("timers stop");
        }
    }

    private void ring() {
        try {
            boolean more = true;
            while (more && stop.getCount() > 0) {
                more = brain.ring();
            }
        } catch (SQLException | RuntimeException e) {
            // they are still due the next time
            LOG.warnf("timers wait: %s", e.getMessage());
        }
    }

    @Override
    public void close() {
        stop.countDown();
        try {
            thread.join(Duration.ofSeconds(5));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
