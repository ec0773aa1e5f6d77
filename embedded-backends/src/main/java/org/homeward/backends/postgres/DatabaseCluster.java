package org.homeward.backends.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.homeward.backends.process.Directories;
import org.homeward.backends.process.LeftoverProcesses;
import org.homeward.backends.process.LeftoverProcesses.Started;

/** The files of one PostgreSQL server: its data, and the word that they were once complete. */
record DatabaseCluster(Path directory) {

    Path data() {
        return directory.resolve("data");
    }

    private Path finished() {
        return directory.resolve("initialised");
    }

    /**
     * Ends the server that still runs on this data, if any; that the caller holds the directory's lock says
     * that the JVM which started it is gone.
     */
    void endLeftover() {
        written().ifPresent(started -> started.alive().ifPresent(process -> LeftoverProcesses.end(process, started)));
    }

    /** The server's first process, if it runs. */
    Optional<ProcessHandle> process() {
        return written().flatMap(Started::alive);
    }

    /** PostgreSQL itself writes down its pid and start time. */
    private Optional<Started> written() {
        var pidFile = data().resolve("postmaster.pid");
        if (!Files.exists(pidFile)) {
            return Optional.empty();
        }
        try {
            var lines = Files.readAllLines(pidFile);
            if (lines.size() < 3) {
                return Optional.empty(); // died while it wrote it
            }
            return Optional.of(new Started(
                    Math.abs(Long.parseLong(lines.get(0).strip())),
                    Instant.ofEpochSecond(Long.parseLong(lines.get(2).strip())),
                    "PostgreSQL"));
        } catch (NoSuchFileException e) {
            return Optional.empty(); // it has just ended
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Throws away what an interrupted first start left, which PostgreSQL would stumble over for ever. */
    void discardUnfinished() {
        if (Files.exists(data()) && !Files.exists(finished())) {
            Directories.delete(data());
        }
    }

    void markFinished() {
        try {
            if (!Files.exists(finished())) {
                Files.createFile(finished());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
