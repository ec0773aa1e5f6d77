package org.homeward.gateway.listener;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.homeward.gateway.cxf.CpeExchange;
import org.homeward.gateway.session.Answer;
import org.homeward.gateway.session.CpeCall;
import org.homeward.gateway.session.Reply;
import org.jboss.logging.Logger;

/** A POST on the CWMP port, from its complete body to its response. */
final class HttpExchange implements CpeExchange {

    private static final Logger LOG = Logger.getLogger(HttpExchange.class);
    private static final String ENVELOPE_TYPE = "text/xml; charset=\"utf-8\"";

    private final CpeCall call;
    private final byte[] body;
    private final Http http;
    private final AtomicBoolean answered = new AtomicBoolean();

    /** What an exchange needs of its HTTP side. */
    interface Http {

        HttpServerResponse response();

        /** Runs on the connection's event loop. */
        void onLoop(Runnable task);

        List<String> challenges();

        boolean secure();

        Duration retryAfter();

        /** The response is out, or never will be. */
        void done();
    }

    HttpExchange(CpeCall call, byte[] body, Http http) {
        this.call = call;
        this.body = body;
        this.http = http;
    }

    @Override
    public CpeCall call() {
        return call;
    }

    @Override
    public byte[] body() {
        return body;
    }

    @Override
    public void respond(Answer answer, byte[] envelope) {
        if (!answered.compareAndSet(false, true)) {
            return;
        }
        http.onLoop(() -> {
            HttpServerResponse response = http.response();
            if (!response.closed() && !response.ended()) {
                if (answer.cookie() != null) {
                    response.putHeader("Set-Cookie", SessionCookie.set(answer.cookie(), http.secure()));
                }
                write(response, answer.reply(), envelope);
            }
            http.done();
        });
    }

    private void write(HttpServerResponse response, Reply reply, byte[] envelope) {
        switch (reply) {
            case Reply.Envelope said ->
                response.setStatusCode(200)
                        .putHeader("Content-Type", ENVELOPE_TYPE)
                        .end(Buffer.buffer(envelope));
            case Reply.NoContent nothing -> response.setStatusCode(204).end();
            case Reply.Unavailable later ->
                response.setStatusCode(503)
                        .putHeader(
                                "Retry-After", String.valueOf(http.retryAfter().toSeconds()))
                        .putHeader("Content-Type", "text/plain")
                        .end(later.why());
            case Reply.NotAuthorized refused ->
                response.setStatusCode(401)
                        .putHeader("WWW-Authenticate", http.challenges())
                        .putHeader("Content-Type", "text/plain")
                        .end(refused.why());
            case Reply.Rejected rejected ->
                response.setStatusCode(400)
                        .putHeader("Connection", "close")
                        .putHeader("Content-Type", "text/plain")
                        .end(rejected.why());
        }
    }

    @Override
    public void fail(Throwable failure) {
        LOG.errorf(failure, "a POST from %s broke", call.remoteAddress());
        if (answered.compareAndSet(false, true)) {
            http.onLoop(() -> {
                HttpServerResponse response = http.response();
                if (!response.closed() && !response.ended()) {
                    response.setStatusCode(500).putHeader("Connection", "close").end();
                }
                http.done();
            });
        }
    }
}
