package org.homeward.backends.mongo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.homeward.backends.process.ChildJvm;
import org.homeward.backends.process.ChildServer;
import org.homeward.backends.process.Directories;
import org.homeward.backends.process.Ports;

/**
 * A MongoDB stand-in (mongo-java-server over H2's MVStore) in a process of its own, on loopback.
 *
 * <p>It speaks the wire protocol and knows what our services use; it has no transactions, update
 * pipelines, collations or schema validation. Its jars are resources of this module that are unpacked
 * for the child, so they never meet the Netty of Quarkus on one class path.
 */
public final class MongoStandIn implements AutoCloseable {

    private static final List<String> JARS = List.of(
            "mongo-java-server-core",
            "mongo-java-server-h2-backend",
            "h2",
            "netty-buffer",
            "netty-codec",
            "netty-codec-base",
            "netty-codec-compression",
            "netty-common",
            "netty-handler",
            "netty-resolver",
            "netty-transport",
            "netty-transport-native-unix-common",
            "slf4j-api",
            "slf4j-simple");

    /** Not named as classes: they know others that are not on this class path. */
    private static final List<String> PARTS = List.of("CommittingBackend", "IndexedDatabase", "IdIndex");

    private final Path directory;
    private final boolean inMemory;
    private final int port;
    private final ChildServer server;

    private MongoStandIn(Path directory, boolean inMemory, int port) {
        this.directory = directory;
        this.inMemory = inMemory;
        this.port = port;
        this.server = new ChildServer("MongoDB stand-in", directory, port);
    }

    /** A stand-in with its data in a directory that is kept; port 0 chooses a free one. Not started yet. */
    public static MongoStandIn at(Path directory, int port) {
        return new MongoStandIn(directory.toAbsolutePath(), false, Ports.orFree(port));
    }

    /** A stand-in on a free port that keeps nothing. Not started yet. */
    public static MongoStandIn inMemory() {
        return new MongoStandIn(Directories.temporary("mongo"), true, Ports.free());
    }

    /**
     * Starts the process and returns when it takes connections, about a second later.
     *
     * @throws org.homeward.backends.process.PortTakenException if somebody else listens on its port
     * @throws IllegalStateException if another process runs on the same data
     */
    public MongoStandIn start() {
        server.start(() -> launch().start(), this::awaitReady);
        return this;
    }

    /** Ends what a killed start left running on this data. */
    public void reclaim() {
        server.reclaim();
    }

    /** Stops the process in order within twenty seconds; what is on disk stays. */
    public void stop() {
        server.stop();
    }

    /** The process, if it runs. */
    public Optional<ProcessHandle> process() {
        return server.process();
    }

    /** The process, for tests and measurements. */
    public long pid() {
        return server.pid();
    }

    /** Connection string without a database. */
    public String mongodbUri() {
        return "mongodb://" + Ports.LOOPBACK + ":" + port;
    }

    public int port() {
        return port;
    }

    /** Stops the process; what was unpacked for one in memory is deleted. */
    @Override
    public void close() {
        stop();
        if (inMemory) {
            Directories.delete(directory);
        }
    }

    private ChildJvm.Launch launch() {
        var program = directory.resolve("program");
        ChildJvm.copyClass(StandInServer.class, program);
        PARTS.forEach(part -> ChildJvm.copyClass("org.homeward.backends.mongo." + part, program));
        var classPath = new ArrayList<>(List.of(program));
        JARS.forEach(jar -> classPath.add(unpack(jar, program)));
        var data = inMemory ? "" : directory.resolve("data.mv").toString();
        return new ChildJvm.Launch(
                directory,
                List.of(
                        "-Xmx192m",
                        "-XX:+UseSerialGC",
                        "-XX:MaxDirectMemorySize=32m",
                        "-XX:TieredStopAtLevel=4",
                        "--enable-native-access=ALL-UNNAMED",
                        "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn"),
                classPath,
                StandInServer.class.getName(),
                List.of(Ports.LOOPBACK, String.valueOf(port), data),
                Map.of(),
                directory.resolve("mongo.log"));
    }

    private void awaitReady(ChildJvm started) {
        try {
            started.firstLine();
        } catch (IllegalStateException e) {
            throw new IllegalStateException(
                    "the MongoDB stand-in did not start, see " + directory.resolve("mongo.log"), e);
        }
    }

    private static Path unpack(String jar, Path folder) {
        var target = folder.resolve(jar + ".jar");
        try (var bytes = MongoStandIn.class.getResourceAsStream("jars/" + jar + ".jar")) {
            if (bytes == null) {
                throw new IllegalStateException(jar + ".jar is not packed into this module");
            }
            Files.copy(bytes, target, StandardCopyOption.REPLACE_EXISTING);
            return target;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
