package org.homeward.gateway.soap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.homeward.gateway.soap.Envelopes.EVENT;
import static org.homeward.gateway.soap.Envelopes.device;
import static org.homeward.gateway.soap.Envelopes.envelope;
import static org.homeward.gateway.soap.Envelopes.inform;
import static org.homeward.gateway.soap.Envelopes.informIn;
import static org.homeward.gateway.soap.Envelopes.parameter;
import static org.homeward.gateway.soap.Envelopes.read;
import static org.homeward.gateway.soap.Envelopes.unreadable;

import org.homeward.contracts.rpc.RpcResult;
import org.junit.jupiter.api.Test;

/** How much of what a CPE says is kept. */
class CodecBoundsTest {

    private static String informOf(String parameter) {
        return inform(device("00256D", "G", "S1"), EVENT, parameter);
    }

    @Test
    void aNameMayHave256CharactersAndNoMore() {
        assertThat(informIn(read(informOf(parameter("P".repeat(256), "xsd:string", "v"))))
                        .parameters())
                .hasSize(1);
        assertThat(unreadable(read(informOf(parameter("P".repeat(257), "xsd:string", "v"))))
                        .reason())
                .isEqualTo("a parameter's name is longer than 256 characters");
    }

    @Test
    void aValueThatFitsNoEventIsRefused() {
        assertThat(unreadable(read(informOf(parameter("P", "xsd:string", "v".repeat(128 * 1024 + 1)))))
                        .reason())
                .contains("value is longer");
    }

    @Test
    void theTextsOfAFaultAreCutAndItsParametersCounted() {
        String parameters =
                ("<SetParameterValuesFault><ParameterName>P</ParameterName><FaultCode>9007</FaultCode><FaultString>"
                                + "y".repeat(2_000) + "</FaultString></SetParameterValuesFault>")
                        .repeat(1_100);
        Reading reading = read(envelope("<cwmp:Fault><FaultCode>9003</FaultCode><FaultString>" + "x".repeat(2_000)
                + "</FaultString>" + parameters + "</cwmp:Fault>"));

        RpcResult.Fault fault = ((CpeMessage.Fault) ((Reading.Read) reading).message()).fault();
        assertThat(fault.text()).isEqualTo("x".repeat(1_024));
        assertThat(fault.parameters())
                .hasSize(1_000)
                .allSatisfy(each -> assertThat(each.text()).hasSize(1_024));
    }

    @Test
    void methodsAreCountedAndCut() {
        Reading reading = read(envelope("<cwmp:GetRPCMethodsResponse><MethodList>"
                + ("<string>" + "m".repeat(100) + "</string>").repeat(1_100)
                + "</MethodList></cwmp:GetRPCMethodsResponse>"));

        var response = (CpeMessage.RpcResponse) ((Reading.Read) reading).message();
        assertThat(((RpcResult.MethodList) response.result()).methods())
                .hasSize(1_000)
                .containsOnly("m".repeat(64));
    }
}
