package org.homeward.backends.testing;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;

/** Gives a {@code @QuarkusTest} the shared broker, as {@code homeward.kafka.bootstrap-servers}. */
public final class KafkaBackend implements QuarkusTestResourceLifecycleManager {

    @Override
    public Map<String, String> start() {
        return Map.of("homeward.kafka.bootstrap-servers", SharedBackends.kafkaBootstrapServers());
    }

    @Override
    public void stop() {
        // shared by all tests of this JVM
    }
}
