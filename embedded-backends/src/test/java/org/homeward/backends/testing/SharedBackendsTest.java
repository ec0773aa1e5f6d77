package org.homeward.backends.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class SharedBackendsTest {

    @Test
    void aDatasourceGetsADatabaseOfItsOwnInTheOneServer() {
        // Given
        var registry = new PostgresBackend();
        registry.init(Map.of("datasource", "registry"));
        var provisioning = new PostgresBackend();
        provisioning.init(Map.of("datasource", "provisioning", "database", "brain"));

        // When
        var settings = registry.start();

        // Then
        var server = SharedBackends.jdbcUrl("registry").replace("/registry", "");
        assertThat(settings).containsEntry("quarkus.datasource.\"registry\".jdbc.url", server + "/registry");
        assertThat(provisioning.start())
                .containsEntry("quarkus.datasource.\"provisioning\".jdbc.url", server + "/brain");
    }

    @Test
    void thereIsOneBrokerPerTestProcess() {
        assertThat(new KafkaBackend().start()).isEqualTo(new KafkaBackend().start());
    }

    @Test
    void thereIsOneMongoStandInPerTestProcess() {
        assertThat(new MongoBackend().start()).isEqualTo(new MongoBackend().start());
    }
}
