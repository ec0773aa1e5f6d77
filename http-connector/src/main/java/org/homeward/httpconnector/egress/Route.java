package org.homeward.httpconnector.egress;

import java.net.InetSocketAddress;

/** Whether a connection request may leave, and to which address. */
public sealed interface Route {

    /** @param address resolved: what is connected to is what was checked, whatever DNS says a moment later */
    record Open(InetSocketAddress address) implements Route {}

    /** @param cause for people, with what to do next */
    record Closed(String cause) implements Route {}
}
