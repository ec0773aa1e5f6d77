package org.homeward.simulator.http;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** An HTTP/1.1 server, by default on the loopback address, one virtual thread per connection, keep-alive. */
public final class SmallHttpServer implements Closeable {

    /**
     * A request.
     *
     * @param connection counts the server's connections from 1
     * @param target path and query as sent
     */
    public record Request(long connection, String method, String target, Headers headers, byte[] body) {
        public String path() {
            return target.split("\\?", 2)[0];
        }

        public String text() {
            return new String(body, StandardCharsets.UTF_8);
        }
    }

    /** An answer. */
    public record Answer(int status, Headers headers, byte[] body) {
        public static Answer of(int status) {
            return new Answer(status, new Headers(), new byte[0]);
        }
    }

    /** Decides what to answer; null closes the connection without a word. */
    @FunctionalInterface
    public interface Handler {
        @Nullable
        Answer handle(Request request) throws InterruptedException;
    }

    private static final int BACKLOG = 4_096;
    private static final long NO_ROOM_PAUSE_NANOS = 10_000_000;
    private final ServerSocket listener;
    private final Handler handler;
    private final AtomicLong connections = new AtomicLong();
    private final AtomicInteger busy = new AtomicInteger();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    private SmallHttpServer(ServerSocket listener, Handler handler) {
        this.listener = listener;
        this.handler = handler;
    }

    /** Listens on the loopback address; port 0 takes a free one. */
    public static SmallHttpServer start(int port, Handler handler) {
        return start(loopback(port), handler);
    }

    public static InetSocketAddress loopback(int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    /** Listens where it is told to. */
    public static SmallHttpServer start(InetSocketAddress address, Handler handler) {
        try {
            ServerSocket listener = new ServerSocket();
            listener.setReuseAddress(true);
            listener.bind(address, BACKLOG);
            SmallHttpServer server = new SmallHttpServer(listener, handler);
            Thread.ofVirtual().name("http-accept-" + server.port()).start(server::accept);
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot listen on port " + address.getPort(), e);
        }
    }

    public int port() {
        return listener.getLocalPort();
    }

    /** {@code 127.0.0.1:port}. */
    public String authority() {
        return listener.getInetAddress().getHostAddress() + ":" + port();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
                open.add(socket);
                Thread.ofVirtual().start(() -> serve(socket, connections.incrementAndGet()));
            } catch (IOException e) {
                // Out of files, most likely: those who wait are served once others have gone.
                LockSupport.parkNanos(NO_ROOM_PAUSE_NANOS);
            }
        }
    }

    private void serve(Socket socket, long number) {
        try (socket) {
            socket.setTcpNoDelay(true);
            HttpInput in = new HttpInput(socket.getInputStream());
            OutputStream out = socket.getOutputStream();
            String line;
            while ((line = in.startLine()) != null) {
                String[] parts = line.split(" ", 3);
                if (parts.length != 3) {
                    return;
                }
                Headers headers = in.headers();
                byte[] body = in.body(headers, false);
                Answer answer;
                busy.incrementAndGet();
                try {
                    answer = handler.handle(new Request(number, parts[0], parts[1], headers, body));
                    if (answer == null) {
                        return;
                    }
                    out.write(render(answer));
                    out.flush();
                } finally {
                    busy.decrementAndGet();
                }
                if (headers.hasToken("Connection", "close") || answer.headers().hasToken("Connection", "close")) {
                    return;
                }
            }
        } catch (IOException e) {
            // The peer went away or sent what is not HTTP; there is nobody left to tell.
            open.remove(socket);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            open.remove(socket);
        }
    }

    private static byte[] render(Answer answer) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(answer.body().length + 256);
        StringBuilder head = new StringBuilder("HTTP/1.1 ")
                .append(answer.status())
                .append(' ')
                .append(reason(answer.status()))
                .append("\r\n")
                .append(answer.headers());
        if (answer.status() != 204) {
            head.append("Content-Length: ").append(answer.body().length).append("\r\n");
        }
        out.writeBytes(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
        out.writeBytes(answer.body());
        return out.toByteArray();
    }

    private static String reason(int status) {
        return switch (status) {
            case 200 -> "OK";
            case 201 -> "Created";
            case 204 -> "No Content";
            case 302 -> "Found";
            case 307 -> "Temporary Redirect";
            case 400 -> "Bad Request";
            case 401 -> "Unauthorized";
            case 404 -> "Not Found";
            case 405 -> "Method Not Allowed";
            case 503 -> "Service Unavailable";
            default -> "Status";
        };
    }

    /** Waits until every request that has come is answered, for so long at most; then {@link #close} hurts nobody. */
    public void settle(Duration limit) {
        long end = System.nanoTime() + limit.toNanos();
        while (busy.get() > 0 && System.nanoTime() < end) {
            LockSupport.parkNanos(1_000_000);
        }
    }

    /** Stops listening and drops the open connections. */
    @Override
    public void close() {
        try {
            listener.close();
            for (Socket socket : open) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
