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

/** Moves a file by HTTP, with Basic or Digest when the file server asks (TR-069 A.3.2.8, A.4.1.5). */
final class FileTransport {

    /** How it ended. */
    sealed interface Outcome {
        record Done(byte[] content) implements Outcome {}

        /** A code out of 9010 to 9018. */
        record Fault(int code) implements Outcome {}
    }

    private final CpeOptions options;

    FileTransport(CpeOptions options) {
        this.options = options;
    }

    Outcome get(Transfer transfer) {
        return move("GET", transfer, new byte[0], 9010);
    }

    Outcome put(Transfer transfer, byte[] content) {
        return move("PUT", transfer, content, 9011);
    }

    private Outcome move(String method, Transfer transfer, byte[] content, int general) {
        URI uri = URI.create(transfer.url);
        try (HttpConnection connection = HttpConnection.open(uri, options.timeout(), options.tls())) {
            String target = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
            if (uri.getRawQuery() != null) {
                target += "?" + uri.getRawQuery();
            }
            HttpReply reply = connection.exchange(method, target, headers(uri, content), content);
            if (reply.status() == 401 && !transfer.username.isEmpty()) {
                try (HttpConnection second = HttpConnection.open(uri, options.timeout(), options.tls())) {
                    Headers headers =
                            headers(uri, content).add("Authorization", authorization(reply, method, target, transfer));
                    reply = second.exchange(method, target, headers, content);
                }
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
            boolean truncated =
                    transfer.fileSize > 0 && method.equals("GET") && reply.body().length < transfer.fileSize;
            return truncated ? new Outcome.Fault(9017) : new Outcome.Done(reply.body());
        } catch (ConnectException | java.net.UnknownHostException | java.net.SocketTimeoutException e) {
            return new Outcome.Fault(9015);
        } catch (java.io.EOFException e) {
            return new Outcome.Fault(method.equals("GET") ? 9017 : general);
        } catch (IOException e) {
            return new Outcome.Fault(general);
        }
    }

    private static Headers headers(URI uri, byte[] content) {
        Headers headers = new Headers()
                .add("Host", uri.getRawAuthority())
                .add("User-Agent", "homeward-cpe-simulator")
                .add("Connection", "close");
        return content.length == 0 ? headers : headers.add("Content-Length", Integer.toString(content.length));
    }

    private static String authorization(HttpReply challenge, String method, String target, Transfer transfer) {
        Optional<DigestClient> digest = DigestClient.answering(challenge, transfer.username, transfer.password);
        String pair = transfer.username + ":" + transfer.password;
        return digest.map(d -> d.authorization(method, target))
                .orElseGet(() -> "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)));
    }
}
