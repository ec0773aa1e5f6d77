package org.homeward.standalone;

import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.homeward.backends.kafka.EmbeddedKafka;
import org.homeward.backends.keycloak.KeycloakDistribution;
import org.homeward.backends.keycloak.KeycloakServer;
import org.homeward.backends.mongo.MongoStandIn;
import org.homeward.backends.postgres.EmbeddedPostgresServer;
import org.homeward.backends.process.Ports;
import org.homeward.standalone.Part.Running.Embedded;
import org.homeward.standalone.Part.Running.External;

/**
 * Which backends there are: each embedded one gives way to an external one that the environment names
 * ({@code KAFKA_BOOTSTRAP_SERVERS}, {@code PROVISIONING_JDBC_URL} and {@code REGISTRY_JDBC_URL} together
 * with their {@code _USERNAME} and {@code _PASSWORD}, {@code MONGODB_URI}, {@code OIDC_AUTH_SERVER_URL}).
 */
record Parts(PortPlan ports, Path data, Path keycloakHome, Secrets secrets, Map<String, String> environment) {

    /** Databases of the services, which are also the names of their datasources. */
    private static final List<String> DATABASES = List.of("provisioning", "registry");

    /** In the order in which they are stopped last to first. */
    List<Part> all() {
        return List.of(kafka(), postgres(), mongo(), keycloak());
    }

    private Part kafka() {
        var external = environment.getOrDefault("KAFKA_BOOTSTRAP_SERVERS", "");
        if (!external.isEmpty()) {
            var first = external.split(",", 2)[0];
            return new Part("Kafka", URI.create("tcp://" + first), kafkaSettings(external), new External());
        }
        var kafka = EmbeddedKafka.at(data.resolve("kafka"), ports.kafka());
        return new Part(
                "Kafka",
                tcp(ports.kafka()),
                kafkaSettings(kafka.bootstrapServers()),
                new Embedded(ports.kafka(), () -> {}, kafka::start, kafka::stop, kafka::isRunning));
    }

    private static Map<String, String> kafkaSettings(String bootstrapServers) {
        return Map.of("homeward.kafka.bootstrap-servers", bootstrapServers);
    }

    private Part postgres() {
        var settings = new LinkedHashMap<String, String>();
        if (environment.containsKey(variable(DATABASES.getFirst(), "URL"))) {
            DATABASES.forEach(name -> settings.putAll(datasource(
                    name,
                    required(variable(name, "URL")),
                    required(variable(name, "USERNAME")),
                    required(variable(name, "PASSWORD")))));
            var url = URI.create(
                    required(variable(DATABASES.getFirst(), "URL")).replaceFirst("^jdbc:postgresql:", "tcp:"));
            return new Part("PostgreSQL", url, settings, new External());
        }
        var postgres =
                EmbeddedPostgresServer.at(data.resolve("postgres"), ports.postgres(), DATABASES.toArray(String[]::new));
        DATABASES.forEach(name ->
                settings.putAll(datasource(name, postgres.jdbcUrl(name), postgres.username(), postgres.password())));
        return new Part(
                "PostgreSQL",
                tcp(ports.postgres()),
                settings,
                new Embedded(
                        ports.postgres(),
                        postgres::reclaim,
                        postgres::start,
                        postgres::stop,
                        () -> postgres.process().isPresent()));
    }

    private static String variable(String database, String what) {
        var prefix = database.toUpperCase(Locale.ROOT) + "_";
        return what.equals("URL") ? prefix + "JDBC_URL" : prefix + what;
    }

    private String required(String variable) {
        var value = environment.get(variable);
        if (value == null) {
            throw new IllegalArgumentException(
                    variable + " is not set: all databases are external, or none of them is");
        }
        return value;
    }

    private static Map<String, String> datasource(String name, String url, String username, String password) {
        var prefix = "quarkus.datasource.\"" + name + "\".";
        return Map.of(prefix + "jdbc.url", url, prefix + "username", username, prefix + "password", password);
    }

    private Part mongo() {
        var external = environment.getOrDefault("MONGODB_URI", "");
        if (!external.isEmpty()) {
            var host =
                    external.replaceFirst("^mongodb(\\+srv)?://([^@/]*@)?", "").split("[,/?]", 2)[0];
            var address = URI.create("tcp://" + (host.contains(":") ? host : host + ":27017"));
            return new Part("MongoDB", address, mongoSettings(external), new External());
        }
        var mongo = MongoStandIn.at(data.resolve("mongo"), ports.mongo());
        return new Part(
                "MongoDB stand-in",
                tcp(ports.mongo()),
                mongoSettings(mongo.mongodbUri()),
                new Embedded(
                        ports.mongo(),
                        mongo::reclaim,
                        mongo::start,
                        mongo::stop,
                        () -> mongo.process().isPresent()));
    }

    private static Map<String, String> mongoSettings(String uri) {
        return Map.of("quarkus.mongodb.connection-string", uri);
    }

    private Part keycloak() {
        var external = environment.getOrDefault("OIDC_AUTH_SERVER_URL", "");
        if (!external.isEmpty()) {
            return new Part("Sign-in", URI.create(external), oidc(external), new External());
        }
        var keycloak = KeycloakServer.at(
                new KeycloakDistribution(keycloakHome),
                data.resolve("keycloak"),
                ports.keycloak(),
                secrets.keycloakAdminPassword());
        return new Part(
                "Keycloak",
                URI.create(keycloak.realmUrl()),
                oidc(keycloak.realmUrl()),
                new Embedded(
                        ports.keycloak(),
                        keycloak::reclaim,
                        keycloak::start,
                        keycloak::stop,
                        () -> keycloak.process().isPresent()));
    }

    private static Map<String, String> oidc(String realmUrl) {
        return Map.of("quarkus.oidc.auth-server-url", realmUrl, "quarkus.oidc.client-id", "homeward-api");
    }

    private static URI tcp(int port) {
        return URI.create("tcp://" + Ports.LOOPBACK + ":" + port);
    }
}
