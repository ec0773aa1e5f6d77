package org.homeward.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.homeward.registry.testing.Cpe.value;
import static org.homeward.registry.testing.Registry.eventually;
import static org.homeward.registry.testing.Registry.get;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.homeward.backends.mongo.MongoStandIn;
import org.homeward.backends.testing.KafkaBackend;
import org.homeward.backends.testing.PostgresBackend;
import org.homeward.registry.testing.Cpe;
import org.homeward.registry.testing.Registry;
import org.homeward.registry.testing.SignedTokens;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** MongoDB goes and comes back. */
@QuarkusTest
@TestProfile(MongoAwayTest.Alone.class)
@QuarkusTestResource(value = KafkaBackend.class, restrictToAnnotatedClass = true)
@QuarkusTestResource(value = MongoAwayTest.NoMongo.class, restrictToAnnotatedClass = true)
@QuarkusTestResource(
        value = PostgresBackend.class,
        initArgs = {
            @ResourceArg(name = "datasource", value = "registry"),
            @ResourceArg(name = "database", value = "registry_mongo_away")
        },
        restrictToAnnotatedClass = true)
@QuarkusTestResource(value = SignedTokens.class, restrictToAnnotatedClass = true)
class MongoAwayTest {

    /** An application of its own. */
    public static final class Alone implements QuarkusTestProfile {}

    /** The place of a MongoDB that nobody started. */
    public static final class NoMongo implements QuarkusTestResourceLifecycleManager {
        @Override
        public Map<String, String> start() {
            try (var free = new ServerSocket(0)) {
                return Map.of(
                        "test.mongo.port",
                        String.valueOf(free.getLocalPort()),
                        "quarkus.mongodb.connection-string",
                        "mongodb://127.0.0.1:" + free.getLocalPort(),
                        "quarkus.mongodb.server-selection-timeout",
                        "300ms");
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void stop() {
            // the test stops what it started
        }
    }

    private static final String SSID = "Device.WiFi.SSID.1.SSID";

    @Inject
    Registry registry;

    @ConfigProperty(name = "test.mongo.port")
    int port;

    @TempDir
    Path data;

    @Test
    void nothingIsLostWhileItIsAway() throws Exception {
        var cpe = new Cpe("away", Instant.now().minusSeconds(60));

        registry.hears(cpe.inform("1 BOOT"), cpe.values(value(SSID, "home")), cpe.closed());
        get("/api/devices").then().statusCode(200).body("items.size()", equalTo(0));
        try (var mongo = MongoStandIn.at(data, port).start()) {
            assertThat(mongo.mongodbUri()).contains(String.valueOf(port));
            eventually(
                    () -> assertThat(get(cpe.path() + "/parameters").jsonPath().getList("items.value"))
                            .containsExactly("home"));
        }

        eventually(
                () -> get(cpe.path() + "/parameters").then().statusCode(503).contentType("application/problem+json"));
        get(cpe.path()).then().statusCode(200);
        registry.hears(cpe.inform("2 PERIODIC"), cpe.values(value(SSID, "castle")), cpe.closed());

        try (var mongo = MongoStandIn.at(data, port).start()) {
            assertThat(mongo.mongodbUri()).contains(String.valueOf(port));
            eventually(() -> assertThat(get(cpe.path() + "/history").jsonPath().getList("items.after"))
                    .containsExactly("castle"));
            get(cpe.path() + "/parameters").then().body("items[0].value", equalTo("castle"));
            assertThat(get(cpe.path() + "/sessions").jsonPath().getList("items.outcome"))
                    .containsExactly("completed", "completed");
        }
    }
}
