package org.homeward.standalone.drill.site;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.homeward.backends.process.Ports;

/**
 * What stands in front of several gateways: hands each TCP connection to one of those that can be reached, in turn. Where
 * none can, it closes the connection.
 */
final class Balancer implements AutoCloseable {

    private static final int CONNECT_WITHIN = 2_000;

    private final ServerSocket listener;
    private final List<Services> behind;
    private final AtomicInteger turn = new AtomicInteger();

    Balancer(int port, List<Services> behind) {
        this.behind = behind;
        Ports.requireFree(port, "the drill's load balancer");
        try {
            listener = new ServerSocket(port, 512, InetAddress.ofLiteral(Ports.LOOPBACK));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().name("balancer").start(this::accept);
    }

    URI uri() {
        return URI.create("http://" + Ports.LOOPBACK + ":" + listener.getLocalPort() + "/");
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket caller = listener.accept();
                Thread.ofVirtual().name("balancer").start(() -> join(caller));
            } catch (IOException e) {
                return; // closed
            }
        }
    }

    private void join(Socket caller) {
        int first = turn.getAndIncrement();
        for (int i = 0; i < behind.size(); i++) {
            Services services = behind.get(Math.floorMod(first + i, behind.size()));
            if (services.takesCalls()) {
                try {
                    Socket gateway = new Socket();
                    gateway.connect(
                            new InetSocketAddress(
                                    Ports.LOOPBACK, services.ports().cwmp()),
                            CONNECT_WITHIN);
                    gateway.setTcpNoDelay(true);
                    caller.setTcpNoDelay(true);
                    Thread.ofVirtual().name("balancer").start(() -> pump(caller, gateway));
                    pump(gateway, caller);
                    return;
                } catch (IOException e) {
                    continue; // the next one may be there
                }
            }
        }
        close(caller);
    }

    /** Until one side ends; then both do. */
    private static void pump(Socket from, Socket to) {
        try (from;
                to) {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException e) {
            close(to);
        }
    }

    private static void close(Closeable socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        close(listener);
    }
}
