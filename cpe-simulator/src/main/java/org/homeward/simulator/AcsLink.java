package org.homeward.simulator;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;
import org.homeward.simulator.http.DigestClient;
import org.homeward.simulator.http.Headers;
import org.homeward.simulator.http.HttpConnection;
import org.homeward.simulator.http.HttpReply;
import org.jspecify.annotations.Nullable;

/**
 * The HTTP side of one session (TR-069 3.4): connections that come and go, cookies, authentication, redirects. What it
 * returns is the answer that the session has to look at.
 */
final class AcsLink implements Closeable {
    private static final int MAX_REDIRECTS = 5;
    private static final int MAX_CHALLENGES = 2;
    private final CpeOptions options;
    private final Credentials credentials;
    private final Map<String, String> cookies = new LinkedHashMap<>();
    private URI uri;
    private @Nullable HttpConnection connection;
    private @Nullable DigestClient digest;

    AcsLink(URI uri, CpeOptions options, Credentials credentials) {
        this.uri = uri;
        this.options = options;
        this.credentials = credentials;
    }

    /** Posts an envelope, or nothing when the text is empty. */
    HttpReply post(String envelope) throws IOException {
        byte[] body = envelope.getBytes(StandardCharsets.UTF_8);
        int challenges = 0;
        int redirects = 0;
        while (true) {
            HttpReply reply = send(body);
            keepCookies(reply);
            if (options.connectionPerRequest() || !reply.keepsAlive()) {
                close();
            }
            if (reply.status() == 401 && challenges++ < MAX_CHALLENGES) {
                Optional<DigestClient> answer = credentials.username().isEmpty()
                        ? Optional.empty()
                        : DigestClient.answering(reply, credentials.username(), credentials.password());
                if (answer.isPresent()) {
                    digest = answer.get();
                    continue;
                }
            }
            String location = reply.headers().first("Location");
            boolean redirected = reply.status() == 302 || reply.status() == 307;
            if (redirected && location != null && redirects++ < MAX_REDIRECTS) {
                close();
                uri = uri.resolve(location);
                digest = null;
                continue;
            }
            return reply;
        }
    }

    private HttpReply send(byte[] body) throws IOException {
        if (connection != null) {
            try {
                return exchange(connection, body);
            } catch (HttpConnection.ClosedBeforeReply e) {
                // A session outlives its TCP connection (TR-069 3.4.1).
                close();
            }
        }
        connection = HttpConnection.open(uri, options.timeout(), options.tls());
        return exchange(connection, body);
    }

    private HttpReply exchange(HttpConnection open, byte[] body) throws IOException {
        String target = target();
        Headers headers = new Headers().add("Host", uri.getRawAuthority()).add("User-Agent", "homeward-cpe-simulator");
        byte[] encoded = body;
        if (body.length > 0) {
            headers.add("Content-Type", "text/xml; charset=\"utf-8\"").add("SOAPAction", "");
            if (options.gzipRequests()) {
                headers.add("Content-Encoding", "gzip");
                encoded = gzip(body);
            }
        }
        if (options.cookies() && !cookies.isEmpty()) {
            headers.add(
                    "Cookie",
                    cookies.entrySet().stream()
                            .map(e -> e.getKey() + "=" + e.getValue())
                            .collect(Collectors.joining("; ")));
        }
        if (digest != null) {
            headers.add("Authorization", digest.authorization("POST", target));
        } else if (credentials.scheme() == Credentials.Scheme.BASIC) {
            headers.add("Authorization", "Basic " + basic());
        }
        if (options.connectionPerRequest()) {
            headers.add("Connection", "close");
        }
        if (options.chunkedRequests() && body.length > 0) {
            headers.add("Transfer-Encoding", "chunked");
            encoded = chunks(encoded);
        } else {
            headers.add("Content-Length", Integer.toString(encoded.length));
        }
        return open.exchange("POST", target, headers, encoded);
    }

    private String target() {
        String path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        return uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery();
    }

    private String basic() {
        String pair = credentials.username() + ":" + credentials.password();
        return Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }

    private void keepCookies(HttpReply reply) {
        for (String cookie : reply.headers().all("Set-Cookie")) {
            String[] pair = cookie.split(";", 2)[0].split("=", 2);
            if (pair.length == 2) {
                cookies.put(pair[0].strip(), pair[1].strip());
            }
        }
    }

    private static byte[] gzip(byte[] body) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream(body.length / 2);
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(body);
        }
        return out.toByteArray();
    }

    private static byte[] chunks(byte[] body) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(body.length + 64);
        for (int start = 0; start < body.length; start += 1024) {
            int length = Math.min(1024, body.length - start);
            out.writeBytes((Integer.toHexString(length) + "\r\n").getBytes(StandardCharsets.US_ASCII));
            out.write(body, start, length);
            out.writeBytes("\r\n".getBytes(StandardCharsets.US_ASCII));
        }
        out.writeBytes("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        return out.toByteArray();
    }

    @Override
    public void close() throws IOException {
        if (connection != null) {
            connection.close();
            connection = null;
        }
    }
}
