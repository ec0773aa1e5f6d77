package org.homeward.simulator.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import org.homeward.simulator.acs.ScriptedAcs;
import org.homeward.simulator.acs.ScriptedAcs.Heard;
import org.homeward.simulator.soap.Envelope;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CwmpWireTest {
    private static final String INFORM =
            Envelope.write("urn:dslforum-org:cwmp-1-0", "1", "<cwmp:Inform><RetryCount>0</RetryCount></cwmp:Inform>");
    private final ScriptedAcs acs = ScriptedAcs.start();

    @AfterEach
    void close() {
        acs.close();
    }

    @Test
    void keepsTheConnectionAndTheCookie() throws IOException {
        try (CwmpWire wire = CwmpWire.connect(acs.uri())) {
            assertThat(wire.post(INFORM).status()).isEqualTo(200);
            assertThat(wire.cookie()).startsWith("acs=");

            assertThat(wire.post("").status()).isEqualTo(204);
        }
    }

    @Test
    void sendsTheSameMessageInEveryCoding() throws Exception {
        try (CwmpWire wire = CwmpWire.connect(acs.uri())) {
            assertThat(wire.postChunked(INFORM, 7).status()).isEqualTo(200);
            assertThat(wire.postGzip(INFORM).status()).isEqualTo(200);
            assertThat(wire.postSlowly(INFORM, Duration.ZERO).status()).isEqualTo(200);
        }

        assertThat(acs.heard()).hasSize(3).extracting(Heard::name).containsOnly("Inform");
    }

    @Test
    void sendsWhatIsNotEvenXml() throws IOException {
        try (CwmpWire wire = CwmpWire.connect(acs.uri())) {
            wire.sendRaw("POST /acs HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\n<<<");

            assertThat(wire.read().status()).isEqualTo(400);
        }
    }
}
