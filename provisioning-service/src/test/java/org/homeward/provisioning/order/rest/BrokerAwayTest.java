package org.homeward.provisioning.order.rest;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.awaitility.Awaitility;
import org.homeward.backends.testing.PostgresBackend;
import org.homeward.provisioning.testing.BrokerOfItsOwn;
import org.homeward.provisioning.testing.ScriptedDevice;
import org.homeward.provisioning.testing.ScriptedGateways;
import org.homeward.provisioning.testing.SignedTokens;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(value = BrokerOfItsOwn.class, restrictToAnnotatedClass = true)
@QuarkusTestResource(
        value = PostgresBackend.class,
        restrictToAnnotatedClass = true,
        initArgs = {
            @ResourceArg(name = "datasource", value = "provisioning"),
            @ResourceArg(name = "database", value = "provisioning_broker_away")
        })
@QuarkusTestResource(SignedTokens.class)
class BrokerAwayTest {

    @Inject
    ScriptedGateways gateways;

    Map<String, Runnable> broker = Map.of();

    private void turn(String which) {
        Objects.requireNonNull(broker.get(which)).run();
    }

    @Test
    void anOrderPlacedWhileTheBrokerIsAwayIsDoneWhenItIsBack() {
        ScriptedDevice device = gateways.device("AWAY").known();
        String token = SignedTokens.of("acme", "alice", "operator");
        turn("stop");
        String order;
        try {
            order = given().auth()
                    .oauth2(token)
                    .contentType(ContentType.JSON)
                    .body("{\"type\":\"reboot\"}")
                    .post("/api/devices/" + device.id() + "/orders")
                    .then()
                    .statusCode(202)
                    .body("state", equalTo("queued"))
                    .extract()
                    .path("id");
        } finally {
            turn("start");
        }
        // the scripted connector has the patience of a test, the broker needs a few seconds
        Awaitility.await()
                .atMost(Duration.ofSeconds(40))
                .untilAsserted(() -> given().auth()
                        .oauth2(token)
                        .get("/api/orders/" + order)
                        .then()
                        .body("state", equalTo("waking")));
        assertThat(device.wakeUp().url()).isEqualTo("http://192.0.2.7:7547/cr");
    }
}
