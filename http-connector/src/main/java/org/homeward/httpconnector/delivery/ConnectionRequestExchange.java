package org.homeward.httpconnector.delivery;

import java.io.EOFException;
import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.ProtocolException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import javax.net.ssl.SSLException;
import org.homeward.httpconnector.delivery.Outcome.Delivered;
import org.homeward.httpconnector.delivery.Outcome.Refused;
import org.homeward.httpconnector.delivery.Outcome.Unreachable;
import org.homeward.httpconnector.digest.Challenge;
import org.homeward.httpconnector.digest.Credential;
import org.homeward.httpconnector.egress.ConnectionRequestUrl;

/**
 * Asks one CPE to call (TR-069 3.2.2): GET, the challenge, GET with its answer. The HTTP is our own because the peer is
 * hostile or at least sloppy: no client library reads folded challenges, caps what it reads and keeps one deadline over
 * connecting, TLS and both requests. Redirects are never followed. Blocking; made for virtual threads.
 */
public final class ConnectionRequestExchange implements AutoCloseable {

    /** GET, its answer to the challenge, that again after a reset, and both once more for the new nonce. */
    private static final int MAX_REQUESTS = 5;

    private final ExchangeSettings settings;
    private final SecureRandom random = new SecureRandom();
    private final ScheduledThreadPoolExecutor watchdogs;

    public ConnectionRequestExchange(ExchangeSettings settings) {
        this.settings = settings;
        this.watchdogs = new ScheduledThreadPoolExecutor(
                1,
                Thread.ofPlatform()
                        .daemon()
                        .name("connection-request-deadlines")
                        .factory());
        // Most exchanges end well before their deadline: forget them at once.
        watchdogs.setRemoveOnCancelPolicy(true);
    }

    /** @param budget for all of it */
    Outcome ask(ConnectionRequestUrl url, InetSocketAddress address, Credential credential, Duration budget)
            throws InterruptedException {
        try (Line line = new Line(url, address, settings, budget, watchdogs)) {
            Outcome outcome = converse(line, url, credential, budget);
            // A CPE that is about to close a session says 503 for a moment; so does one that limits how often we ask.
            if (outcome instanceof Refused refused
                    && refused.status() == 503
                    && line.remaining().compareTo(settings.busyPause().multipliedBy(2)) > 0) {
                Thread.sleep(settings.busyPause());
                return converse(line, url, credential, budget);
            }
            return outcome;
        }
    }

    private Outcome converse(Line line, ConnectionRequestUrl url, Credential credential, Duration budget) {
        Optional<String> authorization = Optional.empty();
        int sentAgain = 0;
        boolean mayAnswer = true;
        for (int request = 0; request < MAX_REQUESTS; request++) {
            AnswerHead answer;
            try {
                answer = line.ask(authorization);
            } catch (IOException e) {
                if (authorization.isEmpty() || sentAgain == 2 || line.isOverdue() || e instanceof ProtocolException) {
                    return new Unreachable(why(e, line, url, budget));
                }
                // Some CPEs close after their challenges; the nonce of the first may or may not live on.
                mayAnswer = sentAgain == 0;
                sentAgain++;
                line.hangUp();
                continue;
            }
            if (answer.status() != 401) {
                return judge(answer.status());
            }
            if (!mayAnswer && answer.challenges().stream().noneMatch(Challenge::isStale)) {
                return wrongCredential(credential);
            }
            authorization =
                    credential.answer(answer.challenges(), url.requestTarget(), cnonce(), settings.authentication());
            if (authorization.isEmpty()) {
                return unanswerable(answer);
            }
            mayAnswer = false;
        }
        return new Refused(
                401,
                "The device keeps challenging us anew without judging the credential. Reboot it; if it"
                        + " goes on, its connection request listener is broken: use STUN or XMPP.");
    }

    private static Outcome judge(int status) {
        if (status >= 200 && status < 300) {
            return new Delivered();
        }
        if (status >= 300 && status < 400) {
            return new Refused(
                    status,
                    "The device answered with a redirect (" + status + "), which is never followed"
                            + " because it could lead anywhere. Correct the ConnectionRequestURL on the device.");
        }
        return new Refused(
                status,
                switch (status) {
                    case 403 ->
                        "The device forbids it (403). Its firewall or its list of allowed addresses does not"
                                + " know this connector: add the address that we call from.";
                    case 404 ->
                        "The device does not know the path of its ConnectionRequestURL (404), so the URL is out"
                                + " of date. Its next Inform brings the present one.";
                    case 503 ->
                        "The device is busy (503): in a session, or asked too often. Its session takes up what"
                                + " is due; otherwise try again in a minute.";
                    default ->
                        "The device answered " + status + " where 200 or 204 was due. Check that its"
                                + " ConnectionRequestURL leads to its CWMP client.";
                });
    }

    private static Outcome wrongCredential(Credential credential) {
        return new Refused(
                401,
                "wrong credential: the device does not accept the user name "
                        + credential.username() + " with the password we hold. Set ConnectionRequestUsername and"
                        + " ConnectionRequestPassword anew in its next session; after a factory reset that happens by itself.");
    }

    private Outcome unanswerable(AnswerHead answer) {
        boolean basic = answer.challenges().stream()
                .anyMatch(challenge -> challenge.scheme().equals("basic"));
        if (basic && settings.authentication() == Credential.Policy.DIGEST_ONLY) {
            return new Refused(
                    401,
                    "The device wants Basic authentication, which would give the password away. If that"
                            + " is acceptable in your network, set homeward.http-connector.allow-basic.");
        }
        return new Refused(
                401,
                "The device wants an authentication that we cannot give: "
                        + (answer.challenges().isEmpty() ? "it sent no challenge" : schemes(answer))
                        + ". Digest with MD5 or SHA-256 and qop auth is what TR-069 asks for: update its firmware.");
    }

    private static String schemes(AnswerHead answer) {
        return answer.challenges().stream()
                .map(challenge -> challenge.scheme()
                        + challenge.parameter("algorithm").map(" "::concat).orElse("")
                        + challenge.parameter("qop").map(" qop "::concat).orElse(""))
                .reduce((left, right) -> left + ", " + right)
                .orElse("");
    }

    private String why(IOException e, Line line, ConnectionRequestUrl url, Duration budget) {
        String address = url.address();
        if (line.isOverdue()) {
            return address + " gave no whole answer within " + inSeconds(budget)
                    + ". The device hangs or something on the way swallows packets: wait for its next periodic Inform,"
                    + " or reboot it.";
        }
        return switch (e) {
            case SocketTimeoutException timeout ->
                address + " did not take the connection within " + inSeconds(settings.connectTimeout())
                        + ". The device is off, or a firewall or NAT lies between: check its power and line, or use STUN"
                        + " or XMPP.";
            case ConnectException refused ->
                "Nothing listens at " + address + ". The device restarts, its CWMP client is off, or its address has"
                        + " passed to another: its next Inform brings the present URL.";
            case NoRouteToHostException noRoute ->
                "No route leads to " + address + ". Check routing and firewall between this connector and the access"
                        + " network.";
            case EOFException end ->
                address + " closed the connection without an answer. Its connection request listener may be"
                        + " overloaded: try again in a minute.";
            case ProtocolException notHttp ->
                "What answered at " + address + " does not speak HTTP. The address may have passed to another device:"
                        + " its next Inform brings the present URL.";
            case SSLException tls ->
                "TLS with " + address + " failed (" + tls.getMessage() + "). Check the device's certificate, or let it"
                        + " report an http URL.";
            case BindException noSource ->
                "This connector cannot call from the address that it was told to (" + noSource.getMessage()
                        + "). Name one of its own in homeward.http-connector.source-addresses.";
            case SocketException reset ->
                address + " broke the connection off (" + reset.getMessage() + "). Its connection request listener may"
                        + " be overloaded: try again in a minute.";
            default -> "Asking " + address + " failed: " + e.getMessage() + ". Try again in a minute.";
        };
    }

    private static String inSeconds(Duration duration) {
        return duration.toMillis() % 1000 == 0 ? duration.toSeconds() + " s" : duration.toMillis() + " ms";
    }

    private String cnonce() {
        byte[] bytes = new byte[8];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    @Override
    public void close() {
        watchdogs.shutdownNow();
    }
}
