package org.homeward.standalone.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.homeward.standalone.migration.Condition.Untranslatable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConditionTest {

    private static final String SSID = "Device.WiFi.SSID.1.SSID";

    private static String cel(String expression) throws Untranslatable {
        return ConditionParser.parse(expression).cel();
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '~',
            value = {
                "`` ~ true",
                "TRUE ~ true",
                "DeviceID.ProductClass = \"HG8245H\" ~ device.productClass == \"HG8245H\"",
                "DeviceID.OUI <> '00259E' ~ device.oui != \"00259E\"",
                "'00259E' = DeviceID.OUI ~ device.oui == \"00259E\"",
                "Tags.lab ~ (\"lab\" in device.tags)",
                "Tags.lab = true ~ (\"lab\" in device.tags)",
                "NOT Tags.lab IS NOT NULL ~ !(\"lab\" in device.tags)",
                "Tags.lab IS NULL AND Tags.beta IS NOT NULL ~ !(\"lab\" in device.tags) && (\"beta\" in device.tags)",
                "DeviceID.OUI = 'a' OR DeviceID.OUI = 'b' AND Tags.c ~ device.oui == \"a\" || (device.oui == \"b\" && (\"c\" in device.tags))",
                "(DeviceID.OUI = 'a' OR DeviceID.OUI = 'b') AND Tags.c ~ (device.oui == \"a\" || device.oui == \"b\") && (\"c\" in device.tags)",
                "DeviceID.SerialNumber = 'it''s' ~ device.serialNumber == \"it's\"",
            })
    void saysTheSameInCel(String expression, String cel) throws Untranslatable {
        assertThat(cel(expression)).isEqualTo(cel);
    }

    @Test
    void asksWhetherThereIsAParameterBeforeItIsCompared() throws Untranslatable {
        String present = "(\"" + SSID + "\" in reported && reported[\"" + SSID + "\"] ";

        assertThat(cel(SSID + " = \"home\"")).isEqualTo(present + "== \"home\")");
        assertThat(cel("NOT " + SSID + " = \"home\"")).isEqualTo(present + "!= \"home\")");
        assertThat(cel(SSID + " = true")).isEqualTo(present + "in [\"1\", \"true\"])");
        assertThat(cel(SSID + " LIKE \"home-%\"")).contains("matches(\"(?s)^home\\\\x{2d}.*$\")");
        assertThat(cel(SSID + " >= 5"))
                .isEqualTo("(\"" + SSID + "\" in reported && double(reported[\"" + SSID + "\"]) >= 5.0)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "VirtualParameters.mac = 'x'",
                "UPPER(DeviceID.OUI) = 'X'",
                "DeviceID.OUI = DeviceID.Manufacturer",
                "DeviceID.OUI || 'x' = 'y'",
                "DeviceID.OUI =",
                "(DeviceID.OUI = 'a'",
                "Tags.lab = 'x'",
                "Device.WiFi.SSID.*.SSID = 'x'",
                "= = =",
                "\"unclosed",
            })
    void leavesToAPersonWhatItCannotSay(String expression) {
        assertThatThrownBy(() -> cel(expression)).isInstanceOf(Untranslatable.class);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '~',
            value = {
                "{} ~ true",
                "{\"_tags\":\"lab\"} ~ (\"lab\" in device.tags)",
                "{\"_tags\":{\"$ne\":\"lab\"},\"_deviceId._OUI\":\"00259E\"} ~ !(\"lab\" in device.tags) && device.oui == \"00259E\"",
                "{\"$or\":[{\"DeviceID.OUI\":\"a\"},{\"DeviceID.OUI\":\"b\"}]} ~ device.oui == \"a\" || device.oui == \"b\"",
            })
    void readsTheQueriesOfOldReleases(String query, String cel) throws Exception {
        assertThat(Condition.ofQuery(new ObjectMapper().readTree(query)).cel()).isEqualTo(cel);
    }

    @Test
    void refusesOperatorsThatItDoesNotKnow() {
        assertThatThrownBy(
                        () -> Condition.ofQuery(new ObjectMapper().readTree("{\"DeviceID.OUI\":{\"$regex\":\"x\"}}")))
                .hasMessageContaining("$regex");
    }
}
