package org.homeward.stunconnector.binding;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;

/**
 * Addresses as text, in the shape of {@code UDPConnectionRequestAddress}: {@code host:port}, or {@code host} alone for
 * port 80 (TR-069 Annex G).
 */
public final class Authority {

    private static final int DEFAULT_PORT = 80;

    private Authority() {}

    /** Empty for what is no address literal: names are never looked up, a device could point one anywhere. */
    public static Optional<InetSocketAddress> parse(String text) {
        int colon = text.lastIndexOf(':');
        boolean hasPort =
                colon >= 0 && text.indexOf(']', colon) < 0 && (text.startsWith("[") || text.indexOf(':') == colon);
        String host = hasPort ? text.substring(0, colon) : text;
        if (host.startsWith("[") && host.endsWith("]")) {
            host = host.substring(1, host.length() - 1);
        }
        try {
            int port = hasPort ? Integer.parseInt(text, colon + 1, text.length(), 10) : DEFAULT_PORT;
            return port < 1 || port > 65_535
                    ? Optional.empty()
                    : Optional.of(new InetSocketAddress(InetAddress.ofLiteral(host), port));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    public static String of(InetSocketAddress address) {
        String host = address.getAddress().getHostAddress();
        return (address.getAddress() instanceof Inet4Address ? host : '[' + host + ']') + ':' + address.getPort();
    }
}
