package org.homeward.gateway;

import static io.restassured.RestAssured.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.homeward.backends.testing.KafkaBackend;
import org.junit.jupiter.api.Test;

/** The service in a process that is told to leave CPEs to others. */
@QuarkusTest
@TestProfile(NoGatewayTest.Settings.class)
@QuarkusTestResource(value = KafkaBackend.class, restrictToAnnotatedClass = true)
class NoGatewayTest {

    public static class Settings implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            var settings = new HashMap<>(new GatewayServiceTest.Settings().getConfigOverrides());
            settings.put("homeward.cwmp.enabled", "false");
            return settings;
        }
    }

    @Inject
    GatewayService gateway;

    @Test
    void isReadyWithoutAPort() {
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> get("/q/health/ready").then().statusCode(200));

        assertThat(gateway.port()).isZero();
    }
}
