package org.homeward.provisioning.selfcare;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.homeward.provisioning.selfcare.WiFiChange.Chosen;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WiFiChangeTest {

    private static WiFiChange of(String json) throws JsonProcessingException {
        return WiFiChange.of(new ObjectMapper().readTree(json));
    }

    @Test
    void everyPropertyBecomesACapabilityInTheWordsOfTheCatalogue() throws JsonProcessingException {
        WiFiChange change = of("""
                {"networks": {"2.4GHz": {"name": "Zuhause \u2615", "password": "correct horse", "enabled": true,
                 "channel": 6, "security": "WPA2-Personal"}, "guest": {"enabled": false, "name": null}}}
                """);

        assertThat(change.errors()).isEmpty();
        assertThat(change.chosen())
                .containsExactlyInAnyOrder(
                        new Chosen("wifi.networks[2.4GHz].ssid", "Zuhause \u2615"),
                        new Chosen("wifi.networks[2.4GHz].passphrase", "correct horse"),
                        new Chosen("wifi.networks[2.4GHz].enabled", "true"),
                        new Chosen("wifi.networks[2.4GHz].channel", "6"),
                        new Chosen("wifi.networks[2.4GHz].security", "WPA2-Personal"),
                        new Chosen("wifi.networks[guest].enabled", "false"),
                        new Chosen("wifi.networks[guest].ssid", null));
        assertThat(change.toString()).doesNotContain("correct horse");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            {}                                                      | networks
            {"networks": {}}                                        | networks
            {"networks": {"2.4GHz": {}}}                            | networks
            {"networks": {"60GHz": {"name": "x"}}}                  | networks.60GHz
            {"networks": {"5GHz": "x"}}                             | networks.5GHz
            {"networks": {"5GHz": {"ssid": "x"}}}                   | networks.5GHz.ssid
            {"networks": {"5GHz": {"name": ""}}}                    | networks.5GHz.name
            {"networks": {"5GHz": {"name": 5}}}                     | networks.5GHz.name
            {"networks": {"5GHz": {"name": "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\u2615"}}} | networks.5GHz.name
            {"networks": {"5GHz": {"password": "short12"}}}         | networks.5GHz.password
            {"networks": {"5GHz": {"password": "gr\u00fc\u00dfe aus Hagen"}}} | networks.5GHz.password
            {"networks": {"5GHz": {"enabled": "yes"}}}              | networks.5GHz.enabled
            {"networks": {"5GHz": {"channel": 0}}}                  | networks.5GHz.channel
            {"networks": {"5GHz": {"channel": 36.5}}}               | networks.5GHz.channel
            {"networks": {"5GHz": {"security": "WEP"}}}             | networks.5GHz.security
            {"networks": {"guest": {"channel": 6}}}                 | networks.guest.channel
            {"networks": {"5GHz": {"name": "x"}}, "more": 1}        | more
            """)
    void whatIsWrongIsToldByItsName(String json, String field) throws JsonProcessingException {
        WiFiChange change = of(json);

        assertThat(change.errors()).extracting(WiFiChange.Error::field).containsExactly(field);
        assertThat(change.chosen()).isEmpty();
    }

    @Test
    void aKeyInPlaceOfThePasswordIsExplained() throws JsonProcessingException {
        WiFiChange change = of("{\"networks\": {\"5GHz\": {\"password\": \"" + "0f".repeat(32) + "\"}}}");

        assertThat(change.errors().getFirst().message()).contains("the password itself");
    }

    @Test
    void capabilitiesAreToldAsRestNamesThem() {
        assertThat(WiFiField.field("wifi.networks[guest5GHz].passphrase")).isEqualTo("networks.guest5GHz.password");
        assertThat(WiFiField.words("wifi.networks[2.4GHz].ssid")).isEqualTo("name of 2.4GHz");
    }
}
