package org.homeward.registry.selfcare.rest;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.homeward.registry.testing.Registry.as;
import static org.homeward.registry.testing.Registry.get;
import static org.homeward.registry.testing.Registry.operator;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import org.homeward.backends.testing.KafkaBackend;
import org.homeward.backends.testing.MongoBackend;
import org.homeward.backends.testing.PostgresBackend;
import org.homeward.registry.testing.SignedTokens;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(KafkaBackend.class)
@QuarkusTestResource(MongoBackend.class)
@QuarkusTestResource(value = PostgresBackend.class, initArgs = @ResourceArg(name = "datasource", value = "registry"))
@QuarkusTestResource(SignedTokens.class)
class SelfCareDevicesTest {

    private static final String DEVICES = "/api/self-care/devices";

    private static void device(String serial, String subscriber) {
        operator()
                .contentType(ContentType.JSON)
                .body("{\"oui\": \"00AACC\", \"productClass\": \"CARE\", \"serialNumber\": \"" + serial
                        + "\", \"subscriberId\": \"" + subscriber + "\"}")
                .post("/api/devices")
                .then()
                .statusCode(201);
    }

    @Test
    void aSubscriberSeesItsOwnDevicesAndNoOthers() {
        device("of-ann", "K-1001");
        device("of-bob", "K-1002");
        String ann = SignedTokens.ofSubscriber("ann", "K-1001");

        as(ann).get(DEVICES).then().statusCode(200).body("items.id", contains("00AACC-CARE-of%2Dann"));
        as(ann).get(DEVICES + "/00AACC-CARE-of%252Dann")
                .then()
                .statusCode(200)
                .body("serialNumber", equalTo("of-ann"))
                .body("online", equalTo("unknown"));
        as(SignedTokens.of("nobody-yet", "subscriber")).get(DEVICES).then().body("items", empty());
    }

    @Test
    void anothersDeviceIsNotThereAndItsTimelineTellsWhoAsked() {
        device("theirs", "K-2002");
        String ann = SignedTokens.ofSubscriber("ann", "K-2001");

        for (int i = 0; i < 3; i++) {
            as(ann).get(DEVICES + "/00AACC-CARE-theirs").then().statusCode(404).contentType("application/problem+json");
        }

        as(ann).get(DEVICES + "/00AACC-CARE-unheard").then().statusCode(404);
        get("/api/devices/00AACC-CARE-theirs/timeline?kind=denied")
                .then()
                .body("items", hasSize(1))
                .body("items[0].by", equalTo("K-2001"));
    }

    @Test
    void itIsForSubscribers() {
        operator().get(DEVICES).then().statusCode(403);
    }
}
