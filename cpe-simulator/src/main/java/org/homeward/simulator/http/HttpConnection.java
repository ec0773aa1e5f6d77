package org.homeward.simulator.http;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/** One TCP (or TLS) connection to a server, blocking: made for virtual threads. */
public final class HttpConnection implements Closeable {

    /** The server closed a kept-alive connection before it said anything to the request: it is safe to reconnect. */
    public static final class ClosedBeforeReply extends IOException {
        private static final long serialVersionUID = 1L;

        ClosedBeforeReply(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }

    private static final int PIECES = 50;
    private final Socket socket;
    private final OutputStream out;
    private final HttpInput in;
    private boolean used;
    private Duration trickle = Duration.ZERO;

    private HttpConnection(Socket socket) throws IOException {
        this.socket = socket;
        this.out = socket.getOutputStream();
        this.in = new HttpInput(socket.getInputStream());
    }

    /**
     * Connects.
     *
     * @param timeout for connecting and for each read
     * @param tls used for {@code https}; null means the JVM's default trust
     */
    public static HttpConnection open(URI uri, Duration timeout, @Nullable SSLContext tls) throws IOException {
        boolean secure = "https".equalsIgnoreCase(uri.getScheme());
        int port = uri.getPort() >= 0 ? uri.getPort() : secure ? 443 : 80;
        String host = uri.getHost();
        if (host == null) {
            throw new IOException("no host in " + uri);
        }
        Socket socket = new Socket();
        try {
            socket.setTcpNoDelay(true);
            socket.connect(new InetSocketAddress(host, port), Math.toIntExact(timeout.toMillis()));
            socket.setSoTimeout(Math.toIntExact(timeout.toMillis()));
            if (secure) {
                socket = wrap(socket, host, port, tls);
            }
            return new HttpConnection(socket);
        } catch (IOException | RuntimeException e) {
            socket.close();
            throw e;
        }
    }

    private static Socket wrap(Socket plain, String host, int port, @Nullable SSLContext tls) throws IOException {
        try {
            SSLContext context = tls == null ? SSLContext.getDefault() : tls;
            SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(plain, host, port, true);
            socket.startHandshake();
            return socket;
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IOException("no TLS in this JVM", e);
        }
    }

    public int localPort() {
        return socket.getLocalPort();
    }

    /** From now on takes this long to send a request, in many small pieces. */
    public HttpConnection trickling(Duration perRequest) {
        trickle = perRequest;
        return this;
    }

    /** Sends bytes as they are. */
    public void send(byte[] bytes) throws IOException {
        used = true;
        if (trickle.isZero()) {
            out.write(bytes);
            out.flush();
            return;
        }
        int piece = Math.max(1, bytes.length / PIECES);
        for (int start = 0; start < bytes.length; start += piece) {
            out.write(bytes, start, Math.min(piece, bytes.length - start));
            out.flush();
            pause(trickle.dividedBy(PIECES));
        }
    }

    private static void pause(Duration time) throws IOException {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new java.io.InterruptedIOException("interrupted while sending");
        }
    }

    /** Closes our sending direction only, as a client that is done does. */
    public void finishSending() throws IOException {
        socket.shutdownOutput();
    }

    /** Aborts with a TCP reset rather than an orderly close. */
    public void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    /** Sends a request with head and body in one write and reads the reply. */
    public HttpReply exchange(String method, String target, Headers headers, byte[] body) throws IOException {
        return exchange(request(method, target, headers, body));
    }

    /** The path and query of a URL, as a request line has them. */
    public static String target(URI uri) {
        String path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        return uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery();
    }

    /** A whole request, ready to be sent. */
    public static byte[] request(String method, String target, Headers headers, byte[] body) {
        ByteArrayOutputStream message = new ByteArrayOutputStream(body.length + 512);
        message.writeBytes((method + " " + target + " HTTP/1.1\r\n").getBytes(StandardCharsets.ISO_8859_1));
        message.writeBytes((headers + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
        message.writeBytes(body);
        return message.toByteArray();
    }

    /** Sends a whole request and reads the reply. */
    public HttpReply exchange(byte[] request) throws IOException {
        boolean reused = used;
        try {
            send(request);
        } catch (IOException e) {
            throw reused ? new ClosedBeforeReply("connection gone while sending", e) : e;
        }
        return read(reused, new ByteArrayOutputStream());
    }

    /** The same for large bodies: what comes goes to a sink, in small pieces, and the reply's own body stays empty. */
    public HttpReply exchange(byte[] request, OutputStream sink) throws IOException {
        send(request);
        return read(false, sink);
    }

    /** Reads one reply, skipping interim 1xx ones. */
    public HttpReply read() throws IOException {
        return read(false, new ByteArrayOutputStream());
    }

    private HttpReply read(boolean reused, OutputStream sink) throws IOException {
        while (true) {
            String line;
            try {
                line = in.startLine();
            } catch (java.net.SocketTimeoutException e) {
                throw e;
            } catch (java.net.SocketException e) {
                throw reused ? new ClosedBeforeReply("connection gone before a reply", e) : e;
            }
            if (line == null) {
                throw reused
                        ? new ClosedBeforeReply("connection closed before a reply", null)
                        : new IOException("connection closed before a reply");
            }
            String[] parts = line.split(" ", 3);
            if (parts.length < 2 || !parts[0].startsWith("HTTP/1.") || !parts[1].matches("\\d{3}")) {
                throw new IOException("not an HTTP reply: " + line);
            }
            int status = Integer.parseInt(parts[1]);
            Headers headers = in.headers();
            if (status >= 100 && status < 200) {
                continue;
            }
            boolean bodiless = status == 204 || status == 304;
            if (!bodiless) {
                in.copy(headers, true, sink);
            }
            byte[] body = sink instanceof ByteArrayOutputStream kept
                    ? HttpInput.decoded(headers, kept.toByteArray())
                    : new byte[0];
            return new HttpReply(status, parts.length > 2 ? parts[2] : "", headers, body);
        }
    }

    /** Closes from another thread, whatever goes on. */
    public void abort() {
        try {
            reset();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException("a socket that cannot be closed", e);
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
