package org.homeward.simulator;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import java.util.zip.GZIPOutputStream;
import org.homeward.simulator.behaviour.Misbehaviour;
import org.homeward.simulator.behaviour.Mishaps;
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
    private final Set<Misbehaviour> ways;
    private final Mishaps mishaps;
    private final Cookies cookies;
    private int posts;
    private URI uri;
    private volatile @Nullable HttpConnection connection;
    private volatile boolean aborted;
    private @Nullable DigestClient digest;

    AcsLink(URI uri, CpeOptions options, Credentials credentials, Set<Misbehaviour> ways, Mishaps mishaps) {
        this.uri = uri;
        this.options = options;
        this.credentials = credentials;
        this.ways = ways;
        this.mishaps = mishaps;
        boolean keeps = options.cookies() && !ways.contains(Misbehaviour.NO_COOKIES);
        this.cookies = new Cookies(keeps, ways.contains(Misbehaviour.ODD_COOKIES));
    }

    /** Posts an envelope, or nothing when the text is empty. */
    HttpReply post(String envelope) throws IOException {
        byte[] body = envelope.getBytes(StandardCharsets.UTF_8);
        int number = posts++;
        if (number == mishaps.cookieLoss()) {
            cookies.lose();
        }
        if (number == mishaps.drop()) {
            throw dropped(body);
        }
        if (number == mishaps.resend()) {
            answerTo(body, false);
            close();
        }
        return answerTo(body, true);
    }

    /** @param heard false when the answer is on its way and will never arrive */
    private HttpReply answerTo(byte[] body, boolean heard) throws IOException {
        int challenges = 0;
        int redirects = 0;
        while (true) {
            HttpReply reply = send(body);
            if (heard) {
                cookies.keep(reply);
            }
            if (closesEachTime() || !reply.keepsAlive()) {
                close();
            }
            if (reply.status() == 401 && challenges++ < MAX_CHALLENGES) {
                Optional<DigestClient> answer = credentials.username().isEmpty()
                        ? Optional.empty()
                        : DigestClient.answering(reply, credentials.username(), credentials.password());
                if (answer.isPresent()) {
                    digest = oddly(answer.get());
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

    private DigestClient oddly(DigestClient client) {
        if (ways.contains(Misbehaviour.ODD_DIGEST)) {
            client.writesOddly();
        }
        if (ways.contains(Misbehaviour.REPEATS_NONCE)) {
            client.countsNothing();
        }
        return client;
    }

    private boolean closesEachTime() {
        return options.connectionPerRequest() || ways.contains(Misbehaviour.RECONNECTS);
    }

    /** Breaks off in the middle of a request. */
    private IOException dropped(byte[] body) throws IOException {
        byte[] request = request(body);
        HttpConnection open = connected();
        open.send(Arrays.copyOf(request, request.length / 2));
        open.reset();
        return new IOException("dropped the connection as it is its way");
    }

    private HttpReply send(byte[] body) throws IOException {
        HttpConnection kept = connection;
        if (kept != null) {
            try {
                return kept.exchange(request(body));
            } catch (HttpConnection.ClosedBeforeReply e) {
                // A session outlives its TCP connection (TR-069 3.4.1).
                close();
            }
        }
        return connected().exchange(request(body));
    }

    private HttpConnection connected() throws IOException {
        if (aborted) {
            throw new IOException("switched off");
        }
        HttpConnection open = connection;
        if (open == null) {
            Duration trickle = ways.contains(Misbehaviour.SLOW) ? options.slowRequest() : Duration.ZERO;
            open = HttpConnection.open(uri, options.timeout(), options.tls()).trickling(trickle);
            connection = open;
        }
        return open;
    }

    private byte[] request(byte[] body) throws IOException {
        String target = HttpConnection.target(uri);
        Headers headers = new Headers().add("Host", uri.getRawAuthority()).add("User-Agent", "homeward-cpe-simulator");
        byte[] encoded = body;
        if (body.length > 0) {
            headers.add("Content-Type", "text/xml; charset=\"utf-8\"").add("SOAPAction", "");
            if (options.gzipRequests()) {
                headers.add("Content-Encoding", "gzip");
                encoded = gzip(body);
            }
        }
        cookies.header().ifPresent(header -> headers.add("Cookie", header));
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
        return HttpConnection.request("POST", target, headers, encoded);
    }

    private String basic() {
        String pair = credentials.username() + ":" + credentials.password();
        return Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
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

    /** From another thread: nothing is sent or received any more. */
    void abort() {
        aborted = true;
        HttpConnection open = connection;
        if (open != null) {
            open.abort();
        }
    }

    @Override
    public void close() throws IOException {
        HttpConnection open = connection;
        connection = null;
        if (open != null) {
            open.close();
        }
    }
}
