package org.homeward.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.homeward.backends.testing.SharedBackends;
import org.homeward.contracts.rpc.ParameterValue;
import org.homeward.contracts.rpc.Rpc;
import org.homeward.contracts.rpc.RpcResult;
import org.homeward.contracts.rpc.ValueType;
import org.homeward.contracts.session.SessionEvent.RpcCompleted;
import org.homeward.contracts.session.SessionEvent.SessionClosed.Reason;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class SessionFlowTest {

    private static GatewayFixture fixture;

    @BeforeAll
    static void start() {
        fixture = new GatewayFixture(SharedBackends.kafkaBootstrapServers(), "open", "true");
    }

    @AfterAll
    static void stop() {
        fixture.close();
    }

    @Test
    void playsAPlanAndEndsTheSession() {
        fixture.brain.calls(new Rpc.GetParameterValues(List.of("Device.DeviceInfo.UpTime")));
        try (RawCpe cpe = new RawCpe(fixture.port(), "FLOW1")) {
            var greeting = cpe.inform("2 PERIODIC");
            var rpc = cpe.empty();
            var end = cpe.post(
                    RawCpe.envelope(
                            rpc.id(),
                            "<cwmp:GetParameterValuesResponse><ParameterList><ParameterValueStruct><Name>Device.DeviceInfo.UpTime</Name>"
                                    + "<Value xsi:type=\"xsd:unsignedInt\">42</Value></ParameterValueStruct></ParameterList></cwmp:GetParameterValuesResponse>"));

            assertThat(greeting.status()).isEqualTo(200);
            assertThat(greeting.body())
                    .isEqualTo(
                            "<SOAP-ENV:Envelope xmlns:SOAP-ENV=\"http://schemas.xmlsoap.org/soap/envelope/\" xmlns:SOAP-ENC=\"http://schemas.xmlsoap.org/soap/encoding/\" xmlns:xsd=\"http://www.w3.org/2001/XMLSchema\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xmlns:cwmp=\"urn:dslforum-org:cwmp-1-0\"><SOAP-ENV:Header><cwmp:ID SOAP-ENV:mustUnderstand=\"1\">1</cwmp:ID></SOAP-ENV:Header><SOAP-ENV:Body><cwmp:InformResponse><MaxEnvelopes>1</MaxEnvelopes></cwmp:InformResponse></SOAP-ENV:Body></SOAP-ENV:Envelope>");
            assertThat(greeting.header("Content-Type")).isEqualTo("text/xml; charset=\"utf-8\"");
            assertThat(rpc.status()).isEqualTo(200);
            assertThat(rpc.body())
                    .contains("<cwmp:GetParameterValues>")
                    .contains("<string>Device.DeviceInfo.UpTime</string>");
            assertThat(end.status()).isEqualTo(204);
            var closed = fixture.brain.closed(cpe.key());
            assertThat(closed.reason()).isEqualTo(Reason.COMPLETED);
            assertThat(closed.rpcs()).isEqualTo(1);
            assertThat(fixture.brain.of(cpe.key()))
                    .extracting(event -> event.getClass().getSimpleName())
                    .containsExactly("InformReceived", "RpcCompleted", "SessionClosed");
            assertThat(fixture.brain
                            .of(cpe.key(), RpcCompleted.class)
                            .getFirst()
                            .result())
                    .isEqualTo(new RpcResult.Values(
                            List.of(new ParameterValue("Device.DeviceInfo.UpTime", "42", ValueType.UNSIGNED_INT))));
        }
    }
}
