package org.homeward.standalone.bench.cpe;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** Where CPEs of the load take connection requests: yes to whoever asks, and a note of which CPE was asked for. */
public final class Doorbells implements AutoCloseable {

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Queue<String> rung = new ConcurrentLinkedQueue<>();

    public Doorbells() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1_024);
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            rung.add(exchange.getRequestURI().getPath().substring(1));
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.start();
    }

    /** Host and port for ConnectionRequestURLs, whose path is the CPE's serial number. */
    public String authority() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    /** The serial number of the next CPE that was asked for; null for none. */
    @Nullable
    String next() {
        return rung.poll();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.close();
    }
}
