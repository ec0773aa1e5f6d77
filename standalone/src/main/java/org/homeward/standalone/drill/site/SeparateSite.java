package org.homeward.standalone.drill.site;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.homeward.backends.keycloak.KeycloakDistribution;
import org.homeward.backends.keycloak.KeycloakServer;
import org.homeward.backends.mongo.MongoStandIn;
import org.homeward.backends.postgres.EmbeddedPostgresServer;
import org.homeward.backends.process.ChildServer;
import org.homeward.backends.process.Directories;
import org.homeward.backends.process.LeftoverProcesses;
import org.homeward.backends.process.Ports;
import org.homeward.simulator.Credentials;
import org.homeward.standalone.PortPlan;
import org.homeward.standalone.Secrets;
import org.homeward.standalone.drill.site.Services.Role;

/**
 * Every part in a process of its own, so that each can be taken away alone: broker, PostgreSQL, MongoDB stand-in, Keycloak,
 * and processes with services: two gateways and two brains in them, behind a load balancer.
 */
public final class SeparateSite implements Site {

    /** The next process of services listens this far above the one before. */
    private static final int NEXT = 10;

    /** How gateways and brains are shared out among processes. */
    public enum Layout {
        /** Two processes, each with a gateway and a brain. */
        TOGETHER(Map.of("services-a", Role.ALL, "services-b", Role.ALL)),
        /** A process for each gateway and each brain. */
        APART(Map.of(
                "gateway-a", Role.GATEWAY,
                "gateway-b", Role.GATEWAY,
                "brain-a", Role.BRAIN,
                "brain-b", Role.BRAIN));

        private final SortedMap<String, Role> processes;

        Layout(Map<String, Role> processes) {
            this.processes = Collections.unmodifiableSortedMap(new TreeMap<>(processes));
        }
    }

    /** The balancer listens this far above the first gateway. */
    private static final int BALANCER = 5;

    private static final List<String> DATABASES = List.of("provisioning", "registry");

    private final Path data;
    private final PortPlan ports;
    private final Secrets secrets;
    private final List<Target> backends;
    private final KeycloakServer keycloak;
    private final List<Services> services = new ArrayList<>();
    private final Balancer balancer;

    /**
     * Prepares it; nothing is started.
     *
     * @param backendData where the backends keep their data, which may be on a disk of its own
     * @param environment of the services, in addition to what they need
     * @param leftovers where processes are written down that would outlive this one
     */
    public SeparateSite(
            Path project,
            Path data,
            Path backendData,
            PortPlan ports,
            Layout layout,
            Map<String, String> environment,
            LeftoverProcesses leftovers) {
        this.data = data;
        this.ports = ports;
        this.secrets = Secrets.in(Directories.ensure(data));
        EmbeddedPostgresServer postgres = EmbeddedPostgresServer.at(
                backendData.resolve("postgres"), ports.postgres(), DATABASES.toArray(String[]::new));
        MongoStandIn mongo = MongoStandIn.at(backendData.resolve("mongo"), ports.mongo());
        keycloak = KeycloakServer.at(
                new KeycloakDistribution(project.resolve("standalone/target/keycloak")),
                data.resolve("keycloak"),
                ports.keycloak(),
                secrets.keycloakAdminPassword());
        Path kafkaData = Directories.ensure(backendData.resolve("kafka"));
        ChildServer broker = new ChildServer("Kafka", kafkaData, ports.kafka());
        backends = List.of(
                new Backend(
                        "broker",
                        () -> BrokerProcess.start(broker, kafkaData, ports.kafka()),
                        broker::stop,
                        () -> broker.isRunning() ? ProcessHandle.of(broker.pid()) : Optional.empty()),
                new Backend("postgres", postgres::start, postgres::stop, postgres::process),
                new Backend("mongo", mongo::start, mongo::stop, mongo::process));
        layout.processes.forEach((name, role) -> {
            PortPlan own = new PortPlan(ports.offset() + NEXT * services.size());
            services.add(new Services(
                    name, project, withSecrets(name), own, role, environment(name, environment), leftovers));
        });
        balancer = new Balancer(ports.cwmp() + BALANCER, services);
    }

    private Path withSecrets(String name) {
        Path own = Directories.ensure(data.resolve(name));
        try {
            Path file = own.resolve("secrets.properties");
            if (!Files.exists(file)) {
                Files.copy(data.resolve("secrets.properties"), file);
            }
            return own;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Map<String, String> environment(String name, Map<String, String> more) {
        Map<String, String> environment = new HashMap<>(Map.of(
                "KAFKA_BOOTSTRAP_SERVERS",
                kafka(),
                "MONGODB_URI",
                "mongodb://" + Ports.LOOPBACK + ":" + ports.mongo(),
                "OIDC_AUTH_SERVER_URL",
                keycloak.realmUrl(),
                "HOMEWARD_CWMP_GATEWAY_ID",
                name,
                "HOMEWARD_STUN_CONNECTOR_CONNECTOR_ID",
                name,
                "HOMEWARD_JAVA_OPTS",
                "-Xmx448m -XX:MaxNewSize=160m " + Services.JAVA_OPTIONS));
        DATABASES.forEach(database -> environment.putAll(Map.of(
                database.toUpperCase(java.util.Locale.ROOT) + "_JDBC_URL", jdbc(database),
                database.toUpperCase(java.util.Locale.ROOT) + "_USERNAME", "postgres",
                database.toUpperCase(java.util.Locale.ROOT) + "_PASSWORD", "postgres")));
        environment.putAll(more);
        return environment;
    }

    private String jdbc(String database) {
        return "jdbc:postgresql://" + Ports.LOOPBACK + ":" + ports.postgres() + "/" + database;
    }

    /** Starts all of it, backends first. */
    public void start() {
        sideBySide(Stream.concat(backends.stream().map(backend -> backend::start), Stream.of(keycloak::start)));
        sideBySide(services.stream().map(each -> each::start));
    }

    private static void sideBySide(Stream<Runnable> starts) {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            CompletableFuture.allOf(starts.map(start -> CompletableFuture.runAsync(start, threads))
                            .toArray(CompletableFuture[]::new))
                    .join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        }
    }

    @Override
    public List<Target> targets() {
        return Stream.concat(backends.stream(), services.stream()).toList();
    }

    @Override
    public List<Services> services() {
        return List.copyOf(services);
    }

    @Override
    public URI acs() {
        return balancer.uri();
    }

    @Override
    public Credentials factory() {
        return Credentials.digest(secrets.factoryUsername(), secrets.factoryPassword());
    }

    @Override
    public List<URI> rest() {
        return services.stream()
                .map(each -> URI.create(
                        "http://" + Ports.LOOPBACK + ":" + each.ports().http()))
                .toList();
    }

    @Override
    public URI tokens() {
        return URI.create(keycloak.realmUrl() + "/protocol/openid-connect/token");
    }

    @Override
    public String kafka() {
        return Ports.LOOPBACK + ":" + ports.kafka();
    }

    @Override
    public List<String> databases() {
        return DATABASES.stream()
                .map(database -> jdbc(database) + "?user=postgres&password=postgres")
                .toList();
    }

    @Override
    public List<Integer> ports() {
        return Stream.concat(
                        ports.all().stream(),
                        services.stream()
                                .flatMap(each -> Stream.of(
                                        each.ports().cwmp(), each.ports().http())))
                .distinct()
                .toList();
    }

    @Override
    public List<ProcessHandle> processes() {
        return Processes.runningOn(data);
    }

    @Override
    public void close() {
        balancer.close();
        services.forEach(Services::release);
        backends.reversed().forEach(Target::stop);
        keycloak.stop();
    }
}
