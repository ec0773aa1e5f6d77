package org.homeward.simulator.diagnostic;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import javax.net.ssl.SSLContext;
import org.homeward.simulator.http.Headers;
import org.homeward.simulator.http.HttpConnection;
import org.homeward.simulator.http.HttpReply;
import org.homeward.simulator.http.Skimmed;
import org.jspecify.annotations.Nullable;

/**
 * DownloadDiagnostics and UploadDiagnostics (TR-143): really fetches and really sends, by HTTP over one connection, and
 * reports what it took.
 *
 * @param upload whether it sends
 */
public record Throughput(
        boolean upload, Duration timeout, @Nullable SSLContext tls, Clock clock) implements Diagnostic {
    private static final int MAX_UPLOAD = 16 * 1024 * 1024;
    private static final DateTimeFormatter MICROSECONDS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

    @Override
    public String run(DiagnosticObject object) {
        URI uri;
        try {
            uri = new URI(object.text(upload ? "UploadURL" : "DownloadURL"));
        } catch (URISyntaxException e) {
            return object.state("Error_InitConnectionFailed");
        }
        if (uri.getHost() == null) {
            return object.state("Error_InitConnectionFailed");
        }
        byte[] content = upload ? new byte[Math.min(object.number("TestFileLength", 0), MAX_UPLOAD)] : new byte[0];
        Stopwatch watch = new Stopwatch(clock.instant(), System.nanoTime());
        object.put("TCPOpenRequestTime", watch.now());
        try (HttpConnection connection = HttpConnection.open(uri, timeout, tls)) {
            object.put("TCPOpenResponseTime", watch.now());
            return exchange(object, uri, connection, content, watch);
        } catch (UnknownHostException e) {
            return object.state("Error_CannotResolveHostName", "Error_InitConnectionFailed");
        } catch (ConnectException | SocketTimeoutException e) {
            return object.state("Error_InitConnectionFailed");
        } catch (IOException e) {
            return object.state("Error_TransferFailed");
        }
    }

    private String exchange(
            DiagnosticObject object, URI uri, HttpConnection connection, byte[] content, Stopwatch watch)
            throws IOException {
        Headers headers = new Headers().add("Host", uri.getRawAuthority()).add("Connection", "close");
        if (upload) {
            headers.add("Content-Length", Integer.toString(content.length));
        }
        String method = upload ? "PUT" : "GET";
        byte[] request = HttpConnection.request(method, HttpConnection.target(uri), headers, content);
        Skimmed body = new Skimmed(0);
        long asked = System.nanoTime();
        HttpReply reply = connection.exchange(request, body);
        if (reply.status() < 200 || reply.status() > 299) {
            return object.state("Error_TransferFailed");
        }
        object.put("ROMTime", watch.at(asked));
        object.put("BOMTime", watch.at(upload ? asked : body.began()));
        object.put("EOMTime", watch.at(upload ? System.nanoTime() : body.ended()));
        long bytes = upload ? content.length : body.length();
        object.put(upload ? "TestBytesSent" : "TestBytesReceived", bytes);
        object.put(upload ? "TotalBytesSent" : "TotalBytesReceived", upload ? request.length : bytes);
        return object.done();
    }

    /** The device's clock, read to the microsecond. */
    private record Stopwatch(Instant start, long nanos) {
        String now() {
            return at(System.nanoTime());
        }

        String at(long nanoTime) {
            return MICROSECONDS.format(start.plusNanos(nanoTime - nanos));
        }
    }
}
