package org.homeward.gateway;

import static io.restassured.RestAssured.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasItem;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import org.homeward.backends.testing.KafkaBackend;
import org.homeward.kit.consumer.Consumers;
import org.homeward.kit.events.EventPublisher;
import org.junit.jupiter.api.Test;

/** The whole service, as it starts with its defaults. */
@QuarkusTest
@TestProfile(GatewayServiceTest.Settings.class)
@QuarkusTestResource(value = KafkaBackend.class, restrictToAnnotatedClass = true)
class GatewayServiceTest {

    public static class Settings implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "homeward.secrets.key", "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
                    "homeward.secrets.fleet", "a secret of the fleet, long enough for a test",
                    "homeward.cwmp.port", "0",
                    "homeward.cwmp.gateway-id", "gw-service",
                    "homeward.cwmp.open", "true",
                    "quarkus.oidc.tenant-enabled", "false",
                    "quarkus.http.test-port", "0");
        }
    }

    @Inject
    GatewayService gateway;

    @Inject
    EventPublisher publisher;

    @Inject
    Consumers consumers;

    @Test
    void servesCpesOnItsOwnPortAndHealthAndMetricsOnTheOther() {
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() ->
                        get("/q/health/ready").then().statusCode(200).body("checks.name", hasItem("cwmp-gateway")));
        ScriptedBrain brain = new ScriptedBrain("gw-service", publisher, consumers);

        try (RawCpe cpe = new RawCpe(gateway.port(), "SERVICE1")) {
            assertThat(cpe.inform("2 PERIODIC").status()).isEqualTo(200);
            assertThat(cpe.empty().status()).isEqualTo(204);
            assertThat(brain.closed(cpe.key()).rpcs()).isZero();
            assertThat(cpe.path("/q/health/ready").empty().status()).isEqualTo(404);
        }

        get("/q/metrics").then().statusCode(200).body(containsString("homeward_cwmp_sessions_started_total"));
    }
}
