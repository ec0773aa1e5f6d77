package org.homeward.backends.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;

class PortsTest {

    @Test
    void namesAPortOfUdpThatAnotherHas() throws Exception {
        try (DatagramSocket other = new DatagramSocket(new InetSocketAddress(Ports.LOOPBACK, 0))) {
            int port = other.getLocalPort();

            assertThatThrownBy(() -> Ports.requireFreeUdp(port, "STUN"))
                    .isInstanceOf(PortTakenException.class)
                    .hasMessage("port " + port + " (STUN, UDP) is taken by another process");
        }
    }

    @Test
    void takesAPortOfUdpThatNobodyHas() {
        assertThat(Ports.isFreeUdp(0)).isTrue();
    }
}
