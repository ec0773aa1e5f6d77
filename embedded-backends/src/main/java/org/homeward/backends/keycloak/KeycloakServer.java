package org.homeward.backends.keycloak;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.homeward.backends.process.ChildJvm;
import org.homeward.backends.process.ChildServer;
import org.homeward.backends.process.Directories;
import org.homeward.backends.process.Ports;

/**
 * A real Keycloak in a process of its own, on loopback, with the realm {@code homeward}: its roles, the
 * client {@code homeward-cli} and one demo user per role. The realm is imported at the first start only;
 * what is changed in Keycloak afterwards stays.
 */
public final class KeycloakServer implements AutoCloseable {

    private static final Duration READY_WITHIN = Duration.ofMinutes(5);
    private static final Duration LOOK_EVERY = Duration.ofMillis(100);

    /** Started once, asked rarely: the quick compiler alone makes it ready sooner and keeps it smaller. */
    private static final List<String> JVM_OPTIONS = List.of(
            "-Xms32m",
            "-Xmx224m",
            "-XX:MaxMetaspaceSize=224m",
            "-XX:ReservedCodeCacheSize=64m",
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-XX:+ExitOnOutOfMemoryError",
            "--add-opens=java.base/java.util=ALL-UNNAMED",
            "--add-opens=java.base/java.util.concurrent=ALL-UNNAMED",
            "--add-opens=java.base/java.security=ALL-UNNAMED",
            "--add-opens=java.base/java.lang=ALL-UNNAMED",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-Djava.util.concurrent.ForkJoinPool.common.threadFactory="
                    + "io.quarkus.bootstrap.forkjoin.QuarkusForkJoinWorkerThreadFactory",
            "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
            "-Duser.language=en",
            "-Duser.country=US");

    private final KeycloakDistribution distribution;
    private final Path directory;
    private final int port;
    private final String adminPassword;
    private final ChildServer server;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(1)).build();

    private KeycloakServer(KeycloakDistribution distribution, Path directory, int port, String adminPassword) {
        this.distribution = distribution;
        this.directory = directory;
        this.port = port;
        this.adminPassword = adminPassword;
        this.server = new ChildServer("Keycloak", directory, port);
    }

    /**
     * A Keycloak with its data in a directory that is kept; port 0 chooses a free one. Not started yet.
     *
     * @param adminPassword of the user {@code admin} of Keycloak's own console, set at the first start
     */
    public static KeycloakServer at(KeycloakDistribution distribution, Path directory, int port, String adminPassword) {
        return new KeycloakServer(distribution, directory.toAbsolutePath(), Ports.orFree(port), adminPassword);
    }

    /**
     * Starts the process and returns when it gives out tokens: about six seconds later, twice that the
     * first time.
     *
     * @throws org.homeward.backends.process.PortTakenException if somebody else listens on its port
     * @throws IllegalStateException if another process runs on the same data, or it does not start
     */
    public KeycloakServer start() {
        distribution.prepare();
        server.start(() -> launch().startLogging(), this::awaitReady);
        return this;
    }

    /** Ends what a killed start left running on this data. */
    public void reclaim() {
        server.reclaim();
    }

    /** Stops the process in order within twenty seconds; its data stays. */
    public void stop() {
        server.stop();
    }

    @Override
    public void close() {
        stop();
    }

    /** The realm's URL: issuer of its tokens and what {@code quarkus.oidc.auth-server-url} wants. */
    public String realmUrl() {
        return baseUrl() + "/realms/homeward";
    }

    public int port() {
        return port;
    }

    /** The process, if it runs. */
    public Optional<ProcessHandle> process() {
        return server.process();
    }

    /** The process, for tests and measurements. */
    public long pid() {
        return server.pid();
    }

    /** Whether it answers for the realm now; asks it, for at most a second. */
    public boolean isReady() {
        var request = HttpRequest.newBuilder(URI.create(realmUrl()))
                .timeout(Duration.ofSeconds(1))
                .build();
        try {
            return http.send(request, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private String baseUrl() {
        return "http://" + Ports.LOOPBACK + ":" + port;
    }

    private Path log() {
        return directory.resolve("keycloak.log");
    }

    private ChildJvm.Launch launch() {
        var home = layOutHome();
        var options = new ArrayList<>(JVM_OPTIONS);
        options.add("-Dkc.home.dir=" + home);
        options.add("-Djboss.server.config.dir=" + home.resolve("conf"));
        return new ChildJvm.Launch(
                directory,
                options,
                List.of(distribution.runner()),
                "io.quarkus.bootstrap.runner.QuarkusEntryPoint",
                List.of(
                        "start",
                        "--optimized",
                        "--import-realm",
                        "--http-enabled=true",
                        "--http-host=" + Ports.LOOPBACK,
                        "--http-port=" + port,
                        // One name, so that tokens have one issuer however they were asked for.
                        "--hostname=" + baseUrl(),
                        "--cache=local"),
                Map.of("KC_BOOTSTRAP_ADMIN_USERNAME", "admin", "KC_BOOTSTRAP_ADMIN_PASSWORD", adminPassword),
                log());
    }

    /** A home of its own that borrows the program, so that data and import stay below our directory. */
    private Path layOutHome() {
        var home = Directories.ensure(directory.resolve("home"));
        var imports = Directories.ensure(home.resolve("data/import"));
        try (var realm = KeycloakServer.class.getResourceAsStream("homeward-realm.json")) {
            if (realm == null) {
                throw new IllegalStateException("homeward-realm.json is not packed into this module");
            }
            Files.copy(realm, imports.resolve("homeward-realm.json"), StandardCopyOption.REPLACE_EXISTING);
            for (var borrowed : List.of("lib", "conf", "providers", "themes")) {
                var link = home.resolve(borrowed);
                Files.deleteIfExists(link);
                Files.createSymbolicLink(link, distribution.home().resolve(borrowed));
            }
            return home;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void awaitReady(ChildJvm child) {
        var deadline = System.nanoTime() + READY_WITHIN.toNanos();
        while (!isReady()) {
            if (!child.isAlive()) {
                throw new IllegalStateException("Keycloak ended with exit code " + child.exitCode() + ", see " + log());
            }
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException(
                        "Keycloak was not ready within " + READY_WITHIN.toSeconds() + " s, see " + log());
            }
            LockSupport.parkNanos(LOOK_EVERY.toNanos());
        }
    }
}
