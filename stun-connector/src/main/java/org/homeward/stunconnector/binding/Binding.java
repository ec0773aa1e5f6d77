package org.homeward.stunconnector.binding;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;

/**
 * The binding of one device, in 48 bytes: there may be a million. Seconds are those of the table's own clock. Guarded by
 * itself.
 */
final class Binding {

    private static final int MAPPED = 0xffff;

    private long high;
    private long low;
    private char port;
    private boolean lapsed;
    private boolean told;
    private int since;
    private int heard;
    private int toldAt;

    Binding(InetSocketAddress address, int now) {
        set(address);
        since = now;
        heard = now;
    }

    /** A keep-alive; true when it came from another address than the last, or after a silence. */
    boolean heard(InetSocketAddress address, int now) {
        heard = now;
        boolean news = lapsed || !isAt(address);
        if (news) {
            lapsed = false;
            since = now;
            set(address);
        }
        return news;
    }

    /** Whether others are to be told now; if so they count as told. */
    boolean takeTurnToTell(boolean news, int now, int refresh) {
        if (!news && told && now - toldAt < refresh) {
            return false;
        }
        told = true;
        toldAt = now;
        return true;
    }

    boolean isTold() {
        return told;
    }

    void untold() {
        told = false;
    }

    void lapse() {
        lapsed = true;
    }

    boolean isLapsed() {
        return lapsed;
    }

    int silentFor(int now) {
        return now - heard;
    }

    int boundFor(int now) {
        return now - since;
    }

    /** Puts its past back, as it was told before a restart. */
    void restore(int sinceSeconds, boolean hasLapsed, int heardSeconds) {
        since = sinceSeconds;
        heard = heardSeconds;
        lapsed = hasLapsed;
    }

    private boolean isAt(InetSocketAddress address) {
        byte[] raw = address.getAddress().getAddress();
        return port == address.getPort() && high == high(raw) && low == low(raw);
    }

    private void set(InetSocketAddress address) {
        byte[] raw = address.getAddress().getAddress();
        high = high(raw);
        low = low(raw);
        port = (char) address.getPort();
    }

    InetSocketAddress address() {
        byte[] raw = ByteBuffer.allocate(16).putLong(high).putLong(low).array();
        try {
            // an IPv4 address in its IPv6 form is one of IPv4 to Java
            return new InetSocketAddress(InetAddress.getByAddress(raw), port);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("16 bytes are an address", e);
        }
    }

    private static long high(byte[] raw) {
        return raw.length == 4 ? 0 : ByteBuffer.wrap(raw).getLong();
    }

    private static long low(byte[] raw) {
        return raw.length == 4
                ? (long) MAPPED << 32 | ByteBuffer.wrap(raw).getInt() & 0xffff_ffffL
                : ByteBuffer.wrap(raw, 8, 8).getLong();
    }
}
