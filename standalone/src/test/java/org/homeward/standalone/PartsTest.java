package org.homeward.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.homeward.standalone.Part.Running.Embedded;
import org.homeward.standalone.Part.Running.External;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PartsTest {

    @TempDir
    Path data;

    @Test
    void areAllEmbeddedWhenTheEnvironmentNamesNone() {
        // When
        var parts = parts(Map.of());

        // Then
        assertThat(parts).extracting(Part::ours).hasOnlyElementsOfType(Embedded.class);
        assertThat(settings(parts))
                .containsEntry("homeward.kafka.bootstrap-servers", "127.0.0.1:9192")
                .containsEntry("quarkus.datasource.\"registry\".jdbc.url", "jdbc:postgresql://127.0.0.1:5533/registry")
                .containsEntry("quarkus.mongodb.connection-string", "mongodb://127.0.0.1:27118")
                .containsEntry("quarkus.oidc.auth-server-url", "http://127.0.0.1:8280/realms/homeward");
    }

    @Test
    void giveWayToWhatTheEnvironmentNames() {
        // When
        var parts = parts(Map.of(
                "KAFKA_BOOTSTRAP_SERVERS", "broker1:9092,broker2:9092",
                "MONGODB_URI", "mongodb://user:secret@mongo.example/?replicaSet=rs0",
                "OIDC_AUTH_SERVER_URL", "https://id.example/realms/homeward",
                "PROVISIONING_JDBC_URL", "jdbc:postgresql://db.example:5432/p",
                "PROVISIONING_USERNAME", "p",
                "PROVISIONING_PASSWORD", "pp",
                "REGISTRY_JDBC_URL", "jdbc:postgresql://db.example:5432/r",
                "REGISTRY_USERNAME", "r",
                "REGISTRY_PASSWORD", "rp"));

        // Then
        assertThat(parts).extracting(Part::ours).hasOnlyElementsOfType(External.class);
        assertThat(parts)
                .extracting(Part::address)
                .containsExactly(
                        URI.create("tcp://broker1:9092"),
                        URI.create("tcp://db.example:5432/p"),
                        URI.create("tcp://mongo.example:27017"),
                        URI.create("https://id.example/realms/homeward"));
        assertThat(settings(parts))
                .containsEntry("homeward.kafka.bootstrap-servers", "broker1:9092,broker2:9092")
                .containsEntry("quarkus.datasource.\"registry\".username", "r");
    }

    @Test
    void wantAllDatabasesOutsideOrNone() {
        assertThatThrownBy(() -> parts(Map.of(
                        "PROVISIONING_JDBC_URL", "jdbc:postgresql://db.example:5432/p",
                        "PROVISIONING_USERNAME", "p",
                        "PROVISIONING_PASSWORD", "pp")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("REGISTRY_JDBC_URL is not set");
    }

    private List<Part> parts(Map<String, String> environment) {
        return new Parts(new PortPlan(100), data, data.resolve("none"), Secrets.in(data), environment).all();
    }

    private static Map<String, String> settings(List<Part> parts) {
        var settings = new TreeMap<String, String>();
        parts.forEach(part -> settings.putAll(part.settings()));
        return settings;
    }
}
