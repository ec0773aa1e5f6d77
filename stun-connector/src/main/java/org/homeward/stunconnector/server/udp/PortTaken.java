package org.homeward.stunconnector.server.udp;

import java.net.BindException;

/** Another process has the port. */
public final class PortTaken extends Exception {

    private static final long serialVersionUID = 1;

    PortTaken(String host, int port, String setting, BindException cause) {
        super(
                "UDP port " + port + " of " + host + " cannot be listened on (" + cause.getMessage()
                        + "), so STUN cannot start: end the process that has it, or choose another with " + setting,
                cause);
    }
}
