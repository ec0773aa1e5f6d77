package org.homeward.standalone.bench.cpe;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.homeward.simulator.soap.Envelope;
import org.homeward.simulator.soap.MalformedEnvelopeException;
import org.junit.jupiter.api.Test;

class EnvelopesTest {

    private final Envelopes envelopes = new Envelopes(HomeGateway.tr098());
    private final LoadCpe cpe = new LoadCpe("TEST", 4711, "127.0.0.1:9");

    @Test
    void anInformIsAsLongAsThoseOfTheFieldAndCarriesTenParameters() throws MalformedEnvelopeException {
        // Given
        Bytes out = new Bytes(10);

        // When
        envelopes.inform(out, cpe, List.of("2 PERIODIC"), "id-1", "2026-11-21T12:00:00Z");

        // Then
        Envelope inform = parsed(out);
        assertThat(out.length()).isBetween(3_300, 3_900);
        assertThat(inform.name()).isEqualTo("Inform");
        assertThat(inform.id()).isEqualTo("id-1");
        assertThat(out.text()).contains("TEST0004711").contains("2 PERIODIC").contains("http://127.0.0.1:9/TEST");
        assertThat(out.text().split("<ParameterValueStruct>")).hasSize(11);
    }

    @Test
    void namesAndValuesOfTheWholeModelAreTold() throws MalformedEnvelopeException {
        // When
        String names = answer(
                "<GetParameterNames><ParameterPath>InternetGatewayDevice.</ParameterPath><NextLevel>0</NextLevel>");
        String values = answer("<GetParameterValues><ParameterNames><string>InternetGatewayDevice.</string>");

        // Then
        int parameters = HomeGateway.tr098().parameters();
        assertThat(parameters).isBetween(250, 350);
        assertThat(names.split("<ParameterInfoStruct>")).hasSizeGreaterThan(parameters);
        assertThat(values.split("<ParameterValueStruct>")).hasSize(parameters + 1);
    }

    @Test
    void whatIsWrittenIsReadBack() throws MalformedEnvelopeException {
        // Given
        String interval = "InternetGatewayDevice.ManagementServer.PeriodicInformInterval";
        answer("<SetParameterValues><Name>" + interval + "</Name><Value xsi:type=\"xsd:unsignedInt\">77</Value>"
                + "<ParameterKey>k</ParameterKey>");

        // When
        String values = answer("<GetParameterValues><string>" + interval + "</string>");

        // Then
        assertThat(values).contains(">77</Value>");
    }

    @Test
    void nextLevelNamesOnlyWhatIsRightBelow() throws MalformedEnvelopeException {
        // When
        String names = answer("<GetParameterNames><ParameterPath>InternetGatewayDevice.</ParameterPath>"
                + "<NextLevel>true</NextLevel>");

        // Then
        assertThat(names)
                .contains("<Name>InternetGatewayDevice.DeviceInfo.</Name>")
                .doesNotContain("<Name>InternetGatewayDevice.DeviceInfo.ModelName</Name>");
    }

    @Test
    void aFaultNamesWhatThereIsNot() throws MalformedEnvelopeException {
        assertThat(answer("<GetParameterValues><string>No.Such</string>")).contains("<FaultCode>9005</FaultCode>");
        assertThat(answer("<FactoryReset>")).contains("<FaultCode>9000</FaultCode>");
    }

    private String answer(String request) throws MalformedEnvelopeException {
        Bytes out = new Bytes(10);
        envelopes.answer(out, cpe, AcsRequest.of("<E:Envelope><E:Body>" + request + "</E:Body></E:Envelope>"));
        return parsed(out).name().isEmpty() ? "" : out.text();
    }

    private static Envelope parsed(Bytes out) throws MalformedEnvelopeException {
        return Envelope.parse(out.text().getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }
}
