package org.homeward.backends.testing;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;

/** Gives a {@code @QuarkusTest} the shared MongoDB stand-in, as {@code quarkus.mongodb.connection-string}. */
public final class MongoBackend implements QuarkusTestResourceLifecycleManager {

    @Override
    public Map<String, String> start() {
        return Map.of("quarkus.mongodb.connection-string", SharedBackends.mongodbUri());
    }

    @Override
    public void stop() {
        // shared by all tests of this JVM
    }
}
