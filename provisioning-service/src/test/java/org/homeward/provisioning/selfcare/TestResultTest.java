package org.homeward.provisioning.selfcare;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TestResultTest {

    private static Optional<TestResult> of(String type, String values) throws JsonProcessingException {
        return TestResult.of(type, new ObjectMapper().readTree("{\"values\": {" + values + "}}"));
    }

    @Test
    void aPingIsReadOfEitherDataModel() throws JsonProcessingException {
        String values = """
                "InternetGatewayDevice.IPPingDiagnostics.SuccessCount": {"value": "4"},
                "InternetGatewayDevice.IPPingDiagnostics.FailureCount": {"value": "1"},
                "InternetGatewayDevice.IPPingDiagnostics.AverageResponseTime": {"value": "12"}
                """;

        assertThat(of("ping", values)).contains(new TestResult(4L, 1L, 12L, null, null, null, null));
    }

    @Test
    void aSpeedIsBytesOverTheTimeFromTheFirstToTheLast() throws JsonProcessingException {
        String values = """
                "Device.IP.Diagnostics.DownloadDiagnostics.TestBytesReceived": {"value": "1000000"},
                "Device.IP.Diagnostics.DownloadDiagnostics.BOMTime": {"value": "2026-01-01T00:00:00.000000"},
                "Device.IP.Diagnostics.DownloadDiagnostics.EOMTime": {"value": "2026-01-01T00:00:00.500000"}
                """;

        assertThat(of("downloadTest", values))
                .contains(new TestResult(null, null, null, null, null, 1_000_000L, 16_000_000L));
    }

    @Test
    void whatADeviceSaysBadlyIsLeftOut() throws JsonProcessingException {
        String values = """
                "X.TestBytesReceived": {"value": "many"}, "X.BOMTime": {"value": "now"}, "X.EOMTime": {"value": ""}
                """;

        assertThat(of("downloadTest", values)).contains(new TestResult(null, null, null, null, null, null, null));
        assertThat(of("reboot", "")).isEmpty();
    }
}
