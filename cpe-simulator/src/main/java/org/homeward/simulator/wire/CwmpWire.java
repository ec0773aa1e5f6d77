package org.homeward.simulator.wire;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.zip.GZIPOutputStream;
import org.homeward.simulator.http.Headers;
import org.homeward.simulator.http.HttpConnection;
import org.homeward.simulator.http.HttpReply;
import org.jspecify.annotations.Nullable;

/**
 * One TCP connection to an ACS with a say in every byte. Keeps the connection open between requests and, unless told
 * otherwise, sends the last cookie back.
 */
public final class CwmpWire implements Closeable {
    private final HttpConnection connection;
    private final URI uri;
    private boolean cookies = true;
    private @Nullable String cookie;

    private CwmpWire(HttpConnection connection, URI uri) {
        this.connection = connection;
        this.uri = uri;
    }

    /** Connects; reads time out after ten seconds. */
    public static CwmpWire connect(URI acs) throws IOException {
        return connect(acs, Duration.ofSeconds(10));
    }

    public static CwmpWire connect(URI acs, Duration timeout) throws IOException {
        return new CwmpWire(HttpConnection.open(acs, timeout, null), acs);
    }

    /** Sends no cookie from now on. */
    public CwmpWire withoutCookies() {
        cookies = false;
        return this;
    }

    /** The cookie that goes with each request, {@code name=value}; null before the ACS has set one. */
    public @Nullable String cookie() {
        return cookie;
    }

    /** Uses somebody else's cookie, or goes on with a session on a new connection. */
    public CwmpWire cookie(@Nullable String nameAndValue) {
        cookie = nameAndValue;
        return this;
    }

    /** Host, cookie and, with a body, Content-Type and SOAPAction: what an ordinary CPE sends, without the length. */
    public Headers usualHeaders(boolean withBody) {
        Headers headers = new Headers().add("Host", uri.getRawAuthority());
        if (withBody) {
            headers.add("Content-Type", "text/xml; charset=\"utf-8\"").add("SOAPAction", "");
        }
        return cookies && cookie != null ? headers.add("Cookie", cookie) : headers;
    }

    /** An ordinary POST; an empty text is an empty POST. */
    public HttpReply post(String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        return post(usualHeaders(bytes.length > 0).add("Content-Length", Integer.toString(bytes.length)), bytes);
    }

    /** A POST with exactly these headers, none added. */
    public HttpReply post(Headers headers, byte[] body) throws IOException {
        send(headers, body);
        return read();
    }

    /** A POST in chunks of a given size. */
    public HttpReply postChunked(String body, int chunkSize) throws IOException {
        return post(
                usualHeaders(true).add("Transfer-Encoding", "chunked"),
                chunks(body.getBytes(StandardCharsets.UTF_8), chunkSize));
    }

    /** A POST whose body is compressed. */
    public HttpReply postGzip(String body) throws IOException {
        return postGzip(body.getBytes(StandardCharsets.UTF_8));
    }

    public HttpReply postGzip(byte[] body) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(body);
        }
        Headers headers =
                usualHeaders(true).add("Content-Encoding", "gzip").add("Content-Length", Integer.toString(out.size()));
        return post(headers, out.toByteArray());
    }

    /** A POST that trickles: one byte, a pause, the next byte. */
    public HttpReply postSlowly(String body, Duration pause) throws IOException, InterruptedException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        Headers headers = usualHeaders(true).add("Content-Length", Integer.toString(bytes.length));
        connection.send(head(headers));
        for (byte b : bytes) {
            connection.send(new byte[] {b});
            Thread.sleep(pause);
        }
        return read();
    }

    /** Sends a POST and does not wait for the reply; see {@link #read}. */
    public void send(Headers headers, byte[] body) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream(body.length + 512);
        out.writeBytes(head(headers));
        out.writeBytes(body);
        connection.send(out.toByteArray());
    }

    /** Sends bytes as they are, HTTP or not. */
    public void sendRaw(byte[] bytes) throws IOException {
        connection.send(bytes);
    }

    public void sendRaw(String text) throws IOException {
        sendRaw(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Reads the next reply off the connection. */
    public HttpReply read() throws IOException {
        HttpReply reply = connection.read();
        String set = reply.headers().first("Set-Cookie");
        if (set != null) {
            cookie = set.split(";", 2)[0].strip();
        }
        return reply;
    }

    /** Half-closes: the ACS sees our end of stream and may still answer. */
    public void finishSending() throws IOException {
        connection.finishSending();
    }

    /** Aborts with a TCP reset. */
    public void reset() throws IOException {
        connection.reset();
    }

    private byte[] head(Headers headers) {
        String path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        String target = uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery();
        return ("POST " + target + " HTTP/1.1\r\n" + headers + "\r\n").getBytes(StandardCharsets.ISO_8859_1);
    }

    /** A body in chunked coding. */
    public static byte[] chunks(byte[] body, int size) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(body.length + 64);
        for (int start = 0; start < body.length; start += size) {
            int length = Math.min(size, body.length - start);
            out.writeBytes((Integer.toHexString(length) + "\r\n").getBytes(StandardCharsets.US_ASCII));
            out.write(body, start, length);
            out.writeBytes("\r\n".getBytes(StandardCharsets.US_ASCII));
        }
        out.writeBytes("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        return out.toByteArray();
    }

    @Override
    public void close() throws IOException {
        connection.close();
    }
}
