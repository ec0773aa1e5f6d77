package org.homeward.registry.inventory.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.homeward.registry.testing.Cpe.value;
import static org.homeward.registry.testing.Published.latest;
import static org.homeward.registry.testing.Published.latestFacts;
import static org.homeward.registry.testing.Published.records;
import static org.homeward.registry.testing.Registry.as;
import static org.homeward.registry.testing.Registry.eventually;
import static org.homeward.registry.testing.Registry.get;
import static org.homeward.registry.testing.Registry.operator;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.homeward.backends.testing.KafkaBackend;
import org.homeward.backends.testing.MongoBackend;
import org.homeward.backends.testing.PostgresBackend;
import org.homeward.contracts.Topic;
import org.homeward.contracts.device.DeviceCredentials;
import org.homeward.contracts.device.DeviceFacts;
import org.homeward.contracts.session.Authentication.Credential;
import org.homeward.kit.security.FieldCipher;
import org.homeward.registry.testing.Cpe;
import org.homeward.registry.testing.Registry;
import org.homeward.registry.testing.SignedTokens;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@QuarkusTestResource(KafkaBackend.class)
@QuarkusTestResource(MongoBackend.class)
@QuarkusTestResource(value = PostgresBackend.class, initArgs = @ResourceArg(name = "datasource", value = "registry"))
@QuarkusTestResource(SignedTokens.class)
class DeviceRestTest {

    private static final String MERGE_PATCH = "application/merge-patch+json";

    @Inject
    Registry registry;

    @Inject
    FieldCipher cipher;

    private static io.restassured.response.Response register(String serial, String more) {
        return operator()
                .contentType(ContentType.JSON)
                .body("{\"oui\": \"00AACC\", \"productClass\": \"PC\", \"serialNumber\": \"" + serial + "\"" + more
                        + "}")
                .post("/api/devices");
    }

    @Test
    void registersADeviceAheadOfItsFirstContact() {
        var response = register("ahead", ", \"tags\": [\"lab\", \"beta\"], \"subscriberId\": \"C-1\"");

        response.then()
                .statusCode(201)
                .header("Location", containsString("/api/devices/00AACC-PC-ahead"))
                .header("ETag", "\"0\"")
                .body("id", equalTo("00AACC-PC-ahead"))
                .body("tags", containsInAnyOrder("beta", "lab"))
                .body("subscriberId", equalTo("C-1"))
                .body("online.state", equalTo("unknown"))
                .body("lastInform", nullValue())
                .body("registeredAt", notNullValue());
        eventually(() ->
                assertThat(latestFacts("default/00AACC-PC-ahead").tags()).containsExactlyInAnyOrder("beta", "lab"));
    }

    @Test
    void sealsCredentialsAndNeverShowsThem() {
        var response =
                register("sealed", ", \"credentials\": {\"username\": \"u\", \"password\": \"printed on the box\"}");

        response.then().statusCode(201);
        assertThat(response.asString()).doesNotContain("printed on the box");
        eventually(() -> {
            var credentials = (DeviceCredentials) latest(Topic.DEVICE_CREDENTIALS, "default/00AACC-PC-sealed");
            assertThat(credentials.username()).isEqualTo("u");
            assertThat(credentials.sealedPassword()).doesNotContain("printed");
            assertThat(cipher.open(credentials.sealedPassword())).isEqualTo("printed on the box");
        });
    }

    @Test
    void aDeviceThatExistsIsAConflict() {
        register("exists", "").then().statusCode(201);

        var response = register("exists", "");

        response.then()
                .statusCode(409)
                .contentType("application/problem+json")
                .body("detail", containsString("already"));
    }

    @Test
    void theSameIdempotencyKeyHasOneEffectAndOneAnswer() {
        String body = "{\"oui\": \"00AACC\", \"serialNumber\": \"idem\"}";
        var first = operator()
                .contentType(ContentType.JSON)
                .header("Idempotency-Key", "k1")
                .body(body)
                .post("/api/devices");

        var second = operator()
                .contentType(ContentType.JSON)
                .header("Idempotency-Key", "k1")
                .body(body)
                .post("/api/devices");

        first.then().statusCode(201);
        second.then().statusCode(201);
        assertThat(second.asString()).isEqualTo(first.asString());
        operator()
                .contentType(ContentType.JSON)
                .header("Idempotency-Key", "k1")
                .body("{\"oui\": \"00AACC\", \"serialNumber\": \"other\"}")
                .post("/api/devices")
                .then()
                .statusCode(422);
    }

    @Test
    void editsTagsSubscriberAndTraceWithAnEntityTag() {
        register("edit", ", \"subscriberId\": \"C-2\"").then().statusCode(201);

        var edited = operator()
                .contentType(MERGE_PATCH)
                .header("If-Match", "\"0\"")
                .body("{\"tags\": [\"gold\"], \"subscriberId\": null, \"trace\": true}")
                .patch("/api/devices/00AACC-PC-edit");

        edited.then()
                .statusCode(200)
                .header("ETag", "\"1\"")
                .body("tags", equalTo(List.of("gold")))
                .body("subscriberId", nullValue())
                .body("trace", equalTo(true));
        operator()
                .contentType(MERGE_PATCH)
                .header("If-Match", "\"0\"")
                .body("{\"tags\": []}")
                .patch("/api/devices/00AACC-PC-edit")
                .then()
                .statusCode(412)
                .contentType("application/problem+json");
        eventually(() -> {
            DeviceFacts facts = latestFacts("default/00AACC-PC-edit");
            assertThat(facts.tags()).containsExactly("gold");
            assertThat(facts.trace()).isTrue();
            assertThat(facts.subscriberId()).isNull();
        });
        get("/api/devices/00AACC-PC-edit/timeline?kind=edited")
                .then()
                .body("items[0].by", equalTo("anna"))
                .body("items[0].summary", equalTo("tags gold; no subscriber; trace on"));
    }

    @Test
    void whatPeopleSetOutlivesWhatTheDeviceSays() {
        register("both", ", \"tags\": [\"lab\"]").then().statusCode(201);
        var cpe = new Cpe("both", Instant.now().minusSeconds(30));
        registry.hears(cpe.inform("1 BOOT", value("Device.DeviceInfo.SoftwareVersion", "1")), cpe.closed());
        eventually(() -> get(cpe.path()).then().statusCode(200));

        operator()
                .contentType(MERGE_PATCH)
                .body("{\"tags\": [\"kept\"]}")
                .patch(cpe.path())
                .then()
                .statusCode(200);
        registry.hears(cpe.inform("1 BOOT", value("Device.DeviceInfo.SoftwareVersion", "2")), cpe.closed());

        eventually(() -> {
            DeviceFacts facts = latestFacts(cpe.key.toString());
            assertThat(facts.softwareVersion()).isEqualTo("2");
            assertThat(facts.tags()).containsExactly("kept");
        });
        get(cpe.path()).then().body("softwareVersion", equalTo("2")).body("tags", equalTo(List.of("kept")));
    }

    @Test
    void deletingTakesFactsAndCredentialsBack() {
        register("delete", ", \"credentials\": {\"password\": \"x\"}").then().statusCode(201);
        eventually(() -> assertThat(latest(Topic.DEVICE_CREDENTIALS, "default/00AACC-PC-delete"))
                .isNotNull());

        operator().delete("/api/devices/00AACC-PC-delete").then().statusCode(204);

        get("/api/devices/00AACC-PC-delete").then().statusCode(404);
        eventually(() -> {
            assertThat(records(Topic.DEVICE_FACTS, "default/00AACC-PC-delete")
                            .getLast()
                            .value())
                    .isNull();
            assertThat(records(Topic.DEVICE_CREDENTIALS, "default/00AACC-PC-delete")
                            .getLast()
                            .value())
                    .isNull();
        });
        operator().delete("/api/devices/00AACC-PC-delete").then().statusCode(404);
    }

    @Test
    void searchesSortsAndPages() {
        String csv = "oui,productClass,serialNumber,tags\n"
                + IntStream.range(100, 125)
                        .mapToObj(i -> "00AADD,PAGED," + i + "," + (i % 2 == 0 ? "even many" : "many"))
                        .reduce("", (all, line) -> all + line + "\n");
        operator()
                .contentType("text/csv")
                .body(csv)
                .post("/api/devices/import")
                .then()
                .statusCode(200);

        List<String> serials = new ArrayList<>();
        String next = "";
        do {
            JsonPath page = get("/api/devices?q=productClass==PAGED;tags==even&sort=-serialNumber&limit=5"
                            + (next.isEmpty() ? "" : "&cursor=" + next))
                    .jsonPath();
            serials.addAll(page.getList("items.serialNumber"));
            next = page.getString("next");
        } while (next != null);

        assertThat(serials)
                .isEqualTo(IntStream.rangeClosed(0, 12)
                        .mapToObj(i -> String.valueOf(124 - 2 * i))
                        .toList());
        get("/api/devices?q=productClass==PAGED;online==true").then().body("items", hasSize(0));
        get("/api/devices?q=productClass==PAGED;tags=in=(even)&limit=500")
                .then()
                .body("items", hasSize(13));
        get("/api/devices?q=productClass==PAGED;lastInform=isnull=true&limit=2")
                .then()
                .body("items", hasSize(2));
    }

    @Test
    void findsByOnlineStateInTheWordsInWhichItIsShown() {
        var cpe = new Cpe("wordy", Instant.now().minusSeconds(30));
        registry.hears(cpe.inform("1 BOOT"), cpe.closed());

        eventually(() ->
                get("/api/devices?q=serialNumber==wordy;online==online").then().body("items", hasSize(1)));
        get("/api/devices?q=serialNumber==wordy;online==offline").then().body("items", hasSize(0));
        get("/api/devices?q=online==sometimes").then().statusCode(400);
    }

    @Test
    void tellsThatADeviceHasProvenCredentialsOfItsOwn() {
        var cpe = new Cpe("proven", Instant.now().minusSeconds(30)).proving(Credential.FACTORY);
        String key = cpe.key.toString();
        registry.hears(cpe.inform("0 BOOTSTRAP"), cpe.closed());
        eventually(() -> assertThat(latestFacts(key).ownCredentials()).isFalse());

        registry.hears(cpe.proving(Credential.DERIVED).inform("0 BOOTSTRAP"), cpe.closed());

        eventually(() -> assertThat(latestFacts(key).ownCredentials()).isTrue());
    }

    @Test
    void sortsByLastContactAlsoWhatNeverCalled() {
        var cpe = new Cpe("acme", "sorted", Instant.now().minusSeconds(30));
        String acme = SignedTokens.ofTenant("acme", "anna", "operator");
        as(acme).contentType(ContentType.JSON)
                .body("{\"oui\": \"00AACC\", \"serialNumber\": \"silent\"}")
                .post("/api/devices")
                .then()
                .statusCode(201);
        registry.hears(cpe.inform("1 BOOT"), cpe.closed());

        eventually(() -> as(acme).get("/api/devices?sort=-lastInform")
                .then()
                .body("items.serialNumber", equalTo(List.of("sorted", "silent"))));
        String next =
                as(acme).get("/api/devices?sort=-lastInform&limit=1").jsonPath().getString("next");
        as(acme).get("/api/devices?sort=-lastInform&limit=1&cursor=" + next)
                .then()
                .body("items.serialNumber", equalTo(List.of("silent")));
        get(cpe.path()).then().statusCode(404);
    }

    @Test
    void importsWhatItCanAndTellsOfEachLine() {
        String csv = """
                oui,productClass,serialNumber,tags,subscriberId,username,password
                00AAEE,IMP,1,a b,C-7,,secret1
                00AAEE,IMP,,,,,
                00AAEE,IMP,1,,,,
                00AAEE,"IMP","2, with comma",,,,
                00AAEE,IMP,3,"bad;tag",,,
                """;

        var report = operator().contentType("text/csv").body(csv).post("/api/devices/import");

        report.then()
                .statusCode(200)
                .body("created", equalTo(2))
                .body("existing", equalTo(1))
                .body("refused", equalTo(2))
                .body("lines.result", equalTo(List.of("created", "refused", "existing", "created", "refused")))
                .body("lines.line", equalTo(List.of(2, 3, 4, 5, 6)))
                .body("lines[1].why", containsString("serialNumber"));
        assertThat(report.asString()).doesNotContain("secret1");
        get("/api/devices/00AAEE-IMP-2%252C%2520with%2520comma").then().statusCode(200);
        get("/api/devices?q=subscriberId==C-7").then().body("items[0].tags", equalTo(List.of("a", "b")));
    }

    @Test
    void importsTenThousandLinesInOneGo() {
        var csv = new StringBuilder("oui,productClass,serialNumber\n");
        IntStream.range(0, 10_000)
                .forEach(i -> csv.append("00AAEF,BULK,S").append(i).append('\n'));

        var report = operator().contentType("text/csv").body(csv.toString()).post("/api/devices/import");

        report.then().statusCode(200).body("created", equalTo(10_000)).body("lines", hasSize(10_000));
    }

    @Test
    void refusesCsvWithoutKnownColumns() {
        operator()
                .contentType("text/csv")
                .body("oui,serialNumber,shoeSize\n00AAEE,1,44\n")
                .post("/api/devices/import")
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("detail", containsString("shoeSize"));
        operator()
                .contentType("text/csv")
                .body("")
                .post("/api/devices/import")
                .then()
                .statusCode(400);
    }

    @Test
    void aSubscriberSeesOnlyItsOwnDevices() {
        register("mine", ", \"subscriberId\": \"sue\"").then().statusCode(201);
        register("theirs", ", \"subscriberId\": \"joe\"").then().statusCode(201);
        String sue = SignedTokens.of("sue", "subscriber");

        as(sue).get("/api/devices").then().statusCode(200).body("items.id", equalTo(List.of("00AACC-PC-mine")));
        as(sue).get("/api/devices/00AACC-PC-mine/parameters").then().statusCode(200);
        for (String below : List.of("", "/parameters", "/history", "/sessions", "/sessions/x", "/timeline")) {
            as(sue).get("/api/devices/00AACC-PC-theirs" + below).then().statusCode(404);
        }
        as(sue).delete("/api/devices/00AACC-PC-mine").then().statusCode(403);
    }

    @ParameterizedTest
    @CsvSource({"support", "field", "auditor"})
    void someRolesReadAndChangeNothing(String role) {
        register("read-" + role, "").then().statusCode(201);
        String token = SignedTokens.of("rita", role);
        String device = "/api/devices/00AACC-PC-read%252D" + role;

        as(token).get(device).then().statusCode(200);
        as(token)
                .contentType(MERGE_PATCH)
                .body("{\"tags\": []}")
                .patch(device)
                .then()
                .statusCode(403);
        as(token)
                .contentType(ContentType.JSON)
                .body("{}")
                .post("/api/devices")
                .then()
                .statusCode(403);
        as(token).delete(device).then().statusCode(403).contentType("application/problem+json");
    }

    @Test
    void withoutAValidTokenNothingIsShown() {
        RestAssured.given().get("/api/devices").then().statusCode(401).contentType("application/problem+json");
        as(SignedTokens.foreign("mallory", "admin")).get("/api/devices").then().statusCode(401);
        as(SignedTokens.of("nobody")).get("/api/devices").then().statusCode(403);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/api/devices/nonsense | id",
                "/api/devices/a-b-c-d | id",
                "/api/devices?limit=501 | limit",
                "/api/devices?limit=0 | limit",
                "/api/devices?limit=x | limit",
                "/api/devices?q=colour==red | q",
                "/api/devices?q=((( | q",
                "/api/devices?q=lastInform=gt=yesterday | q",
                "/api/devices?sort=colour | sort",
                "/api/devices?cursor=AAAA | cursor",
                "/api/devices/00AACC-PC-bad/parameters?path=Device..WiFi | path",
                "/api/devices/00AACC-PC-bad/parameters?path=%27%20or%201=1 | path",
                "/api/devices/00AACC-PC-bad/parameters?limit=501 | limit",
                "/api/devices/00AACC-PC-bad/parameters?cursor=AAAA | cursor",
                "/api/devices/00AACC-PC-bad/history?cursor=AAAA | cursor",
                "/api/devices/00AACC-PC-bad/timeline?kind=party | kind",
                "/api/devices/00AACC-PC-bad/timeline?cursor=AAAA | cursor"
            })
    void aBadRequestNamesWhatIsBad(String path, String field) {
        register("bad", "");

        get(path)
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("errors[0].field", equalTo(field));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"oui\": \"00AACC\"} | serialNumber",
                "{\"serialNumber\": \"1\"} | oui",
                "{\"oui\": \"00AACC\", \"serialNumber\": \"1\", \"colour\": \"red\"} | colour",
                "{\"oui\": \"00AACC\", \"serialNumber\": \"1\", \"tags\": [\"a b\"]} | tags[0]",
                "{\"oui\": \"00AACC\", \"serialNumber\": \"1\", \"tags\": \"a\"} | tags",
                "{\"oui\": \"00AACC\", \"serialNumber\": \"1\", \"credentials\": {\"username\": \"u\"}} | credentials.password",
                "not json | body"
            })
    void aBadBodyNamesItsField(String body, String field) {
        operator()
                .contentType(ContentType.JSON)
                .body(body)
                .post("/api/devices")
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("errors[0].field", equalTo(field));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"softwareVersion\": \"9\"} | softwareVersion",
                "{\"tags\": [1]} | tags[0]",
                "{\"trace\": \"yes\"} | trace",
                "[] | body"
            })
    void aBadPatchNamesItsField(String body, String field) {
        register("patched", "");

        operator()
                .contentType(MERGE_PATCH)
                .body(body)
                .patch("/api/devices/00AACC-PC-patched")
                .then()
                .statusCode(400)
                .body("errors[0].field", equalTo(field));
    }

    @Test
    void whatIsNotThereIsAProblemToo() {
        register("there", "");

        get("/api/devices/00AACC-PC-nowhere").then().statusCode(404).contentType("application/problem+json");
        get("/api/devices/00AACC-PC-there/sessions/none").then().statusCode(404);
        operator()
                .contentType(MERGE_PATCH)
                .body("{}")
                .patch("/api/devices/00AACC-PC-nowhere")
                .then()
                .statusCode(404);
        get("/api/devices/00AACC-PC-there/parameters?path=Device.")
                .then()
                .statusCode(200)
                .body("items", hasSize(0));
    }

    @Test
    void leavesPathsBelowADeviceToOtherServices() {
        get("/api/devices/00AACC-PC-any/orders").then().statusCode(200).body(equalTo("orders of 00AACC-PC-any"));
    }

    @Test
    void everyOperationIsDescribed() {
        JsonPath api = RestAssured.given().get("/q/openapi?format=json").jsonPath();
        Map<String, Map<String, Map<String, Object>>> paths = api.getMap("paths");

        Map<String, Object> missing = new HashMap<>();
        paths.forEach((path, operations) -> operations.forEach((method, operation) -> {
            if (path.startsWith("/api/") && !path.endsWith("/orders") && operation.get("summary") == null) {
                missing.put(method + " " + path, operation);
            }
        }));
        assertThat(paths).containsKeys("/api/devices", "/api/devices/{id}", "/api/devices/{id}/timeline");
        assertThat(missing).isEmpty();
    }
}
