package org.homeward.simulator.soap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.homeward.simulator.soap.CwmpFault.ParameterFault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EnvelopeTest {
    private static final String OPEN = "<S:Envelope xmlns:S=\"http://schemas.xmlsoap.org/soap/envelope/\""
            + " xmlns:c=\"urn:dslforum-org:cwmp-1-0\">";

    private static Envelope parse(String xml) throws MalformedEnvelopeException {
        return Envelope.parse(xml.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void readsWhatItWrites() throws Exception {
        String xml = Envelope.write(
                "urn:dslforum-org:cwmp-1-2", "a<b>&c", "<cwmp:Reboot><CommandKey>k</CommandKey></cwmp:Reboot>");

        Envelope envelope = parse(xml);

        assertThat(envelope.id()).isEqualTo("a<b>&c");
        assertThat(envelope.name()).isEqualTo("Reboot");
        assertThat(envelope.cwmpNamespace()).isEqualTo("urn:dslforum-org:cwmp-1-2");
        assertThat(envelope.payload().childText("CommandKey")).isEqualTo("k");
    }

    @Test
    void carriesFaultsThereAndBack() throws Exception {
        CwmpFault fault = new CwmpFault(9003, "Invalid arguments", List.of(new ParameterFault("A.B", 9007, "no")));

        Envelope envelope = parse(Envelope.write("urn:dslforum-org:cwmp-1-0", "1", fault.toXml()));

        assertThat(envelope.fault()).contains(fault);
    }

    @Test
    void knowsHoldRequestsAndLivesWithoutAnId() throws Exception {
        Envelope envelope =
                parse(OPEN + "<S:Header><c:HoldRequests S:mustUnderstand=\"1\">1</c:HoldRequests></S:Header>"
                        + "<S:Body><c:GetRPCMethods/></S:Body></S:Envelope>");

        assertThat(envelope.holdRequests()).isTrue();
        assertThat(envelope.id()).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "<a><b></a>",
                "<Envelope/>",
                OPEN + "</S:Envelope>",
                OPEN + "<S:Body/></S:Envelope>",
                OPEN + "<S:Body><c:A/><c:B/></S:Body></S:Envelope>",
                OPEN + "<S:Body><A/></S:Body></S:Envelope>",
                OPEN + "<S:Header><X S:mustUnderstand=\"1\"/></S:Header><S:Body><c:A/></S:Body></S:Envelope>",
                "<!DOCTYPE a [<!ENTITY e \"x\">]>" + OPEN + "<S:Body><c:A>&e;</c:A></S:Body></S:Envelope>"
            })
    void refusesWhatACpeCannotRead(String xml) {
        assertThatThrownBy(() -> parse(xml)).isInstanceOf(MalformedEnvelopeException.class);
    }
}
