package org.homeward.backends.process;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketException;
import java.util.concurrent.ThreadLocalRandom;

/** Ports on loopback; of TCP where nothing else is said. */
public final class Ports {

    /** The only address that embedded parts listen on. */
    public static final String LOOPBACK = "127.0.0.1";

    private static final int FIRST = 15_000;
    /** Linux, macOS and Windows all give outgoing connections higher ones. */
    private static final int LAST = 32_000;

    private Ports() {}

    /**
     * A port that nobody listens on at this moment; not one of those that the system gives to outgoing connections, which
     * may take it before its server starts.
     */
    public static int free() {
        return ThreadLocalRandom.current()
                .ints(FIRST, LAST)
                .limit(1_000)
                .filter(Ports::isFree)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no port between " + FIRST + " and " + LAST + " is free"));
    }

    /** {@code wanted} itself, or a free port if {@code wanted} is 0. */
    public static int orFree(int wanted) {
        return wanted == 0 ? free() : wanted;
    }

    /**
     * Makes sure that nobody else listens on a port, so that a start never attaches to a foreign server.
     *
     * @throws PortTakenException names the port and what wanted it
     */
    public static void requireFree(int port, String wantedBy) {
        if (!isFree(port)) {
            throw new PortTakenException(port, wantedBy);
        }
    }

    /** Whether this port can be bound on loopback and on the wildcard address. */
    public static boolean isFree(int port) {
        return canBind(new InetSocketAddress(LOOPBACK, port)) && canBind(new InetSocketAddress(port));
    }

    /** The same for a port of UDP. */
    public static void requireFreeUdp(int port, String wantedBy) {
        if (!isFreeUdp(port)) {
            throw new PortTakenException(port, wantedBy + ", UDP");
        }
    }

    /** Whether this port of UDP can be bound on loopback. */
    public static boolean isFreeUdp(int port) {
        try (var socket = new DatagramSocket(new InetSocketAddress(LOOPBACK, port))) {
            return socket.isBound();
        } catch (SocketException e) {
            return false;
        }
    }

    private static boolean canBind(InetSocketAddress address) {
        try (var socket = new ServerSocket()) {
            socket.setReuseAddress(true); // a port in TIME_WAIT is free
            socket.bind(address, 1);
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
