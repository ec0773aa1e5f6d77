package org.homeward.backends.kafka;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;
import org.homeward.backends.process.Directories;
import org.homeward.backends.process.Ports;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A real Kafka broker in this JVM: one KRaft node, broker and controller in one, on loopback.
 *
 * <p>It can be stopped and started again as often as a test of outages wants, on the same port and with
 * the same data. Topics are not created by asking for them; a topic that is created without a number of
 * partitions gets twelve.
 */
public final class EmbeddedKafka implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedKafka.class);
    private static final int NODE = 1;
    private static final Duration STOP_WITHIN = Duration.ofSeconds(15);

    private final Path directory;
    private final boolean temporary;
    private final int port;
    private @Nullable KafkaRaftServer server;

    private EmbeddedKafka(Path directory, boolean temporary, int port) {
        this.directory = directory;
        this.temporary = temporary;
        this.port = port;
    }

    /** A broker with its data in a directory that is kept; port 0 chooses a free one. Not started yet. */
    public static EmbeddedKafka at(Path directory, int port) {
        return new EmbeddedKafka(directory, false, Ports.orFree(port));
    }

    /** A broker on a free port whose data is gone after {@link #close()}. Not started yet. */
    public static EmbeddedKafka temporary() {
        return new EmbeddedKafka(Directories.temporary("kafka"), true, Ports.free());
    }

    /**
     * Starts the broker and returns when it takes requests, about two seconds later.
     *
     * @throws org.homeward.backends.process.PortTakenException if somebody else listens on its port
     */
    public synchronized EmbeddedKafka start() {
        if (server != null) {
            return this;
        }
        Ports.requireFree(port, "Kafka");
        var data = Directories.ensure(directory.resolve("data"));
        format(data);
        server = startServer(new KafkaConfig(new BrokerSettings(NODE, port, Ports.free(), data).asMap(), false));
        return this;
    }

    /** Stops the broker in order within fifteen seconds; its data stays. */
    public synchronized void stop() {
        var running = server;
        if (running == null) {
            return;
        }
        server = null;
        var stopped = new CompletableFuture<@Nullable Void>();
        Thread.ofPlatform().daemon().name("kafka-stop").start(() -> {
            running.shutdown();
            running.awaitShutdown();
            stopped.complete(null);
        });
        try {
            stopped.get(STOP_WITHIN.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException | ExecutionException e) {
            LOG.warn("the broker did not stop within {}", STOP_WITHIN, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Host and port for clients. */
    public String bootstrapServers() {
        return Ports.LOOPBACK + ":" + port;
    }

    public int port() {
        return port;
    }

    public synchronized boolean isRunning() {
        return server != null;
    }

    /** Creates topics and returns when they can be used; one that exists already is an error. */
    public void createTopics(int partitions, String... names) {
        var topics = Stream.of(names)
                .map(name -> new NewTopic(name, Optional.of(partitions), Optional.empty()))
                .toList();
        try (var admin =
                Admin.create(Map.<String, Object>of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers()))) {
            admin.createTopics(topics).all().get(30, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("could not create topics " + List.of(names), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Stops the broker; temporary data is deleted. */
    @Override
    public void close() {
        stop();
        if (temporary) {
            Directories.delete(directory);
        }
    }

    private static void format(Path data) {
        if (Files.exists(data.resolve("meta.properties"))) {
            return;
        }
        try {
            new Formatter()
                    .setPrintStream(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
                    .setClusterId(Uuid.randomUuid().toString())
                    .setNodeId(NODE)
                    .setControllerListenerName(BrokerSettings.CONTROLLER)
                    .setMetadataLogDirectory(data.toString())
                    .addDirectory(data.toString())
                    .setReleaseVersion(MetadataVersion.LATEST_PRODUCTION)
                    .run();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (Exception e) { // what the formatter declares
            throw new IllegalStateException("could not format " + data, e);
        }
    }

    private static KafkaRaftServer startServer(KafkaConfig config) {
        // Kafka loads classes by the caller's context loader and hands it to its threads.
        var thread = Thread.currentThread();
        var loader = thread.getContextClassLoader();
        thread.setContextClassLoader(EmbeddedKafka.class.getClassLoader());
        try {
            var server = new KafkaRaftServer(config, Time.SYSTEM);
            try {
                server.startup();
            } catch (RuntimeException e) {
                server.shutdown();
                throw e;
            }
            return server;
        } finally {
            thread.setContextClassLoader(loader);
        }
    }
}
