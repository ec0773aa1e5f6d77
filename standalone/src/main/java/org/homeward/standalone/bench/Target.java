package org.homeward.standalone.bench;

import java.io.IOException;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.homeward.standalone.bench.cpe.LoadClient;
import org.homeward.standalone.bench.server.Backlog;
import org.homeward.standalone.bench.server.IdleServers;
import org.homeward.standalone.bench.server.KafkaBacklog;
import org.homeward.standalone.bench.server.Population;
import org.homeward.standalone.bench.server.ProcessTable;
import org.homeward.standalone.bench.server.Registry;
import org.homeward.standalone.bench.server.RestClient;
import org.homeward.standalone.bench.server.Watched;
import org.jspecify.annotations.Nullable;

/**
 * The system that is measured.
 *
 * @param homeward the ways into a system of ours; null for another ACS
 */
record Target(
        LoadClient.Acs acs,
        Watched watched,
        Backlog backlog,
        @Nullable Homeward homeward) implements AutoCloseable {

    private static final String LOOPBACK = "127.0.0.1";

    /** What can be asked of a system of ours. */
    record Homeward(RestClient rest, Registry registry, Population population) {}

    /** Whether a system of ours is ready on these ports. */
    static boolean runs(int portOffset) {
        return ProcessTable.ofThisMachine().listener(8080 + portOffset).isPresent();
    }

    /** @throws IOException if nobody is there to be measured */
    static Target of(BenchOptions options) throws IOException {
        URI other = options.acs();
        if (other != null) {
            Watched watched = Watched.pids(options.watch());
            return new Target(
                    new LoadClient.Acs(other, options.username(), options.password()),
                    watched,
                    new IdleServers(watched),
                    null);
        }
        int offset = options.portOffset();
        Map<String, Integer> ports = new LinkedHashMap<>();
        ports.put("gateway", 7547 + offset);
        ports.put("services", 8080 + offset);
        ports.put("broker", 9092 + offset);
        ports.put("PostgreSQL", 5433 + offset);
        ports.put("MongoDB stand-in", 27018 + offset);
        ports.put("Keycloak", 8180 + offset);
        Watched watched = Watched.listeners(ports, Set.of("Keycloak"));
        if (watched.isEmpty()) {
            throw new IOException("nobody listens on port " + ports.get("gateway")
                    + ": start a system with ./homeward up --open, or say --port-offset K as it was started");
        }
        RestClient rest = new RestClient(
                URI.create("http://" + LOOPBACK + ":" + ports.get("services")),
                URI.create("http://" + LOOPBACK + ":" + ports.get("Keycloak")
                        + "/realms/homeward/protocol/openid-connect/token"));
        Registry registry = new Registry(
                rest,
                "jdbc:postgresql://" + LOOPBACK + ":" + ports.get("PostgreSQL") + "/registry",
                "postgres",
                "postgres");
        return new Target(
                new LoadClient.Acs(
                        URI.create("http://" + LOOPBACK + ":" + ports.get("gateway") + "/"),
                        options.username(),
                        options.password()),
                watched,
                new KafkaBacklog(LOOPBACK + ":" + ports.get("broker")),
                new Homeward(
                        rest,
                        registry,
                        new Population(
                                "jdbc:postgresql://" + LOOPBACK + ":" + ports.get("PostgreSQL") + "/",
                                "mongodb://" + LOOPBACK + ":" + ports.get("MongoDB stand-in"))));
    }

    @Override
    public void close() {
        if (backlog instanceof KafkaBacklog kafka) {
            kafka.close();
        }
        if (homeward != null) {
            homeward.rest().close();
        }
    }
}
