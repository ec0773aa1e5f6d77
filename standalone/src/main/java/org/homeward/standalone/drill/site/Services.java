package org.homeward.standalone.drill.site;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiConsumer;
import org.homeward.backends.process.LeftoverProcesses;
import org.homeward.standalone.PortPlan;
import org.jspecify.annotations.Nullable;

/** One {@code ./homeward up}: with backends of its own, or on those that its environment names. */
public final class Services implements Target {

    private static final Duration READY_WITHIN = Duration.ofMinutes(10);
    private static final Duration LOOK_EVERY = Duration.ofMillis(200);
    private static final long STOP_WITHIN_SECONDS = 60;

    /** Whoever is killed all the time starts all the time: without the second compiler that takes half of the CPU. */
    static final String JAVA_OPTIONS = "-XX:TieredStopAtLevel=1";

    private final String name;
    private final Path project;
    private final Path data;
    private final PortPlan ports;
    private final Role role;
    private final Map<String, String> environment;
    private final LeftoverProcesses leftovers;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
    private volatile @Nullable Process process;
    private volatile @Nullable Instant awaySince;
    private volatile boolean frozen;
    private volatile boolean released;
    private volatile BiConsumer<Instant, Instant> outages = (from, until) -> {};

    /** What of a device's way through the house a process does. All answer REST, keep the registry and deliver. */
    enum Role {
        /** Gateway and brain. */
        ALL(Map.of()),
        /** The gateway alone. */
        GATEWAY(Map.of("HOMEWARD_PROVISIONING_BRAIN", "false")),
        /** The brain alone. */
        BRAIN(Map.of("HOMEWARD_CWMP_ENABLED", "false"));

        private final Map<String, String> environment;

        Role(Map<String, String> environment) {
            this.environment = environment;
        }

        boolean servesCpes() {
            return this != BRAIN;
        }
    }

    /**
     * @param data where it keeps what it has; beside it lies what it says
     * @param environment in addition to this process's own
     * @param leftovers where its process is written down
     */
    Services(
            String name,
            Path project,
            Path data,
            PortPlan ports,
            Role role,
            Map<String, String> environment,
            LeftoverProcesses leftovers) {
        this.name = name;
        this.project = project;
        this.data = data;
        this.ports = ports;
        this.role = role;
        this.environment = environment;
        this.leftovers = leftovers;
    }

    /** Who is told when its gateway was away. */
    void onOutage(BiConsumer<Instant, Instant> listener) {
        outages = listener;
    }

    @Override
    public String name() {
        return name;
    }

    PortPlan ports() {
        return ports;
    }

    Path data() {
        return data;
    }

    /** Whether its gateway can be expected to answer. */
    boolean takesCalls() {
        return role.servesCpes() && isRunning() && !frozen;
    }

    @Override
    public synchronized void start() {
        if (!isRunning()) {
            launch();
        }
        awaitReady();
    }

    private void launch() {
        if (released) {
            throw new IllegalStateException("the drill is over");
        }
        List<String> command = new ArrayList<>(List.of(
                project.resolve("homeward").toString(),
                "up",
                "--data",
                data.toString(),
                "--port-offset",
                String.valueOf(ports.offset())));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(terminal().toFile()));
        builder.environment().put("HOMEWARD_NO_BUILD", "1"); // the drill's own start has built it
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("HOMEWARD_JAVA_OPTS", JAVA_OPTIONS);
        builder.environment().putAll(role.environment);
        builder.environment().putAll(environment);
        try {
            Process started = builder.start();
            leftovers.record(started.toHandle(), name);
            process = started;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void awaitReady() {
        Instant deadline = Instant.now().plus(READY_WITHIN);
        while (!isReady()) {
            if (!isRunning()) {
                throw new IllegalStateException(name + " ended before it was ready, see " + terminal());
            }
            if (Instant.now().isAfter(deadline)) {
                throw new IllegalStateException(
                        name + " was not ready within " + READY_WITHIN.toMinutes() + " min, see " + terminal());
            }
            LockSupport.parkNanos(LOOK_EVERY.toNanos());
        }
        isBack();
    }

    /** What it wrote for the person in front of it. */
    Path terminal() {
        return data.resolveSibling(data.getFileName() + "-terminal.txt");
    }

    public boolean isReady() {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + ports.http() + "/q/health/ready"))
                .timeout(Duration.ofSeconds(5))
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

    private void isAway() {
        if (awaySince == null && role.servesCpes()) {
            awaySince = Instant.now();
        }
    }

    private void isBack() {
        Instant since = awaySince;
        if (since != null) {
            awaySince = null;
            outages.accept(since, Instant.now());
        }
    }

    @Override
    public void stop() {
        Process running = process;
        if (running == null) {
            return;
        }
        isAway();
        try {
            running.destroy();
            if (!running.waitFor(STOP_WITHIN_SECONDS, TimeUnit.SECONDS)) {
                running.destroyForcibly().waitFor();
            }
            leftovers.forget(running.toHandle());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void kill() {
        Process running = process;
        if (running != null && running.isAlive()) {
            isAway();
            Processes.kill(running.toHandle());
        }
    }

    /** Stops the process's time: it holds what it holds, and does nothing. */
    public void freeze() {
        Process running = process;
        if (running != null) {
            isAway();
            frozen = true;
            Processes.signal(running.toHandle(), "STOP");
        }
    }

    public void thaw() {
        Process running = process;
        if (running != null) {
            Processes.signal(running.toHandle(), "CONT");
            frozen = false;
            awaitReady();
        }
    }

    @Override
    public boolean isRunning() {
        Process current = process;
        return current != null && current.isAlive();
    }

    /** Its process id, or -1. */
    public long pid() {
        Process current = process;
        return current == null ? -1 : current.pid();
    }

    /** Stops it for good. */
    void release() {
        released = true;
        stop();
        http.shutdownNow();
    }
}
