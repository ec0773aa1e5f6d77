package org.homeward.httpconnector.egress;

import java.net.InetAddress;
import java.util.Arrays;

/** A network in CIDR notation, IPv4 or IPv6; an address alone is a network of one. */
public record Network(InetAddress base, int prefixLength) {

    /**
     * Reads {@code 10.0.0.0/8}, {@code 2001:db8::/32} or {@code 192.0.2.7}.
     *
     * @throws IllegalArgumentException when the text is none of these
     */
    public static Network parse(String text) {
        String[] parts = text.strip().split("/", 2);
        InetAddress base = InetAddress.ofLiteral(parts[0]);
        int bits = base.getAddress().length * 8;
        int prefixLength = parts.length == 1 ? bits : Integer.parseInt(parts[1]);
        if (prefixLength < 0 || prefixLength > bits) {
            throw new IllegalArgumentException("not a network: prefix length 0 to " + bits + " expected in " + text);
        }
        return new Network(base, prefixLength);
    }

    public boolean contains(InetAddress address) {
        byte[] ours = base.getAddress();
        byte[] theirs = address.getAddress();
        if (ours.length != theirs.length) {
            return false;
        }
        int whole = prefixLength / 8;
        int rest = prefixLength % 8;
        return Arrays.equals(ours, 0, whole, theirs, 0, whole)
                && (rest == 0 || ((ours[whole] ^ theirs[whole]) & 0xff) >> (8 - rest) == 0);
    }
}
