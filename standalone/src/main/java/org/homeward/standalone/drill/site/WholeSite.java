package org.homeward.standalone.drill.site;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.homeward.backends.process.Directories;
import org.homeward.backends.process.LeftoverProcesses;
import org.homeward.backends.process.Ports;
import org.homeward.simulator.Credentials;
import org.homeward.standalone.PortPlan;
import org.homeward.standalone.Secrets;

/**
 * {@code ./homeward up} as people start it, with all backends of its own. Its children can be killed; to start them again
 * is its own business.
 */
public final class WholeSite implements Site {

    private static final Duration SUPERVISED_WITHIN = Duration.ofMinutes(6);

    private final Path data;
    private final PortPlan ports;
    private final Secrets secrets;
    private final Services up;
    private final List<Target> targets;

    /** @param leftovers where processes are written down that would outlive this one */
    public WholeSite(
            Path project, Path data, PortPlan ports, Map<String, String> environment, LeftoverProcesses leftovers) {
        this.data = Directories.ensure(data);
        this.ports = ports;
        this.secrets = Secrets.in(data);
        this.up = new Services("up", project, data, ports, Services.Role.ALL, environment, leftovers);
        this.targets = List.of(
                new Child(up, "postgres", ports.postgres(), () -> pid(data.resolve("postgres/data/postmaster.pid"))),
                new Child(up, "mongo", ports.mongo(), () -> pid(data.resolve("mongo/processes"))),
                new Child(up, "keycloak", ports.keycloak(), () -> pid(data.resolve("keycloak/processes"))),
                up);
    }

    /** A child of {@code up}, known by the file that it is written down in. */
    private record Child(Services parent, String name, int port, Supplier<Optional<ProcessHandle>> process)
            implements Target {

        /** Waits until its parent has started it; without a parent there is nothing to wait for. */
        @Override
        public void start() {
            Instant deadline = Instant.now().plus(SUPERVISED_WITHIN);
            while (parent.isRunning() && (!isRunning() || Ports.isFree(port))) {
                if (Instant.now().isAfter(deadline)) {
                    throw new IllegalStateException("nobody has started " + name + " again");
                }
                LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
            }
        }

        @Override
        public void stop() {
            throw new UnsupportedOperationException(name + " stops with its parent");
        }

        @Override
        public void kill() {
            process.get().ifPresent(Processes::kill);
        }

        @Override
        public boolean isRunning() {
            return process.get().filter(ProcessHandle::isAlive).isPresent();
        }
    }

    /** The process whose id is the file's first word. */
    private static Optional<ProcessHandle> pid(Path file) {
        try {
            String first = Files.exists(file) ? Files.readString(file).split("\\s", 2)[0] : "";
            return first.matches("\\d+") ? ProcessHandle.of(Long.parseLong(first)) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty(); // being written anew
        }
    }

    public void start() {
        up.start();
    }

    @Override
    public List<Target> targets() {
        return targets;
    }

    @Override
    public List<Services> services() {
        return List.of(up);
    }

    @Override
    public URI acs() {
        return URI.create("http://" + Ports.LOOPBACK + ":" + ports.cwmp() + "/");
    }

    @Override
    public Credentials factory() {
        return Credentials.digest(secrets.factoryUsername(), secrets.factoryPassword());
    }

    @Override
    public List<URI> rest() {
        return List.of(URI.create("http://" + Ports.LOOPBACK + ":" + ports.http()));
    }

    @Override
    public URI tokens() {
        return URI.create(
                "http://" + Ports.LOOPBACK + ":" + ports.keycloak() + "/realms/homeward/protocol/openid-connect/token");
    }

    @Override
    public String kafka() {
        return Ports.LOOPBACK + ":" + ports.kafka();
    }

    @Override
    public List<String> databases() {
        return List.of("provisioning", "registry").stream()
                .map(name -> "jdbc:postgresql://" + Ports.LOOPBACK + ":" + ports.postgres() + "/" + name
                        + "?user=postgres&password=postgres")
                .toList();
    }

    @Override
    public List<Integer> ports() {
        return ports.all();
    }

    @Override
    public List<ProcessHandle> processes() {
        return Processes.runningOn(data);
    }

    @Override
    public void close() {
        up.release();
    }
}
