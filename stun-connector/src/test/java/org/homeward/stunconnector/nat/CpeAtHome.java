package org.homeward.stunconnector.nat;

import java.net.InetAddress;
import java.net.URI;
import org.homeward.simulator.CpeHost;
import org.homeward.simulator.SimulatedCpe;

/** A simulated CPE as a process of its own: calls once, then does what it was told until its standard input ends. */
public final class CpeAtHome {

    private CpeAtHome() {}

    /** @param arguments URL of the ACS, the CPE's own address, its serial number */
    public static void main(String[] arguments) throws Exception {
        try (CpeHost host = new CpeHost(10, InetAddress.ofLiteral(arguments[1]));
                SimulatedCpe cpe = SimulatedCpe.builder(URI.create(arguments[0]))
                        .serial(arguments[2])
                        .host(host)
                        .bootstrapped()
                        .build()) {
            System.out.println(cpe.informNow("2 PERIODIC").get());
            while (System.in.read() >= 0) {
                // whoever started it lives
            }
        }
    }
}
