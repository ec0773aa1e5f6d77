package org.homeward.xmppconnector;

import static io.restassured.RestAssured.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.hasItem;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import org.homeward.backends.testing.KafkaBackend;
import org.junit.jupiter.api.Test;

/** The whole service, as it starts with its defaults: nobody has set an XMPP server. */
@QuarkusTest
@TestProfile(XmppConnectorTest.Keys.class)
@QuarkusTestResource(value = KafkaBackend.class, restrictToAnnotatedClass = true)
class XmppConnectorTest {

    public static class Keys implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "homeward.secrets.key", "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
                    "homeward.secrets.fleet", "a fleet secret of tests, long enough",
                    "quarkus.oidc.tenant-enabled", "false",
                    "quarkus.http.test-port", "0");
        }
    }

    @Inject
    XmppConnector service;

    @Test
    void isReadyWithoutAnXmppServer() {
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> get("/q/health/ready").then().statusCode(200));

        get("/q/health/ready").then().body("checks.name", hasItem("xmpp-connector"));
        assertThat(service.connector()).isEmpty();
    }
}
