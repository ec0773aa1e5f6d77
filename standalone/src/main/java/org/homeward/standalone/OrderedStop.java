package org.homeward.standalone;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import org.homeward.backends.process.DirectoryLock;
import org.jspecify.annotations.Nullable;

/**
 * Takes the house down in order, however the end comes: services first (Quarkus stops them by a shutdown
 * hook of its own), then their backends, then the claim on the data directory. Runs as a shutdown hook.
 */
final class OrderedStop implements Runnable {

    /** How long the services may take to stop before their backends go. */
    private static final int SERVICES_WITHIN_SECONDS = 20;

    private final Backends backends;
    private final DirectoryLock data;
    private volatile @Nullable CountDownLatch servicesRun;
    private volatile boolean stopping;

    OrderedStop(Backends backends, DirectoryLock data) {
        this.backends = backends;
        this.data = data;
    }

    /** Runs the services until they end by themselves or because the process is asked to. */
    int whileRunning(IntSupplier services) {
        var running = new CountDownLatch(1);
        servicesRun = running;
        try {
            return services.getAsInt();
        } finally {
            running.countDown();
        }
    }

    /** Whether the end has come, so that what fails now fails because of it. */
    boolean isStopping() {
        return stopping;
    }

    @Override
    public void run() {
        stopping = true;
        backends.leaveAlone();
        awaitServices();
        backends.stop();
        data.close();
    }

    private void awaitServices() {
        var running = servicesRun;
        if (running == null) {
            return;
        }
        try {
            if (!running.await(SERVICES_WITHIN_SECONDS, TimeUnit.SECONDS)) {
                System.err.println("homeward: the services did not stop within " + SERVICES_WITHIN_SECONDS + " s");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
