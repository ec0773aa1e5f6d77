package org.homeward.kit.rest;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;

import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
class PastedDeviceIdsTest {

    @ParameterizedTest
    @CsvSource({
        "00AABB-Box%2D1-SN1, 00AABB-Box%2D1-SN1",
        "00AABB-Box%252D1-SN1, 00AABB-Box%2D1-SN1",
        "00aabb-Box%2d1-SN1, 00AABB-Box%2D1-SN1",
        "00AABB-Ger%C3%A4t-1, 00AABB-Ger%C3%A4t-1",
        "00AABB-Ger%25C3%25A4t-1, 00AABB-Ger%C3%A4t-1",
        "00AABB-SN1, 00AABB-SN1"
    })
    void anIdMeansTheSameDevicePastedAndByTheBook(String written, String id) {
        given().urlEncodingEnabled(false)
                .get("/api/devices/" + written + "/sample?x=1%2D2")
                .then()
                .statusCode(200)
                .body(containsString(id + " 1-2"));
    }
}
