package org.homeward.registry.subscriber;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AttributesTest {

    private static final Instant FIRST = Instant.parse("2026-01-30T10:11:12Z");
    private static final Instant LATER = FIRST.plusSeconds(60);
    private static final ServiceType TYPE = ServiceTypes.COMMON
            .with(java.util.Map.of("lab", ServiceTypes.read("lab", json("{\"unlock\": {\"secret\": true}}"))))
            .of("lab");

    /** Shows where it sealed, and how often. */
    private static final Attributes.Vault VAULT = new Attributes.Vault() {
        @Override
        public String seal(String path, String clear) {
            return "sealed:" + path + ":" + clear;
        }

        @Override
        public boolean holds(String path, String sealed, String clear) {
            return sealed.equals(seal(path, clear));
        }
    };

    private static ObjectNode json(String text) {
        try {
            return (ObjectNode) new ObjectMapper().readTree(text);
        } catch (IOException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static Attributes merged(Attributes before, String patch, Instant at) {
        return before.merged(json(patch), TYPE, VAULT, at);
    }

    @Test
    void keepsSecretsApartByNameAndByWhatTheTypeSays() {
        Attributes attributes = merged(
                Attributes.NONE,
                "{\"plan\": \"gold\", \"unlock\": \"open sesame\", \"portal\": {\"user\": \"ann\", \"password\": \"pw\"}}",
                FIRST);

        assertThat(attributes.plain()).isEqualTo(json("{\"plan\": \"gold\", \"portal\": {\"user\": \"ann\"}}"));
        assertThat(attributes.secrets()).containsOnlyKeys("unlock", "portal.password");
        assertThat(attributes.shown()).isEqualTo(json("""
                        {"plan": "gold", "unlock": {"secret": true, "setAt": "2026-01-30T10:11:12Z"},
                         "portal": {"user": "ann", "password": {"secret": true, "setAt": "2026-01-30T10:11:12Z"}}}"""));
    }

    @Test
    void whatIsShownWrittenBackChangesNothing() {
        Attributes before = merged(Attributes.NONE, "{\"a\": [1, {\"b\": 2}], \"pin\": \"1234\"}", FIRST);

        Attributes after = before.merged(before.shown(), TYPE, VAULT, LATER);

        assertThat(after).isEqualTo(before);
    }

    @Test
    void theSameSecretAgainIsNoChangeAndAnotherIs() {
        Attributes before = merged(Attributes.NONE, "{\"password\": \"one\"}", FIRST);

        assertThat(merged(before, "{\"password\": \"one\"}", LATER)).isEqualTo(before);
        assertThat(merged(before, "{\"password\": \"two\"}", LATER).secrets().get("password"))
                .isEqualTo(new Attributes.Secret("sealed:password:two", LATER));
    }

    @Test
    void nullTakesAwayWhatStandsThereSecretsBelowIncluded() {
        Attributes before = merged(
                Attributes.NONE, "{\"plan\": \"gold\", \"portal\": {\"user\": \"u\", \"password\": \"p\"}}", FIRST);

        Attributes after = merged(before, "{\"portal\": null}", LATER);

        assertThat(after.plain()).isEqualTo(json("{\"plan\": \"gold\"}"));
        assertThat(after.secrets()).isEmpty();
    }

    @Test
    void aStandInForASecretThatIsNotThereIsNothing() {
        Attributes after = merged(Attributes.NONE, "{\"password\": {\"secret\": true}}", FIRST);

        assertThat(after).isEqualTo(Attributes.NONE);
    }

    @Test
    void noSecretIsToldByToString() {
        Attributes attributes = merged(Attributes.NONE, "{\"password\": \"pw\"}", FIRST);

        assertThat(attributes.toString()).doesNotContain("pw").doesNotContain("sealed");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "internet | {\"vlan\": \"seven\"} | vlan",
                "internet | {\"vlan\": 4095} | vlan",
                "internet | {\"vlan\": 1.5} | vlan",
                "wifi | {\"enabled\": \"yes\"} | enabled",
                "any | {\"password\": {\"value\": \"pw\"}} | password",
                "any | {\"password\": [\"pw\"]} | password",
                "any | {\"lines\": [{\"password\": \"pw\"}]} | lines[0].password",
                "any | {\"a b\": 1} | a b",
                "any | {\"1a\": 1} | 1a",
                "any | {\"a\": {\"b.c\": 1}} | a.b.c",
                "any | {\"a\": [null]} | a[0]",
                "any | {\"a\": 1e400} | a",
                "any | {\"a\": 99999999999999999999} | a",
                "any | {\"a\": {\"b\": {\"c\": {\"d\": {\"e\": {\"f\": 1}}}}}} | a.b.c.d.e.f",
                "any | {\"a\": \"x\\u0000y\"} | a"
            })
    void namesWhatIsWrong(String type, String patch, String path) {
        assertThat(ServiceTypes.COMMON.of(type).complaint(json(patch)))
                .map(ServiceType.Complaint::path)
                .hasValue(path);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "internet | {\"vlan\": 7, \"username\": \"ann@isp\", \"password\": \"p\", \"own\": {\"list\": [1, \"a\", {\"b\": true}]}}",
                "internet | {\"vlan\": null, \"password\": {\"secret\": true, \"setAt\": \"2026-01-30T10:11:12Z\"}}",
                "any | {\"passwordChanged\": true, \"ratio\": 1.5}"
            })
    void findsNothingWrong(String type, String patch) {
        assertThat(ServiceTypes.COMMON.of(type).complaint(json(patch))).isEmpty();
    }

    @Test
    void readsTheTextsOfAFileAsTheTypeMeansThem() {
        ServiceType internet = ServiceTypes.COMMON.of("internet");

        assertThat(internet.read("vlan", "7")).isEqualTo(json("{\"v\": 7}").get("v"));
        assertThat(internet.read("username", "007"))
                .isEqualTo(json("{\"v\": \"007\"}").get("v"));
        assertThat(internet.read("own", "12")).isEqualTo(json("{\"v\": \"12\"}").get("v"));
        assertThat(ServiceTypes.COMMON.of("wifi").read("enabled", "true"))
                .isEqualTo(json("{\"v\": true}").get("v"));
        assertThat(internet.read("vlan", "seven").isTextual()).isTrue();
    }
}
