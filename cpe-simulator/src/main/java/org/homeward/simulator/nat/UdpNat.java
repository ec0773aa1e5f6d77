package org.homeward.simulator.nat;

import java.io.Closeable;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A NAT for UDP, of real sockets: whoever sends to its inside is passed on to one server, from an outside port of its
 * own. What comes back gets in only from where something went out to, and only while the mapping lives: it is forgotten
 * when nothing went out for a while. What most home gateways do (RFC 4787: address and port dependent filtering,
 * outbound refresh).
 */
public final class UdpNat implements Closeable {

    private final class Mapping {
        final InetSocketAddress inside;
        final UdpLoop.Port outside;
        volatile long lastOut = System.nanoTime();

        Mapping(InetSocketAddress inside) {
            this.inside = inside;
            this.outside = loop.open(new InetSocketAddress(outsideAddress, 0), this::in);
        }

        boolean isOpen() {
            return System.nanoTime() - lastOut < timeout.toNanos();
        }

        private void in(InetSocketAddress from, byte[] datagram) {
            if (!isOpen() || !from.equals(server)) {
                refused.incrementAndGet();
            } else if (toLose.getAndUpdate(left -> Math.max(0, left - 1)) == 0) {
                door.send(datagram, inside);
            }
        }
    }

    private final UdpLoop loop = new UdpLoop();
    private final InetAddress outsideAddress;
    private final InetSocketAddress server;
    private volatile Duration timeout;
    private final UdpLoop.Port door;
    private final Map<InetSocketAddress, Mapping> mappings = new ConcurrentHashMap<>();
    private final AtomicLong refused = new AtomicLong();
    private final AtomicInteger toLose = new AtomicInteger();

    private UdpNat(InetSocketAddress server, InetAddress outsideAddress, Duration timeout) {
        this.server = server;
        this.outsideAddress = outsideAddress;
        this.timeout = timeout;
        this.door = loop.open(new InetSocketAddress(server.getAddress(), 0), this::out);
    }

    /**
     * Opens one.
     *
     * @param server what everything is passed on to
     * @param timeout without anything going out, after which a mapping is forgotten
     */
    public static UdpNat before(InetSocketAddress server, Duration timeout) {
        return new UdpNat(server, server.getAddress(), timeout);
    }

    /** What a CPE behind this NAT is told the server's address is. */
    public InetSocketAddress inside() {
        return door.address();
    }

    /** Where somebody behind it shows up outside; null when it has sent nothing for too long. */
    public @Nullable InetSocketAddress outsideOf(InetSocketAddress inside) {
        Mapping mapping = mappings.get(inside);
        return mapping == null || !mapping.isOpen() ? null : mapping.outside.address();
    }

    /** Datagrams that were not let in. */
    public long refused() {
        return refused.get();
    }

    /** Loses the next ones that would get in. */
    public void loseInbound(int datagrams) {
        toLose.set(datagrams);
    }

    public void timeout(Duration newTimeout) {
        timeout = newTimeout;
    }

    /** Reboots: nobody gets in until somebody went out again, by another port. */
    public void reboot() {
        mappings.values().removeIf(mapping -> {
            mapping.outside.close();
            return true;
        });
    }

    private void out(InetSocketAddress from, byte[] datagram) {
        Mapping mapping = mappings.compute(from, (inside, old) -> {
            if (old != null && old.isOpen()) {
                return old;
            }
            // The old port is closed after the new one is open, or the system may give the same one again.
            Mapping fresh = new Mapping(inside);
            if (old != null) {
                old.outside.close();
            }
            return fresh;
        });
        mapping.lastOut = System.nanoTime();
        mapping.outside.send(datagram, server);
    }

    @Override
    public void close() {
        loop.close();
    }
}
