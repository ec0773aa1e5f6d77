package org.homeward.simulator;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import org.homeward.simulator.http.DigestClient;
import org.homeward.simulator.http.Headers;
import org.homeward.simulator.http.HttpConnection;
import org.homeward.simulator.http.HttpReply;
import org.homeward.simulator.http.Skimmed;

/**
 * Moves a file by HTTP, with Basic or Digest when the file server asks (TR-069 A.3.2.8, A.4.1.5). All of a download is
 * fetched and, but for configurations, only its beginning kept: a fleet fetches more than fits into memory.
 */
final class FileTransport {
    private static final int KEPT = 256;
    private static final int KEPT_WHOLE = 4 * 1024 * 1024;

    /** How it ended. */
    sealed interface Outcome {
        /** The first bytes of what was fetched. */
        record Done(byte[] head) implements Outcome {}

        /** A code out of 9010 to 9018. */
        record Fault(int code) implements Outcome {}
    }

    /** Who we are to the file server; both may be empty. */
    record Login(String username, String password) {}

    private final CpeOptions options;

    FileTransport(CpeOptions options) {
        this.options = options;
    }

    /**
     * Fetches a file.
     *
     * @param size that it should have in bytes, 0 when that is not known
     * @param whole whether all of it is kept, up to 4 MiB, rather than its beginning
     */
    Outcome get(String url, Login login, long size, boolean whole) {
        return move("GET", url, login, new byte[0], size, whole ? KEPT_WHOLE : KEPT, 9010);
    }

    Outcome put(String url, Login login, byte[] content) {
        return move("PUT", url, login, content, 0, KEPT, 9011);
    }

    private Outcome move(String method, String url, Login login, byte[] content, long size, int keep, int general) {
        URI uri = URI.create(url);
        try {
            Skimmed fetched = new Skimmed(keep);
            HttpReply reply = exchange(uri, method, headers(uri, content), content, fetched);
            if (reply.status() == 401 && !login.username().isEmpty()) {
                fetched = new Skimmed(keep);
                Headers headers = headers(uri, content).add("Authorization", authorization(reply, method, uri, login));
                reply = exchange(uri, method, headers, content, fetched);
            }
            if (reply.status() == 401 || reply.status() == 403) {
                return new Outcome.Fault(9012);
            }
            if (reply.status() == 404 || reply.status() == 410) {
                return new Outcome.Fault(9016);
            }
            if (reply.status() < 200 || reply.status() > 299) {
                return new Outcome.Fault(general);
            }
            return fetched.length() < size ? new Outcome.Fault(9017) : new Outcome.Done(fetched.head());
        } catch (ConnectException | java.net.UnknownHostException | java.net.SocketTimeoutException e) {
            return new Outcome.Fault(9015);
        } catch (java.io.EOFException e) {
            return new Outcome.Fault(method.equals("GET") ? 9017 : general);
        } catch (IOException e) {
            return new Outcome.Fault(general);
        }
    }

    private HttpReply exchange(URI uri, String method, Headers headers, byte[] content, Skimmed sink)
            throws IOException {
        try (HttpConnection connection = HttpConnection.open(uri, options.timeout(), options.tls())) {
            byte[] request = HttpConnection.request(method, HttpConnection.target(uri), headers, content);
            return connection.exchange(request, sink);
        }
    }

    private static Headers headers(URI uri, byte[] content) {
        Headers headers = new Headers()
                .add("Host", uri.getRawAuthority())
                .add("User-Agent", "homeward-cpe-simulator")
                .add("Connection", "close");
        return content.length == 0 ? headers : headers.add("Content-Length", Integer.toString(content.length));
    }

    private static String authorization(HttpReply challenge, String method, URI uri, Login login) {
        Optional<DigestClient> digest = DigestClient.answering(challenge, login.username(), login.password());
        String pair = login.username() + ":" + login.password();
        return digest.map(d -> d.authorization(method, HttpConnection.target(uri)))
                .orElseGet(() -> "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)));
    }
}
