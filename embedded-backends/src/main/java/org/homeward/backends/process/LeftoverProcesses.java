package org.homeward.backends.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The processes that were started for a data directory, written down there with pid and start time, so
 * that the start after a {@code kill -9} ends exactly those of them that still run. A pid alone says
 * nothing: it may belong to somebody else by then.
 *
 * <p>Only the holder of the directory's {@link DirectoryLock} can have this.
 */
public final class LeftoverProcesses {

    private static final Logger LOG = LoggerFactory.getLogger(LeftoverProcesses.class);

    /** Start times are computed from the boot time, which is corrected now and then; a busy machine adds to it. */
    private static final Duration TOLERANCE = Duration.ofSeconds(5);

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Path file;

    LeftoverProcesses(Path directory) {
        this.file = directory.resolve("processes");
    }

    /** One process as written down: its pid, when it started, what it is. */
    public record Started(long pid, Instant at, String what) {

        static Started of(ProcessHandle process, String what) {
            return new Started(process.pid(), startOf(process).orElse(Instant.EPOCH), what);
        }

        static Started parse(String line) {
            var parts = line.split(" ", 3);
            return new Started(Long.parseLong(parts[0]), Instant.parse(parts[1]), parts[2]);
        }

        String line() {
            return pid + " " + at + " " + what;
        }

        /** The process that was written down, if it is still that one. */
        public Optional<ProcessHandle> alive() {
            return ProcessHandle.of(pid)
                    .filter(ProcessHandle::isAlive)
                    .filter(process -> startOf(process)
                            .map(start -> Duration.between(start, at).abs().compareTo(TOLERANCE) <= 0)
                            .orElse(false));
        }

        private static Optional<Instant> startOf(ProcessHandle process) {
            return process.info().startInstant();
        }
    }

    /** Writes a process down, before anything else can go wrong. */
    public synchronized void record(ProcessHandle process, String what) {
        var all = new ArrayList<>(read());
        all.add(Started.of(process, what));
        write(all);
    }

    /** Strikes a process that has ended. */
    public synchronized void forget(ProcessHandle process) {
        write(read().stream().filter(started -> started.pid() != process.pid()).toList());
    }

    /**
     * Ends what a killed start has left running: politely, then after ten seconds by force.
     *
     * @return what was ended
     */
    public synchronized List<Started> reclaim() {
        var ended = new ArrayList<Started>();
        for (var started : read()) {
            started.alive().ifPresent(process -> {
                end(process, started);
                ended.add(started);
            });
        }
        write(List.of());
        return ended;
    }

    /** Ends a process: politely, then after ten seconds by force. Returns when it is gone. */
    public static void end(ProcessHandle process, Started started) {
        LOG.warn("ending {}, left over with pid {}", started.what(), started.pid());
        process.destroy();
        if (!awaitEnd(process)) {
            process.destroyForcibly();
            if (!awaitEnd(process)) {
                throw new IllegalStateException("process " + process.pid() + " cannot be ended");
            }
        }
    }

    private static boolean awaitEnd(ProcessHandle process) {
        try {
            process.onExit()
                    .orTimeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                    .join();
            return true;
        } catch (CompletionException e) {
            if (e.getCause() instanceof TimeoutException) {
                return false;
            }
            throw e;
        }
    }

    private List<Started> read() {
        try {
            return Files.exists(file)
                    ? Files.readAllLines(file).stream().map(Started::parse).toList()
                    : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void write(List<Started> all) {
        var next = file.resolveSibling(file.getFileName() + ".next");
        try {
            Files.write(next, all.stream().map(Started::line).toList());
            Files.move(next, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
