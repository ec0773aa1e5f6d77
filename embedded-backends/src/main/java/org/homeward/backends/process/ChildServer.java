package org.homeward.backends.process;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A server in a {@link ChildJvm} that owns a directory and a port: one at a time on its directory, never
 * beside what a killed start left there, never on a port that somebody else has.
 */
public final class ChildServer {

    private final String name;
    private final Path directory;
    private final int port;
    private @Nullable ChildJvm child;
    private @Nullable DirectoryLock lock;

    /** A server with a name for people; not started yet. */
    public ChildServer(String name, Path directory, int port) {
        this.name = name;
        this.directory = directory;
        this.port = port;
    }

    /**
     * Starts the child and returns when it is ready. May be stopped from another thread meanwhile.
     *
     * @param awaitReady returns when the child serves, throws if it never will
     * @throws PortTakenException if somebody else listens on the port
     * @throws IllegalStateException if another process runs on the directory, or the child does not start
     */
    public void start(Supplier<ChildJvm> launch, Consumer<ChildJvm> awaitReady) {
        if (isRunning()) {
            return;
        }
        try {
            awaitReady.accept(launched(launch));
        } catch (RuntimeException e) {
            stop();
            throw e;
        }
    }

    private synchronized ChildJvm launched(Supplier<ChildJvm> launch) {
        lock = DirectoryLock.take(directory);
        var leftovers = lock.leftovers();
        leftovers.reclaim();
        Ports.requireFree(port, name);
        var started = launch.get();
        child = started;
        leftovers.record(started.handle(), name);
        return started;
    }

    /**
     * Ends what a killed start left running here; what {@link #start} does first, for callers that look at
     * ports before they start anything.
     *
     * @throws IllegalStateException if another process runs on the directory
     */
    public synchronized void reclaim() {
        if (lock == null) {
            try (var held = DirectoryLock.take(directory)) {
                held.leftovers().reclaim();
            }
        }
    }

    /** Stops the child in order within twenty seconds, then by force. */
    public synchronized void stop() {
        if (lock == null) {
            return;
        }
        if (child != null) {
            child.stop();
            lock.leftovers().forget(child.handle());
            child = null;
        }
        lock.close();
        lock = null;
    }

    public synchronized boolean isRunning() {
        return child != null && child.isAlive();
    }

    /** The child, if one runs. */
    public synchronized Optional<ProcessHandle> process() {
        return Optional.ofNullable(child).filter(ChildJvm::isAlive).map(ChildJvm::handle);
    }

    /** Its pid, for measurements. */
    public synchronized long pid() {
        if (child == null) {
            throw new IllegalStateException(name + " does not run");
        }
        return child.handle().pid();
    }
}
