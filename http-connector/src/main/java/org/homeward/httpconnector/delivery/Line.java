package org.homeward.httpconnector.delivery;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProtocolException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.homeward.httpconnector.egress.ConnectionRequestUrl;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * One request after another to one CPE, on one connection as long as the CPE keeps it. Whatever the peer does, all of it
 * ends at the deadline (a watchdog closes the socket, so a byte per second or a hanging TLS handshake gain nothing) and
 * no answer is read past {@link #READ_CAP}.
 */
final class Line implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(Line.class);

    /** Bytes of one answer, head and body, that are read at most. */
    static final int READ_CAP = 8 * 1024;

    /** How long the body of a challenge may keep us before we rather call again. */
    private static final int BODY_PATIENCE_MILLIS = 300;

    private final ConnectionRequestUrl url;
    private final InetSocketAddress address;
    private final ExchangeSettings settings;
    private final long end;
    private final Future<?> watchdog;
    private volatile boolean overdue;
    private volatile @Nullable Socket plain;
    private @Nullable Socket socket;

    Line(
            ConnectionRequestUrl url,
            InetSocketAddress address,
            ExchangeSettings settings,
            Duration budget,
            ScheduledExecutorService watchdogs) {
        this.url = url;
        this.address = address;
        this.settings = settings;
        this.end = System.nanoTime() + budget.toNanos();
        this.watchdog = watchdogs.schedule(this::abort, budget.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Whether time ran out; an I/O error after that is ours. */
    boolean isOverdue() {
        return overdue || remaining().isNegative();
    }

    Duration remaining() {
        return Duration.ofNanos(end - System.nanoTime());
    }

    /**
     * Sends the GET and reads the answer.
     *
     * @throws ProtocolException when the answer is not HTTP
     */
    AnswerHead ask(Optional<String> authorization) throws IOException {
        Socket open = socket != null ? socket : connect();
        StringBuilder request = new StringBuilder(256)
                .append("GET ")
                .append(url.requestTarget())
                .append(" HTTP/1.1\r\nHost: ")
                .append(url.authority())
                .append("\r\nUser-Agent: Homeward\r\n");
        authorization.ifPresent(
                value -> request.append("Authorization: ").append(value).append("\r\n"));
        open.getOutputStream().write(request.append("\r\n").toString().getBytes(UTF_8));
        return read(open);
    }

    private Socket connect() throws IOException {
        Socket tcp = new Socket();
        plain = tcp;
        if (isOverdue()) {
            throw new SocketTimeoutException("no time left to connect");
        }
        tcp.setTcpNoDelay(true);
        Optional<InetAddress> source = settings.sourceFor(address.getAddress());
        if (source.isPresent()) {
            tcp.bind(new InetSocketAddress(source.get(), 0));
        }
        long patience =
                Math.min(settings.connectTimeout().toMillis(), remaining().toMillis());
        tcp.connect(address, (int) Math.max(1, patience));
        Socket open = url.tls() ? secure(tcp) : tcp;
        socket = open;
        return open;
    }

    private Socket secure(Socket tcp) throws IOException {
        SSLSocket tls = (SSLSocket) settings.tls().createSocket(tcp, url.host(), url.port(), true);
        if (settings.verifiesHostNames()) {
            SSLParameters parameters = tls.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            tls.setSSLParameters(parameters);
        }
        tls.startHandshake();
        return tls;
    }

    private AnswerHead read(Socket open) throws IOException {
        InputStream in = open.getInputStream();
        byte[] buffer = new byte[READ_CAP];
        int length = 0;
        int headEnd;
        while ((headEnd = endOfHead(buffer, length)) < 0) {
            int read = length < READ_CAP ? in.read(buffer, length, READ_CAP - length) : -1;
            if (read < 0) {
                headEnd = length;
                break;
            }
            length += read;
        }
        if (length == 0) {
            throw new EOFException("closed without an answer");
        }
        AnswerHead head = AnswerHead.parse(new String(buffer, 0, headEnd, ISO_8859_1))
                .orElseThrow(() -> new ProtocolException("not HTTP"));
        if (head.status() != 401 || !canAskAgain(open, head, length - headEnd)) {
            hangUp();
        }
        return head;
    }

    /** Index after the blank line, or -1. */
    private static int endOfHead(byte[] buffer, int length) {
        for (int i = 1; i < length; i++) {
            if (buffer[i] == '\n'
                    && (buffer[i - 1] == '\n' || i > 1 && buffer[i - 1] == '\r' && buffer[i - 2] == '\n')) {
                return i + 1;
            }
        }
        return -1;
    }

    /** Takes the body of a challenge out of the way, if it is small and comes at once. */
    private static boolean canAskAgain(Socket open, AnswerHead head, int bodyRead) throws IOException {
        if (!head.keepsConnection() || head.bodyLength().isEmpty()) {
            return false;
        }
        int missing = head.bodyLength().getAsInt() - bodyRead;
        if (missing < 0 || missing > READ_CAP) {
            return false;
        }
        if (missing == 0) {
            return true;
        }
        open.setSoTimeout(BODY_PATIENCE_MILLIS);
        try {
            return open.getInputStream().readNBytes(missing).length == missing;
        } catch (SocketTimeoutException e) {
            return false;
        } finally {
            if (!open.isClosed()) {
                open.setSoTimeout(0);
            }
        }
    }

    /** Closes the connection; the next request opens another. */
    void hangUp() {
        socket = null;
        close(plain);
    }

    private void abort() {
        overdue = true;
        close(plain);
    }

    private static void close(@Nullable Socket socket) {
        if (socket == null) {
            return;
        }
        try {
            socket.close();
        } catch (IOException e) {
            // The descriptor is released whether or not the peer took it well.
            LOG.tracef(e, "closing a connection request");
        }
    }

    @Override
    public void close() {
        watchdog.cancel(false);
        hangUp();
    }
}
