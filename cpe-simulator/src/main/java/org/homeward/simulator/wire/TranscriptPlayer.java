package org.homeward.simulator.wire;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.homeward.simulator.Credentials;
import org.homeward.simulator.http.DigestClient;
import org.homeward.simulator.http.Headers;
import org.homeward.simulator.http.HttpConnection;
import org.homeward.simulator.http.HttpReply;
import org.homeward.simulator.soap.CwmpFault;
import org.homeward.simulator.soap.Envelope;
import org.jspecify.annotations.Nullable;

/**
 * Plays the CPE's side of recorded sessions against a live ACS. Informs and other requests of the CPE go out as they
 * were recorded, headers included; RPCs of the live ACS are answered from the recording where it has something that
 * fits, with fault 9005 or 9000 where it has not. Cookies are treated as the recorded stack treated them: not returned,
 * returned, or returned with their attributes.
 */
public final class TranscriptPlayer {

    /** How a live answer came about. */
    public enum Source {
        RECORDED,
        INVENTED_FAULT
    }

    /** One RPC of the live ACS. */
    public record Asked(String method, Source answer) {}

    /**
     * One session as it went.
     *
     * @param statuses of every HTTP answer, challenges included
     * @param received names of the ACS's messages in order
     * @param ended whether the ACS ended it with an empty answer
     */
    public record Played(List<Integer> statuses, List<String> received, List<Asked> asked, boolean ended) {}

    private static final List<String> REPLACED =
            List.of("host", "content-length", "cookie", "authorization", "transfer-encoding", "expect");
    private static final int MAX_ROUNDS = 1_000;
    private final URI acs;
    private final Transcript transcript;
    private final Credentials credentials;
    private final RecordedAnswers answers;

    /**
     * Prepares to play.
     *
     * @param credentials used when the live ACS challenges, or ahead of it for Basic
     */
    public TranscriptPlayer(URI acs, Transcript transcript, Credentials credentials) {
        this.acs = acs;
        this.transcript = transcript;
        this.credentials = credentials;
        this.answers = new RecordedAnswers(transcript);
    }

    /** Plays every recorded session, one after the other, each on a connection of its own. */
    public List<Played> play() throws IOException {
        List<Played> played = new ArrayList<>();
        for (List<Transcript.Exchange> session : transcript.sessions()) {
            try (HttpConnection connection = HttpConnection.open(acs, Duration.ofSeconds(10), null)) {
                played.add(new Session(connection, session).play());
            }
        }
        return played;
    }

    private final class Session {
        private final HttpConnection connection;
        private final List<Transcript.Exchange> recorded;
        private final List<Integer> statuses = new ArrayList<>();
        private final List<String> received = new ArrayList<>();
        private final List<Asked> asked = new ArrayList<>();
        private @Nullable String cookie;
        private @Nullable DigestClient digest;

        Session(HttpConnection connection, List<Transcript.Exchange> recorded) {
            this.connection = connection;
            this.recorded = recorded;
        }

        Played play() throws IOException {
            Transcript.Message model = recorded.getFirst().request();
            boolean alive = true;
            for (Transcript.Exchange exchange : recorded) {
                if (exchange.request().isEmpty()) {
                    break;
                }
                alive = alive
                        && post(exchange.request(), exchange.request().body()).status() == 200;
            }
            boolean ended = alive && serve(emptyPost().orElse(model));
            return new Played(List.copyOf(statuses), List.copyOf(received), List.copyOf(asked), ended);
        }

        private Optional<Transcript.Message> emptyPost() {
            return recorded.stream()
                    .map(Transcript.Exchange::request)
                    .filter(Transcript.Message::isEmpty)
                    .findFirst();
        }

        /** The second half of a session: an empty POST, then answers until there is nothing left to answer. */
        private boolean serve(Transcript.Message model) throws IOException {
            HttpReply reply = post(model, "");
            for (int round = 0; round < MAX_ROUNDS; round++) {
                if (reply.status() == 204 || reply.status() == 200 && reply.isEmpty()) {
                    return true;
                }
                Optional<Envelope> request =
                        reply.status() == 200 ? RecordedAnswers.parse(reply.text()) : Optional.empty();
                if (request.isEmpty()) {
                    return false;
                }
                reply = post(recorded.getFirst().request(), answer(request.get()));
            }
            return false;
        }

        private String answer(Envelope request) {
            Optional<String> fromRecording = answers.to(request);
            asked.add(new Asked(request.name(), fromRecording.isPresent() ? Source.RECORDED : Source.INVENTED_FAULT));
            return fromRecording.orElseGet(() -> {
                int code = request.name().startsWith("GetParameter") ? 9005 : 9000;
                return Envelope.write(
                        request.cwmpNamespace(),
                        request.id(),
                        CwmpFault.of(code).toXml());
            });
        }

        private HttpReply post(Transcript.Message model, String body) throws IOException {
            HttpReply reply = exchange(model, body);
            if (reply.status() == 401) {
                Optional<DigestClient> client =
                        DigestClient.answering(reply, credentials.username(), credentials.password());
                if (client.isPresent()) {
                    digest = client.get();
                    reply = exchange(model, body);
                }
            }
            RecordedAnswers.parse(reply.text()).ifPresent(e -> received.add(e.name()));
            return reply;
        }

        private HttpReply exchange(Transcript.Message model, String body) throws IOException {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            String path = acs.getRawPath() == null || acs.getRawPath().isEmpty() ? "/" : acs.getRawPath();
            Headers headers = new Headers().add("Host", acs.getRawAuthority());
            model.headers().fields().stream()
                    .filter(f -> !REPLACED.contains(f.name().toLowerCase(java.util.Locale.ROOT)))
                    .forEach(f -> headers.add(f.name(), f.value()));
            if (cookie != null) {
                headers.add("Cookie", cookie);
            }
            if (digest != null) {
                headers.add("Authorization", digest.authorization("POST", path));
            } else if (credentials.scheme() == Credentials.Scheme.BASIC) {
                String pair = credentials.username() + ":" + credentials.password();
                byte[] utf8 = pair.getBytes(StandardCharsets.UTF_8);
                headers.add(
                        "Authorization",
                        "Basic " + java.util.Base64.getEncoder().encodeToString(utf8));
            }
            headers.add("Content-Length", Integer.toString(bytes.length));
            HttpReply reply = connection.exchange("POST", path, headers, bytes);
            statuses.add(reply.status());
            keepCookie(reply);
            return reply;
        }

        private void keepCookie(HttpReply reply) {
            String set = reply.headers().first("Set-Cookie");
            // What the stack sent back later in this recording shows what it makes of a cookie; one without, none.
            Optional<String> returned = transcript.exchanges().stream()
                    .map(e -> e.request().headers().first("Cookie"))
                    .filter(java.util.Objects::nonNull)
                    .findFirst();
            if (set != null && returned.isPresent()) {
                cookie = returned.get().contains("Path=") ? set : set.split(";", 2)[0];
            }
        }
    }
}
