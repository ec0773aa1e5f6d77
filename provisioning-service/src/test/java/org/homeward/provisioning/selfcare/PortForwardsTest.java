package org.homeward.provisioning.selfcare;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PortForwardsTest {

    private static PortForwards of(String json) throws JsonProcessingException {
        return PortForwards.of(new ObjectMapper().readTree(json));
    }

    @Test
    void whatIsLeftOutIsOrdinary() throws JsonProcessingException {
        assertThat(of("[{\"port\": 8443, \"toAddress\": \"192.168.1.20\", \"toPort\": 443}]")
                        .rows())
                .containsExactly(Map.of(
                        "enabled", "true",
                        "protocol", "TCP",
                        "port", "8443",
                        "toAddress", "192.168.1.20",
                        "toPort", "443",
                        "description", ""));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            {}                                                          | portForwards
            [{"port": 0, "toAddress": "192.168.1.2", "toPort": 1}]      | portForwards[0].port
            [{"port": 1, "toAddress": "router", "toPort": 1}]           | portForwards[0].toAddress
            [{"port": 1, "toAddress": "192.168.1.2"}]                   | portForwards[0].toPort
            [{"port": 1, "toAddress": "192.168.1.2", "toPort": 1, "protocol": "ICMP"}] | portForwards[0].protocol
            [{"port": 1, "toAddress": "192.168.1.2", "toPort": 1, "to": 1}] | portForwards[0].to
            [{"port": 1, "toAddress": "192.168.1.2", "toPort": 1}, {"port": 1, "toAddress": "192.168.1.3", "toPort": 1}] | portForwards[1].port
            """)
    void whatIsWrongIsToldByItsName(String json, String field) throws JsonProcessingException {
        assertThat(of(json).errors()).extracting(WiFiChange.Error::field).containsExactly(field);
    }
}
