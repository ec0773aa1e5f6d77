package org.homeward.kit.rest;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import org.homeward.backends.testing.KafkaBackend;
import org.homeward.kit.security.SignedTokens;
import org.homeward.kit.security.TokenKey;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(KafkaBackend.class)
@QuarkusTestResource(TokenKey.class)
class ProblemDocumentsTest {

    @Test
    void namesAFieldThatIsNotThere() {
        problem(json("{\"name\":\"x\",\"windows\":[{\"start\":1,\"stop\":2}]}").post("/api/samples"), 400)
                .body("errors.field", hasItem("windows[0].stop"))
                .body("detail", containsString("known are start"));
    }

    @Test
    void namesAFieldOfTheWrongKind() {
        problem(json("{\"name\":\"x\",\"windows\":[{\"start\":\"soon\"}]}").post("/api/samples"), 400)
                .body("errors.field", hasItem("windows[0].start"))
                .body("detail", containsString("is not a whole number"));
    }

    @Test
    void saysWhatATimeLooksLike() {
        problem(json("{\"name\":\"x\",\"at\":\"yesterday\"}").post("/api/samples"), 400)
                .body("errors.field", hasItem("at"))
                .body("detail", containsString("ISO-8601"));
    }

    @Test
    void saysWhereJsonBreaks() {
        problem(json("{\"name\":\n  oops}").post("/api/samples"), 400).body("detail", containsString("line 2, column"));
    }

    @Test
    void namesWhatValidationRefuses() {
        problem(json("{\"name\":\" \",\"windows\":[{\"start\":-1}]}").post("/api/samples"), 400)
                .body("errors.field", hasItem("name"))
                .body("errors.field", hasItem("windows[0].start"));
    }

    @Test
    void refusesAPageThatIsTooLarge() {
        problem(given().queryParam("limit", 501).get("/api/samples"), 400).body("errors.field", hasItem("limit"));
        problem(given().queryParam("limit", "many").get("/api/samples"), 400).body("errors.field", hasItem("limit"));
    }

    @Test
    void writesThePageWithItsCursorOrNull() {
        given().queryParam("limit", 2)
                .get("/api/samples")
                .then()
                .statusCode(200)
                .body("items.size()", equalTo(2));
        given().get("/api/samples")
                .then()
                .statusCode(200)
                .body("next", nullValue())
                .body(containsString("\"next\":null"));
    }

    @Test
    void namesAnIdThatIsNone() {
        problem(given().get("/api/samples/nonsense"), 400).body("errors.field", hasItem("id"));
    }

    @Test
    void readsAnIdAndWritesItAsText() {
        given().urlEncodingEnabled(false)
                .get("/api/samples/00aabb-Box%252D1-SN1")
                .then()
                .statusCode(200)
                .body(containsString("00AABB-Box%2D1-SN1"));
    }

    @Test
    void hasADocumentForPathsAndMethodsAndMediaTypesThatAreNotThere() {
        problem(given().get("/api/nowhere"), 404);
        problem(given().get("/api/samples/gone/too/far"), 404);
        problem(given().delete("/api/samples"), 405);
        problem(given().contentType("text/csv").body("a,b").post("/api/samples"), 415);
    }

    @Test
    void passesOnWhatAResourceSays() {
        problem(given().get("/api/samples/gone/problem"), 409).body("detail", equalTo("it runs"));
    }

    @Test
    void answersThatSomethingIsAway() {
        problem(given().get("/api/samples/gone/dependency"), 503)
                .header("Retry-After", "1")
                .body(not(containsString("secret host")));
    }

    @Test
    void hidesWhatWentWrongInsideBehindACorrelation() {
        problem(given().put("/api/samples"), 500)
                .body("instance", startsWith("urn:uuid:"))
                .body(not(containsString("hunter2")));
    }

    @Test
    void asksForATokenAndRefusesABadOne() {
        problem(given().get("/api/samples/mine"), 401).header("WWW-Authenticate", startsWith("Bearer"));
        problem(given().auth().oauth2("not.a.token").get("/api/samples/mine"), 401);
        problem(given().auth().oauth2(SignedTokens.foreign("ann", "operator")).get("/api/samples/mine"), 401);
    }

    @Test
    void refusesARoleThatMayNot() {
        problem(given().auth().oauth2(SignedTokens.of("sue", "auditor")).get("/api/samples/mine"), 403);
    }

    @Test
    void knowsTheCallerByItsToken() {
        given().auth()
                .oauth2(SignedTokens.of("olga", "operator"))
                .get("/api/samples/mine")
                .then()
                .statusCode(200)
                .body("[0]", equalTo("olga"))
                .body("[1]", equalTo("acme"));
    }

    private static RequestSpecification json(String body) {
        return given().contentType("application/json").body(body);
    }

    private static ValidatableResponse problem(io.restassured.response.Response response, int status) {
        return response.then()
                .statusCode(status)
                .contentType(startsWith("application/problem+json"))
                .body("status", equalTo(status));
    }
}
