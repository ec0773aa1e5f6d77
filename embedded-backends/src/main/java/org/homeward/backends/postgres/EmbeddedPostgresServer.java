package org.homeward.backends.postgres;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.homeward.backends.process.Directories;
import org.homeward.backends.process.DirectoryLock;
import org.homeward.backends.process.Ports;
import org.jspecify.annotations.Nullable;

/**
 * A real PostgreSQL server on loopback, from packaged binaries; works as root, too.
 *
 * <p>It listens on loopback only and trusts who connects there: for one machine and for tests. A server
 * that a killed JVM left running on the same data is ended before a new one starts; one that somebody
 * else runs is never attached to.
 */
public final class EmbeddedPostgresServer implements AutoCloseable {

    private static final String SUPERUSER = "postgres";
    private static final Pattern DATABASE_NAME = Pattern.compile("[a-z][a-z0-9_]{0,62}");

    private final Path directory;
    private final boolean temporary;
    private final int port;
    private final Set<String> databases;
    private @Nullable EmbeddedPostgres server;
    private @Nullable DirectoryLock lock;

    private EmbeddedPostgresServer(Path directory, boolean temporary, int port, Set<String> databases) {
        this.directory = directory;
        this.temporary = temporary;
        this.port = port;
        this.databases = databases;
    }

    /**
     * A server with its data in a directory that is kept, written through to disk at every commit.
     *
     * @param port 0 chooses a free one
     * @param databases created at start if they are not there
     */
    public static EmbeddedPostgresServer at(Path directory, int port, String... databases) {
        return new EmbeddedPostgresServer(
                directory.toAbsolutePath(), false, Ports.orFree(port), new TreeSet<>(Set.of(databases)));
    }

    /** A server on a free port whose data is gone after {@link #close()}, so it does not wait for the disk. */
    public static EmbeddedPostgresServer temporary(String... databases) {
        return new EmbeddedPostgresServer(
                Directories.temporary("postgres"), true, Ports.free(), new TreeSet<>(Set.of(databases)));
    }

    /**
     * Starts the server and returns when it takes connections and all its databases are there.
     *
     * @throws org.homeward.backends.process.PortTakenException if somebody else listens on its port
     * @throws IllegalStateException if another process runs on the same data
     */
    public synchronized EmbeddedPostgresServer start() {
        if (server != null) {
            return this;
        }
        lock = DirectoryLock.take(directory);
        try {
            var cluster = new DatabaseCluster(directory);
            cluster.endLeftover();
            Ports.requireFree(port, "PostgreSQL");
            cluster.discardUnfinished();
            server = builder(cluster.data()).start();
            cluster.markFinished();
            databases.forEach(this::createDatabase);
        } catch (IOException e) {
            stop();
            throw new UncheckedIOException(e);
        } catch (RuntimeException e) {
            stop();
            throw e;
        }
        return this;
    }

    /**
     * Ends what a killed start left running on this data; what {@link #start} does first, for callers that
     * look at ports before they start anything.
     *
     * @throws IllegalStateException if another process runs on the same data
     */
    public synchronized void reclaim() {
        if (lock == null) {
            try (var _ = DirectoryLock.take(directory)) {
                new DatabaseCluster(directory).endLeftover();
            }
        }
    }

    /** Stops the server in order, within about five seconds; its data stays. */
    public synchronized void stop() {
        try {
            if (server != null) {
                server.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            server = null;
            if (lock != null) {
                lock.close();
                lock = null;
            }
        }
    }

    /** The server's first process, the parent of all others, if it runs. */
    public synchronized Optional<ProcessHandle> process() {
        return server == null ? Optional.empty() : new DatabaseCluster(directory).process();
    }

    /** Creates a database unless it is there. */
    public synchronized void createDatabase(String name) {
        if (!DATABASE_NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("not a name for a database: " + name);
        }
        if (server == null) {
            throw new IllegalStateException("PostgreSQL does not run");
        }
        try (var connection = server.getPostgresDatabase().getConnection();
                var query = connection.prepareStatement("SELECT 1 FROM pg_database WHERE datname = ?");
                var create = connection.createStatement()) {
            query.setString(1, name);
            if (!query.executeQuery().next()) {
                create.execute("CREATE DATABASE \"" + name + "\"");
            }
        } catch (SQLException e) {
            throw new IllegalStateException("could not create database " + name, e);
        }
    }

    public String jdbcUrl(String database) {
        return "jdbc:postgresql://" + Ports.LOOPBACK + ":" + port + "/" + database;
    }

    public String username() {
        return SUPERUSER;
    }

    /** Any password will do. */
    public String password() {
        return SUPERUSER;
    }

    public int port() {
        return port;
    }

    /** Stops the server; temporary data is deleted. */
    @Override
    public void close() {
        stop();
        if (temporary) {
            Directories.delete(directory);
        }
    }

    private EmbeddedPostgres.Builder builder(Path data) throws IOException {
        var builder = EmbeddedPostgres.builder()
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                .setRegisterShutdownHook(false)
                .setPort(port)
                .setPGStartupWait(Duration.ofSeconds(60))
                .setServerConfig("listen_addresses", Ports.LOOPBACK)
                .setServerConfig("unix_socket_directories", "")
                .setServerConfig("max_connections", "100")
                .setServerConfig("shared_buffers", "48MB")
                .setServerConfig("fsync", temporary ? "off" : "on")
                .setServerConfig("synchronous_commit", temporary ? "off" : "on")
                .setServerConfig("full_page_writes", temporary ? "off" : "on");
        if (!temporary) {
            // Tests share what is unpacked below the temporary directory; a kept server trusts only its own.
            builder.setOverrideWorkingDirectory(
                    Files.createDirectories(directory.resolve("binaries")).toFile());
        }
        return builder;
    }
}
