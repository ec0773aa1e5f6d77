package org.homeward.provisioning.profile.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.config.EncoderConfig;
import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.util.UUID;
import org.homeward.backends.testing.KafkaBackend;
import org.homeward.backends.testing.PostgresBackend;
import org.homeward.contracts.TenantId;
import org.homeward.provisioning.profile.Profile;
import org.homeward.provisioning.profile.ProfileBook;
import org.homeward.provisioning.testing.SignedTokens;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(KafkaBackend.class)
@QuarkusTestResource(
        value = PostgresBackend.class,
        initArgs = @ResourceArg(name = "datasource", value = "provisioning"))
@QuarkusTestResource(SignedTokens.class)
class ProfilesRestTest {

    @Inject
    ProfileBook book;

    /** A tenant of its own for each test, since the database is shared. */
    private final String tenant = "t" + UUID.randomUUID().toString().substring(0, 8);

    private RequestSpecification as(String user, String role) {
        return RestAssured.given()
                .config(RestAssured.config()
                        .encoderConfig(EncoderConfig.encoderConfig()
                                .encodeContentTypeAs("application/yaml", ContentType.TEXT)))
                .auth()
                .oauth2(SignedTokens.of(tenant, user, role));
    }

    private RequestSpecification operator() {
        return as("olga", "operator").contentType(ContentType.JSON);
    }

    private void create(String json) {
        operator().body(json).post("/api/profiles").then().statusCode(201);
    }

    private void activate(String name) {
        operator()
                .body("{\"why\":\"go\"}")
                .post("/api/profiles/" + name + "/activate")
                .then()
                .statusCode(200);
    }

    private String active() {
        return book.of(new TenantId(tenant)).all().stream()
                .map(Profile::toString)
                .toList()
                .toString();
    }

    @Test
    void aProfileInYamlIsADraftUntilItIsActivated() {
        as("olga", "operator")
                .contentType("application/yaml")
                .body("name: ntp\n"
                        + "condition: device.oui == \"001122\"\n"
                        + "values:\n"
                        + "  Device.Time.NTPServer1: ntp.example.net\n")
                .post("/api/profiles?why=time")
                .then()
                .statusCode(201)
                .header("Location", "/api/profiles/ntp")
                .body("state", equalTo("draft"))
                .body("version", equalTo(1))
                .body("activeVersion", nullValue())
                .body("editedBy", equalTo("olga"))
                .body("document.values.'Device.Time.NTPServer1'", equalTo("ntp.example.net"));
        assertThat(active()).isEqualTo("[]");

        activate("ntp");

        assertThat(active()).isEqualTo("[ntp version 1]");
        operator()
                .get("/api/profiles/ntp")
                .then()
                .body("state", equalTo("active"))
                .body("activeVersion", equalTo(1));
    }

    @Test
    void aProblemNamesEachFieldThatIsWrongAndItsPlace() {
        operator()
                .body("{\"name\":\"a\",\"condition\":\"device.oui == 1\",\"values\":{\"X\":1}}")
                .post("/api/profiles")
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("errors.field", hasItems("condition", "values.X"))
                .body("errors.find { it.field == 'condition' }.message", startsWith("line 1, column 12: "));
        operator()
                .body("{\"name\": \"a\",")
                .post("/api/profiles")
                .then()
                .statusCode(400)
                .body("errors[0].field", equalTo("body"))
                .body("errors[0].message", startsWith("line 1, column "));
    }

    @Test
    void aSecretIsNeverShown() {
        create("{\"name\":\"wifi\",\"values\":{\"Device.WiFi.AccessPoint.1.Security.KeyPassphrase\":\"geheimnis\"}}");

        String shown = operator().get("/api/profiles/wifi").asString();

        assertThat(shown).doesNotContain("geheimnis").contains("sealed");
        String yaml =
                operator().accept("application/yaml").get("/api/profiles/wifi").asString();
        assertThat(yaml).startsWith("name: wifi").doesNotContain("geheimnis");
        as("olga", "operator")
                .contentType("application/yaml")
                .body(yaml)
                .put("/api/profiles/wifi")
                .then()
                .statusCode(200);
    }

    @Test
    void anEditOfWhatIsActiveIsTheNextVersionAndRollingBackIsOneCall() {
        create("{\"name\":\"a\",\"values\":{\"Device.X\":1}}");
        activate("a");
        operator()
                .body("{\"name\":\"a\",\"values\":{\"Device.X\":2}}")
                .put("/api/profiles/a?why=better")
                .then()
                .statusCode(200)
                .body("version", equalTo(2))
                .body("state", equalTo("draft"))
                .body("activeVersion", equalTo(1));
        activate("a");
        assertThat(active()).isEqualTo("[a version 2]");

        operator()
                .body("{\"why\":\"worse\"}")
                .post("/api/profiles/a/rollback")
                .then()
                .statusCode(200);

        assertThat(active()).isEqualTo("[a version 1]");
        operator()
                .get("/api/profiles/a/versions")
                .then()
                .body("items.state", contains("retired", "active"))
                .body("items.document.values.'Device.X'", contains(2, 1));
        operator()
                .get("/api/profiles/a/history")
                .then()
                .body("items.what", contains("rolled back", "activated", "edited", "activated", "created"))
                .body("items[0].why", equalTo("worse"))
                .body("items[0].by", equalTo("olga"));
        operator()
                .body("{\"version\":2}")
                .post("/api/profiles/a/rollback")
                .then()
                .statusCode(200);
        assertThat(active()).isEqualTo("[a version 2]");
    }

    @Test
    void fourEyesTakeASecondPerson() {
        as("root", "admin")
                .contentType(ContentType.JSON)
                .body("{\"fourEyes\":true}")
                .put("/api/profiles/settings")
                .then()
                .statusCode(200);
        create("{\"name\":\"a\",\"values\":{}}");
        operator().post("/api/profiles/a/activate").then().statusCode(409).body("detail", containsString("review"));
        operator().post("/api/profiles/a/submit").then().statusCode(200).body("state", equalTo("review"));
        operator().post("/api/profiles/a/activate").then().statusCode(403);

        as("otto", "operator").post("/api/profiles/a/activate").then().statusCode(200);

        assertThat(active()).isEqualTo("[a version 1]");
        // what was active once takes no second person to come back
        operator().post("/api/profiles/a/retire").then().statusCode(200);
        assertThat(active()).isEqualTo("[]");
        operator().post("/api/profiles/a/rollback").then().statusCode(200);
        assertThat(active()).isEqualTo("[a version 1]");
    }

    @Test
    void aDraftUnderReviewThatIsEditedIsADraftAgain() {
        create("{\"name\":\"a\",\"values\":{}}");
        operator().post("/api/profiles/a/submit").then().statusCode(200);

        operator()
                .body("{\"name\":\"a\",\"values\":{\"Device.X\":1}}")
                .put("/api/profiles/a")
                .then()
                .body("version", equalTo(1))
                .body("state", equalTo("draft"))
                .body("submittedBy", nullValue());
    }

    @Test
    void whoSawAnOlderStateChangesNothing() {
        create("{\"name\":\"a\",\"values\":{}}");
        String tag = operator().get("/api/profiles/a").header("ETag");
        operator()
                .header("If-Match", tag)
                .body("{\"name\":\"a\",\"values\":{\"Device.X\":1}}")
                .put("/api/profiles/a")
                .then()
                .statusCode(200);

        operator()
                .header("If-Match", tag)
                .post("/api/profiles/a/activate")
                .then()
                .statusCode(412);
    }

    @Test
    void aClashWithAnActiveProfileIsAnErrorOfTheOneThatComesLater() {
        create("{\"name\":\"a\",\"values\":{\"Device.X\":1}}");
        activate("a");

        operator()
                .body("{\"name\":\"b\",\"values\":{\"Device.X\":2}}")
                .post("/api/profiles")
                .then()
                .statusCode(400)
                .body("errors[0].field", equalTo("values.Device.X"))
                .body("errors[0].message", containsString("the active profile a version 1"));
        create("{\"name\":\"b\",\"priority\":101,\"values\":{\"Device.X\":2}}");
    }

    @Test
    void listsGoByNameInPages() {
        create("{\"name\":\"b\",\"values\":{}}");
        create("{\"name\":\"a\",\"values\":{}}");
        create("{\"name\":\"c\",\"values\":{}}");

        String next = operator()
                .get("/api/profiles?limit=2")
                .then()
                .body("items.name", contains("a", "b"))
                .extract()
                .path("next");
        operator()
                .get("/api/profiles?limit=2&cursor=" + next)
                .then()
                .body("items.name", contains("c"))
                .body("next", nullValue());
    }

    @Test
    void aTenantSeesOnlyItsOwnProfilesAndOnlyOperatorsWriteThem() {
        create("{\"name\":\"a\",\"values\":{}}");

        RestAssured.given()
                .auth()
                .oauth2(SignedTokens.of("another", "eve", "operator"))
                .get("/api/profiles/a")
                .then()
                .statusCode(404);
        as("sue", "support").get("/api/profiles/a").then().statusCode(200);
        as("sue", "support")
                .contentType(ContentType.JSON)
                .body("{\"name\":\"b\"}")
                .post("/api/profiles")
                .then()
                .statusCode(403);
        as("sam", "subscriber").get("/api/profiles").then().statusCode(403);
        operator()
                .body("{\"fourEyes\":false}")
                .put("/api/profiles/settings")
                .then()
                .statusCode(403);
        operator().body("{\"name\":\"a\"}").post("/api/profiles").then().statusCode(409);
        operator().post("/api/profiles/nowhere/activate").then().statusCode(404);
        operator().get("/api/profiles/a/versions/7").then().statusCode(404);
    }

    @Test
    void theSchemaIsPublished() {
        operator()
                .get("/api/profiles/schema")
                .then()
                .statusCode(200)
                .body("title", equalTo("Profile"))
                .body("properties.keySet()", hasItems("condition", "values"))
                .body("required", hasSize(1))
                .body("required", not(hasItems("values")));
    }
}
