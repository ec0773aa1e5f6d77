package org.homeward.registry.subscriber.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.homeward.registry.testing.Cpe.value;
import static org.homeward.registry.testing.Published.latestFacts;
import static org.homeward.registry.testing.Published.records;
import static org.homeward.registry.testing.Registry.as;
import static org.homeward.registry.testing.Registry.eventually;
import static org.homeward.registry.testing.Registry.get;
import static org.homeward.registry.testing.Registry.operator;

import io.agroal.api.AgroalDataSource;
import io.quarkus.agroal.DataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.homeward.backends.testing.KafkaBackend;
import org.homeward.backends.testing.MongoBackend;
import org.homeward.backends.testing.PostgresBackend;
import org.homeward.contracts.TenantId;
import org.homeward.contracts.Topic;
import org.homeward.contracts.device.DeviceFacts;
import org.homeward.contracts.device.SecretAttribute;
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
class SubscriberRestTest {

    private static final String MERGE_PATCH = "application/merge-patch+json";
    private static final String ROOT = "/api/subscribers";

    @Inject
    Registry registry;

    @Inject
    FieldCipher cipher;

    @Inject
    @DataSource("registry")
    AgroalDataSource database;

    private static Response post(String path, String body) {
        return operator().contentType(ContentType.JSON).body(body).post(ROOT + path);
    }

    private static Response patch(String path, String body) {
        return operator().contentType(MERGE_PATCH).body(body).patch(path);
    }

    private static void subscriber(String id) {
        post("", "{\"id\": \"" + id + "\", \"attributes\": {\"plan\": \"gold\"}}")
                .then()
                .statusCode(201);
    }

    private static void device(String serial) {
        operator()
                .contentType(ContentType.JSON)
                .body("{\"oui\": \"00AACC\", \"productClass\": \"SUB\", \"serialNumber\": \"" + serial + "\"}")
                .post("/api/devices")
                .then()
                .statusCode(201);
    }

    private static Response importing(String csv) {
        return operator()
                .contentType("text/csv; charset=UTF-8")
                .body(csv.getBytes(StandardCharsets.UTF_8))
                .post(ROOT + "/imports");
    }

    private String inDatabase(String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                ResultSet rows = connection.createStatement().executeQuery(sql)) {
            var text = new StringBuilder();
            while (rows.next()) {
                text.append(rows.getString(1)).append('\n');
            }
            return text.toString();
        }
    }

    @Test
    void createsShowsChangesAndDeletesASubscriber() {
        post("", "{\"id\": \"C-life\", \"attributes\": {\"name\": \"Ann\", \"plan\": \"gold\"}}")
                .then()
                .statusCode(201)
                .header("Location", containsString("/api/subscribers/C-life"))
                .header("ETag", "\"0\"")
                .body("attributes.name", equalTo("Ann"))
                .body("updatedBy", equalTo("anna"));
        post("", "{\"id\": \"C-life\"}").then().statusCode(409);

        operator()
                .contentType(MERGE_PATCH)
                .header("If-Match", "\"0\"")
                .body("{\"attributes\": {\"plan\": \"silver\", \"name\": null}}")
                .patch(ROOT + "/C-life")
                .then()
                .statusCode(200)
                .header("ETag", "\"1\"")
                .body("attributes", equalTo(Map.of("plan", "silver")));
        operator()
                .contentType(MERGE_PATCH)
                .header("If-Match", "\"0\"")
                .body("{\"attributes\": {}}")
                .patch(ROOT + "/C-life")
                .then()
                .statusCode(412);

        operator().delete(ROOT + "/C-life").then().statusCode(204);
        get(ROOT + "/C-life").then().statusCode(404).contentType("application/problem+json");
        operator().delete(ROOT + "/C-life").then().statusCode(404);
    }

    @Test
    void idsMayHoldWhatOperatorsPutIntoThem() {
        post("", "{\"id\": \"Kunde 7/ä%\"}").then().statusCode(201);

        get(ROOT + "/Kunde%207%2F%C3%A4%25").then().statusCode(200).body("id", equalTo("Kunde 7/ä%"));
    }

    @Test
    void searchesAndPages() {
        for (String id : List.of("P-1", "P-2", "P-3")) {
            subscriber(id);
        }
        post("/P-2/services", "{\"type\": \"voip\"}").then().statusCode(201);

        String next = get(ROOT + "?q=id==P-*&limit=2&sort=-id")
                .then()
                .body("items.id", contains("P-3", "P-2"))
                .extract()
                .path("next");

        get(ROOT + "?q=id==P-*&limit=2&sort=-id&cursor=" + next)
                .then()
                .body("items.id", contains("P-1"))
                .body("next", nullValue());
        get(ROOT + "?q=id==P-*;services==voip").then().body("items.id", contains("P-2"));
    }

    @Test
    void aSecretIsSealedInItsRowAndNeverShownAgain() throws SQLException {
        subscriber("C-secret");
        var added = post("/C-secret/services", """
                {"type": "internet", "attributes": {"username": "ann", "password": "hunter2-in-the-clear", "vlan": 7}}""");
        var patched = patch(ROOT + "/C-secret", "{\"attributes\": {\"portal\": {\"pin\": \"pin-in-the-clear\"}}}");

        added.then()
                .statusCode(201)
                .body("attributes.username", equalTo("ann"))
                .body("attributes.password.secret", equalTo(true))
                .body("attributes.password.setAt", notNullValue());
        patched.then().statusCode(200).body("attributes.portal.pin.secret", equalTo(true));
        assertThat(added.asString() + get(ROOT + "/C-secret/services").asString() + patched.asString())
                .doesNotContain("in-the-clear");
        String rows = inDatabase("select s::text from subscriber s where id = 'C-secret'")
                + inDatabase("select s::text from subscriber_service s where subscriber_id = 'C-secret'")
                + inDatabase("select convert_from(coalesce(value, ''), 'UTF8') from outbox");
        assertThat(rows).contains("ann").contains("v1.").doesNotContain("in-the-clear");
        String sealed = inDatabase(
                        "select secrets -> 'password' ->> 'sealed' from subscriber_service where subscriber_id = 'C-secret'")
                .strip();
        assertThat(cipher.open(
                        sealed, new SecretAttribute(TenantId.DEFAULT, "C-secret", "internet", "password").context()))
                .isEqualTo("hunter2-in-the-clear");
    }

    @Test
    void whatIsShownWrittenBackKeepsTheSecret() {
        subscriber("C-back");
        String shown = post(
                        "/C-back/services",
                        "{\"type\": \"wifi\", \"attributes\": {\"ssid\": \"home\", \"passphrase\": \"secret-one\"}}")
                .then()
                .extract()
                .asString();
        String setAt = io.restassured.path.json.JsonPath.from(shown).getString("attributes.passphrase.setAt");

        patch(
                        ROOT + "/C-back/services/wifi",
                        "{\"attributes\": {\"ssid\": \"castle\", \"passphrase\": {\"secret\": true, \"setAt\": \""
                                + setAt + "\"}}}")
                .then()
                .statusCode(200)
                .body("attributes.ssid", equalTo("castle"))
                .body("attributes.passphrase.setAt", equalTo(setAt))
                .header("ETag", "\"1\"");
        patch(ROOT + "/C-back/services/wifi", "{\"attributes\": {\"passphrase\": \"secret-one\"}}")
                .then()
                .header("ETag", "\"1\"");
    }

    @Test
    void aTypeOfTheTenantsOwnMarksWhatIsSecret() {
        operator()
                .contentType(ContentType.JSON)
                .body("{\"attributes\": {\"unlock\": {\"type\": \"string\", \"secret\": true}}}")
                .put("/api/service-types/alarm")
                .then()
                .statusCode(200)
                .body("attributes.unlock.secret", equalTo(true));
        subscriber("C-alarm");
        post("/C-alarm/services", "{\"type\": \"alarm\", \"attributes\": {\"unlock\": \"word\", \"zone\": \"7\"}}")
                .then()
                .statusCode(201)
                .body("attributes.unlock.secret", equalTo(true));

        // the zone stands in the open already
        operator()
                .contentType(ContentType.JSON)
                .body("{\"attributes\": {\"zone\": {\"secret\": true}}}")
                .put("/api/service-types/alarm")
                .then()
                .statusCode(409);
        get("/api/service-types").then().body("items.name", contains("alarm", "internet", "iptv", "voip", "wifi"));
        operator()
                .contentType(ContentType.JSON)
                .body("{\"attributes\": {\"zone\": {\"type\": \"colour\"}}}")
                .put("/api/service-types/alarm")
                .then()
                .statusCode(400)
                .body("errors[0].field", equalTo("attributes.zone.type"));
        operator().delete("/api/service-types/alarm").then().statusCode(204);
    }

    @Test
    void aBindingWaitsForItsDeviceAndThenTellsWhatWasBought() {
        subscriber("C-wait");
        post(
                        "/C-wait/services",
                        "{\"type\": \"internet\", \"attributes\": {\"username\": \"ann\", \"password\": \"pppoe-pw\", \"vlan\": 7}}")
                .then()
                .statusCode(201);
        post("/C-wait/bindings", "{\"mac\": \"02:11:22:33:44:55\"}")
                .then()
                .statusCode(201)
                .body("by", equalTo("mac"))
                .body("value", equalTo("021122334455"))
                .body("state", equalTo("waiting"));
        var cpe = new Cpe("waited", Instant.now().minusSeconds(30));

        registry.hears(
                cpe.inform("0 BOOTSTRAP", value("Device.Ethernet.Interface.1.MACAddress", "02:11:22:33:44:55")),
                cpe.closed());

        eventually(() -> {
            DeviceFacts facts = latestFacts(cpe.key.toString());
            assertThat(facts.subscriberId()).isEqualTo("C-wait");
            assertThat(facts.subscriber()).isNotNull();
            assertThat(facts.subscriber().attributes()).isEqualTo(Map.of("plan", "gold"));
            assertThat(facts.services()).singleElement().satisfies(service -> {
                assertThat(service.attributes()).isEqualTo(Map.of("username", "ann", "vlan", 7));
                String context = new SecretAttribute(TenantId.DEFAULT, "C-wait", service.id(), "password").context();
                assertThat(cipher.open(service.secrets().getOrDefault("password", ""), context))
                        .isEqualTo("pppoe-pw");
            });
        });
        assertThat(records(Topic.DEVICE_FACTS, cpe.key.toString()))
                .noneMatch(each -> new String(each.value(), StandardCharsets.UTF_8).contains("pppoe-pw"));
        get(ROOT + "/C-wait/bindings")
                .then()
                .body("items[0].state", equalTo("bound"))
                .body("items[0].devices", contains(cpe.id()));
        get(cpe.path()).then().body("subscriberId", equalTo("C-wait"));
        get(cpe.path() + "/timeline?kind=bound")
                .then()
                .body("items[0].summary", equalTo("to C-wait by mac 021122334455"));
    }

    @Test
    void everyChangeOfASubscriberIsToldToItsDevices() {
        subscriber("C-told");
        device("told1");
        device("told2");
        for (String each : List.of("told1", "told2")) {
            post("/C-told/bindings", "{\"oui\": \"00aacc\", \"serialNumber\": \"" + each + "\"}")
                    .then()
                    .statusCode(201)
                    .body("devices", contains("00AACC-SUB-" + each));
        }

        patch(ROOT + "/C-told", "{\"attributes\": {\"plan\": \"silver\"}}")
                .then()
                .statusCode(200);
        post("/C-told/services", "{\"id\": \"line-1\", \"type\": \"voip\", \"attributes\": {\"number\": \"+41\"}}")
                .then()
                .statusCode(201);

        for (String each : List.of("told1", "told2")) {
            eventually(() -> {
                DeviceFacts facts = latestFacts("default/00AACC-SUB-" + each);
                assertThat(facts.subscriber()).isNotNull();
                assertThat(facts.subscriber().attributes()).isEqualTo(Map.of("plan", "silver"));
                assertThat(facts.services())
                        .containsExactly(new DeviceFacts.Service("line-1", "voip", Map.of("number", "+41"), Map.of()));
            });
        }
        operator().delete(ROOT + "/C-told/services/line-1").then().statusCode(204);
        eventually(() ->
                assertThat(latestFacts("default/00AACC-SUB-told1").services()).isEmpty());
        operator().delete(ROOT + "/C-told").then().statusCode(204);
        eventually(() -> {
            DeviceFacts facts = latestFacts("default/00AACC-SUB-told2");
            assertThat(facts.subscriberId()).isNull();
            assertThat(facts.subscriber()).isNull();
        });
        get("/api/devices/00AACC-SUB-told2").then().body("subscriberId", nullValue());
    }

    @Test
    void aDeviceHasOneOwnerAndMovesOnlyWhenSomebodySaysSo() {
        subscriber("C-first");
        subscriber("C-second");
        device("moving");
        String first = post("/C-first/bindings", "{\"deviceId\": \"00AACC-SUB-moving\"}")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
        post("/C-first/bindings", "{\"deviceId\": \"00AACC-SUB-moving\"}")
                .then()
                .statusCode(200)
                .body("id", equalTo(first));

        post("/C-second/bindings", "{\"oui\": \"00AACC\", \"serialNumber\": \"moving\"}")
                .then()
                .statusCode(409)
                .contentType("application/problem+json")
                .body("detail", containsString("C-first"));
        post("/C-second/bindings?move=true", "{\"oui\": \"00AACC\", \"serialNumber\": \"moving\"}")
                .then()
                .statusCode(201)
                .body("devices", contains("00AACC-SUB-moving"));

        get("/api/devices/00AACC-SUB-moving").then().body("subscriberId", equalTo("C-second"));
        get(ROOT + "/C-first/bindings").then().body("items", empty());
        get(ROOT + "/C-first/bindings?ended=true")
                .then()
                .body("items[0].state", equalTo("ended"))
                .body("items[0].endedBy", equalTo("anna"))
                .body("items[0].endedWhy", equalTo("moved to another subscriber"));
        get("/api/devices/00AACC-SUB-moving/timeline?kind=bound")
                .then()
                .body("items[0].summary", equalTo("to C-second by serial 00AACC-moving, before of C-first"))
                .body("items[0].by", equalTo("anna"));
        get("/api/devices?q=subscriberId==C-second").then().body("items.id", contains("00AACC-SUB-moving"));
    }

    @Test
    void endingABindingLetsTheDeviceGoAndKeepsTheHistory() {
        subscriber("C-end");
        device("ending");
        String id = post("/C-end/bindings", "{\"deviceId\": \"00AACC-SUB-ending\"}")
                .then()
                .extract()
                .path("id");

        operator().delete(ROOT + "/C-end/bindings/" + id).then().statusCode(204);

        get("/api/devices/00AACC-SUB-ending").then().body("subscriberId", nullValue());
        get(ROOT + "/C-end/bindings/" + id).then().body("state", equalTo("ended"));
        operator().delete(ROOT + "/C-end/bindings/" + id).then().statusCode(404);
        get("/api/devices/00AACC-SUB-ending/timeline?kind=unbound")
                .then()
                .body("items[0].summary", equalTo("no longer of C-end"));
    }

    @Test
    void whoeverIsOnACircuitIsItsSubscribers() {
        subscriber("C-line");
        post("/C-line/bindings", "{\"circuitId\": \"olt-1/7\"}").then().statusCode(201);
        var old = new Cpe("on-line-1", Instant.now().minusSeconds(30));
        var replacement = new Cpe("on-line-2", Instant.now().minusSeconds(30));
        registry.hears(
                old.inform("0 BOOTSTRAP", value("Device.DeviceInfo.ProvisioningCode", "olt-1/7")),
                replacement.inform("0 BOOTSTRAP", value("Device.X_ACME_Access.CircuitID", "olt-1/7")));
        eventually(() -> get("/api/devices?q=subscriberId==C-line")
                .then()
                .body("items.id", contains(old.id(), replacement.id())));

        registry.hears(old.inform("1 BOOT", value("Device.DeviceInfo.ProvisioningCode", "olt-1/8")));

        eventually(
                () -> get("/api/devices?q=subscriberId==C-line").then().body("items.id", contains(replacement.id())));
        eventually(
                () -> assertThat(latestFacts(old.key.toString()).subscriberId()).isNull());
        patch(replacement.path(), "{\"subscriberId\": null}")
                .then()
                .statusCode(409)
                .body("detail", containsString("olt-1/7"));
    }

    @Test
    void aPatchOfADevicesSubscriberIsABinding() {
        device("patched");

        patch("/api/devices/00AACC-SUB-patched", "{\"subscriberId\": \"C-unheard-of\"}")
                .then()
                .statusCode(200)
                .header("ETag", "\"1\"")
                .body("subscriberId", equalTo("C-unheard-of"));

        get(ROOT + "/C-unheard-of").then().statusCode(200).body("attributes", equalTo(Map.of()));
        get(ROOT + "/C-unheard-of/bindings")
                .then()
                .body("items[0].by", equalTo("device"))
                .body("items[0].devices", contains("00AACC-SUB-patched"));
        patch("/api/devices/00AACC-SUB-patched", "{\"subscriberId\": null}")
                .then()
                .header("ETag", "\"2\"")
                .body("subscriberId", nullValue());
        get(ROOT + "/C-unheard-of/bindings").then().body("items", empty());
    }

    @Test
    void aDeviceThatIsDeletedIsFoundAgainByWhatIsPrintedOnIt() {
        subscriber("C-again");
        device("again");
        post("/C-again/bindings", "{\"oui\": \"00AACC\", \"serialNumber\": \"again\"}")
                .then()
                .body("state", equalTo("bound"));

        operator().delete("/api/devices/00AACC-SUB-again").then().statusCode(204);

        get(ROOT + "/C-again/bindings").then().body("items[0].state", equalTo("waiting"));
        device("again");
        get("/api/devices/00AACC-SUB-again").then().body("subscriberId", equalTo("C-again"));
    }

    @Test
    void anotherTenantsSubscribersAreNotThere() {
        subscriber("C-ours");
        post("/C-ours/services", "{\"type\": \"voip\"}").then().statusCode(201);
        String binding = post("/C-ours/bindings", "{\"mac\": \"02:00:00:00:99:01\"}")
                .then()
                .extract()
                .path("id");
        String theirs = SignedTokens.ofTenant("acme-subs", "otto", "operator");

        for (String path : List.of("", "/services", "/services/voip", "/bindings", "/bindings/" + binding)) {
            as(theirs).get(ROOT + "/C-ours" + path).then().statusCode(404);
        }
        as(theirs).delete(ROOT + "/C-ours").then().statusCode(404);
        as(theirs).delete(ROOT + "/C-ours/services/voip").then().statusCode(404);
        as(theirs).delete(ROOT + "/C-ours/bindings/" + binding).then().statusCode(404);
        as(theirs)
                .contentType(MERGE_PATCH)
                .body("{\"attributes\": {}}")
                .patch(ROOT + "/C-ours")
                .then()
                .statusCode(404);
        as(theirs).get(ROOT).then().body("items", empty());
        // the same address may well be of somebody of theirs
        as(theirs)
                .contentType(ContentType.JSON)
                .body("{\"id\": \"C-ours\"}")
                .post(ROOT)
                .then()
                .statusCode(201);
        as(theirs)
                .contentType(ContentType.JSON)
                .body("{\"mac\": \"02:00:00:00:99:01\"}")
                .post(ROOT + "/C-ours/bindings")
                .then()
                .statusCode(201);
    }

    @ParameterizedTest
    @CsvSource({"support,200,403,403", "auditor,200,403,403", "field,200,403,201", "subscriber,403,403,403"})
    void rolesReadWriteAndBind(String role, int reads, int writes, int binds) {
        String id = "C-role-" + role;
        subscriber(id);
        String token = SignedTokens.of("rita", role);

        as(token).get(ROOT + "/" + id).then().statusCode(reads);
        as(token)
                .contentType(MERGE_PATCH)
                .body("{\"attributes\": {}}")
                .patch(ROOT + "/" + id)
                .then()
                .statusCode(writes);
        as(token)
                .contentType("text/csv")
                .body("subscriber\n")
                .post(ROOT + "/imports")
                .then()
                .statusCode(writes);
        as(token)
                .contentType(ContentType.JSON)
                .body("{\"circuitId\": \"line of " + role + "\"}")
                .post(ROOT + "/" + id + "/bindings")
                .then()
                .statusCode(binds);
        as(token)
                .contentType(ContentType.JSON)
                .body("{\"circuitId\": \"another line of " + role + "\"}")
                .post(ROOT + "/" + id + "/bindings?move=true")
                .then()
                .statusCode(403);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                " | {} | id",
                " | {\"id\": \"\"} | id",
                " | {\"id\": 7} | id",
                " | {\"id\": \"x\", \"colour\": \"red\"} | colour",
                " | {\"id\": \"x\", \"attributes\": []} | attributes",
                " | {\"id\": \"x\", \"attributes\": {\"a b\": 1}} | attributes.a b",
                " | [] | body",
                "/C-bad/services | {} | type",
                "/C-bad/services | {\"type\": \"in ternet\"} | type",
                "/C-bad/services | {\"type\": \"internet\", \"attributes\": {\"vlan\": 5000}} | attributes.vlan",
                "/C-bad/services | {\"type\": \"x\", \"attributes\": {\"password\": {\"v\": 1}}} | attributes.password",
                "/C-bad/bindings | {} | body",
                "/C-bad/bindings | {\"mac\": \"zz\"} | mac",
                "/C-bad/bindings | {\"serialNumber\": \"1\"} | oui",
                "/C-bad/bindings | {\"deviceId\": \"1\"} | deviceId",
                "/C-bad/bindings | {\"circuitId\": \" \"} | circuitId",
                "/C-bad/bindings | {\"mac\": \"001122334455\", \"circuitId\": \"x\"} | body"
            })
    void aBadBodyNamesItsField(String path, String body, String field) {
        post("", "{\"id\": \"C-bad\"}");

        post(path == null ? "" : path, body)
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("errors[0].field", equalTo(field));
    }

    @Test
    void nobodyElseIsToldASecretByAnError() {
        subscriber("C-error");

        var refused = post(
                "/C-error/services",
                "{\"type\": \"internet\", \"attributes\": {\"password\": \"told-nobody\", \"vlan\": 5000}}");

        refused.then().statusCode(400);
        assertThat(refused.asString()).doesNotContain("told-nobody");
    }

    @Test
    void attributesAreBounded() {
        subscriber("C-bound");
        patch(ROOT + "/C-bound", "{\"attributes\": {\"b\": \"" + "x".repeat(1025) + "\"}}")
                .then()
                .statusCode(400)
                .body("errors[0].field", equalTo("attributes.b"));
        for (int i = 0; i < 8; i++) {
            patch(ROOT + "/C-bound", "{\"attributes\": {\"c" + i + "\": \"" + "x".repeat(1000) + "\"}}")
                    .then()
                    .statusCode(200);
        }
        patch(ROOT + "/C-bound", "{\"attributes\": {\"d\": \"" + "x".repeat(1000) + "\"}}")
                .then()
                .statusCode(400)
                .body("errors[0].field", equalTo("attributes"));
    }

    @Test
    void importsWhatItCanTellsOfEachLineAndTheSameFileAgainChangesNothing() {
        device("imported");
        subscriber("C-has-it");
        post("/C-has-it/bindings", "{\"mac\": \"02:00:00:00:77:01\"}").then().statusCode(201);
        String csv = """
                \uFEFFsubscriber,attributes.name,service,serviceId,service.username,service.password,service.vlan,deviceId,mac
                I-1,"Ann, the first",internet,,ann@isp,import-secret,7,00AACC-SUB-imported,
                I-1,,voip,line-1,,,,,
                I-2,=1+1,internet,,bob@isp,other-secret,seven,,
                I-3,Cy,,,,,,,02:00:00:00:77:01
                I-4,"Dee,,,,,,,
                I-5
                I-1,"Ann, the second",,,,,,,
                I-6,=HYPERLINK(1),,,,,,,02:00:00:00:77:06
                """;

        var report = importing(csv);
        var again = importing(csv);

        report.then()
                .statusCode(200)
                .body(
                        "lines.result",
                        contains(
                                "created", "updated", "refused", "refused", "refused", "refused", "refused", "created"))
                .body("lines.line", contains(2, 3, 4, 5, 6, 7, 8, 9))
                .body("lines[2].column", equalTo("service.vlan"))
                .body("lines[3].column", equalTo("mac"))
                .body("lines[3].why", containsString("C-has-it"))
                .body("lines[6].column", equalTo("subscriber"))
                .body("created", equalTo(2))
                .body("updated", equalTo(1))
                .body("unchanged", equalTo(0))
                .body("refused", equalTo(5));
        again.then()
                .body("created", equalTo(0))
                .body("updated", equalTo(0))
                .body("unchanged", equalTo(3))
                .body("refused", equalTo(5));
        assertThat(report.asString()).doesNotContain("import-secret");
        get(ROOT + "/I-1").then().header("ETag", "\"0\"").body("attributes.name", equalTo("Ann, the first"));
        get(ROOT + "/I-1/services/internet").then().header("ETag", "\"0\"").body("attributes.vlan", equalTo(7));
        get(ROOT + "/I-3").then().statusCode(404);
        get(ROOT + "/I-6").then().body("attributes.name", equalTo("=HYPERLINK(1)"));
        get("/api/devices/00AACC-SUB-imported").then().body("subscriberId", equalTo("I-1"));
        eventually(() -> assertThat(latestFacts("default/00AACC-SUB-imported").services())
                .hasSize(2));
    }

    @Test
    void refusesAFileWithoutKnownColumns() {
        importing("subscriber,shoeSize\nI-9,44\n")
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("errors[0].message", containsString("shoeSize"));
        get(ROOT + "/I-9").then().statusCode(404);
    }

    @Test
    void manyLinesAreTakenInBatches() {
        var csv = new StringBuilder("subscriber,attributes.name,service,service.username,service.password,mac\n");
        for (int i = 0; i < 3_000; i++) {
            csv.append("M-%05d,Name %d,internet,u%d@isp,p%d,02:22:00:%02x:%02x:00\n"
                    .formatted(i, i, i, i, i >> 8, i & 255));
        }

        importing(csv.toString()).then().body("created", equalTo(3_000)).body("lines", hasSize(3_000));
        importing(csv.toString()).then().body("unchanged", equalTo(3_000));
    }
}
