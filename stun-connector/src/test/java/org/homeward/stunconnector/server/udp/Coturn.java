package org.homeward.stunconnector.server.udp;

import java.io.IOException;
import java.util.List;
import org.homeward.stunconnector.tools.DebianTools;

/** The clients of coturn, somebody else's STUN. */
final class Coturn {

    private Coturn() {}

    static DebianTools installed() throws IOException, InterruptedException {
        return DebianTools.of(
                "coturn",
                List.of("usr/bin"),
                "turnutils_stunclient",
                List.of(
                        "coturn",
                        "libevent-core-2.1-7",
                        "libevent-extra-2.1-7",
                        "libevent-openssl-2.1-7",
                        "libevent-pthreads-2.1-7"));
    }
}
