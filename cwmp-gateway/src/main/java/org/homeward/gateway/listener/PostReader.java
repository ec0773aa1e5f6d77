package org.homeward.gateway.listener;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.homeward.contracts.TenantId;
import org.homeward.gateway.auth.Authenticator;
import org.homeward.gateway.auth.ClientCertificate;
import org.homeward.gateway.auth.Principal;
import org.homeward.gateway.auth.Verdict;
import org.homeward.gateway.cxf.CwmpEndpoint;
import org.homeward.gateway.session.Answer;
import org.homeward.gateway.session.CpeCall;
import org.homeward.gateway.session.Reply;
import org.homeward.gateway.session.Sessions;
import org.jspecify.annotations.Nullable;

/**
 * Reads one POST on its event loop: judges its head, then collects its body within the bounds, then hands the whole on.
 * What is refused by its head or on the way is not kept: the rest of its body is let run into the void for a short
 * while, so that the CPE reads the answer before the connection goes.
 */
final class PostReader implements HttpExchange.Http {

    private static final Duration LET_IT_RUN = Duration.ofSeconds(5);

    private final Services services;
    private final HttpServerRequest request;
    private final ConnectionGuard guard;
    private final Context context;

    private Buffer body = Buffer.buffer();
    private long counted;
    private boolean handedOn;
    private boolean refused;
    private boolean done;
    private Authenticator.@Nullable Origin origin;

    /** What all readers of a listener share. */
    record Services(
            ListenerLimits limits,
            Duration retryAfter,
            boolean secure,
            Authenticator authenticator,
            Sessions sessions,
            CwmpEndpoint endpoint,
            Executor executor,
            MeterRegistry meters,
            AtomicLong bodies,
            AtomicInteger underway) {

        Services(
                ListenerLimits limits,
                Duration retryAfter,
                boolean secure,
                Authenticator authenticator,
                Sessions sessions,
                CwmpEndpoint endpoint,
                Executor executor,
                MeterRegistry meters) {
            this(
                    limits,
                    retryAfter,
                    secure,
                    authenticator,
                    sessions,
                    endpoint,
                    executor,
                    meters,
                    new AtomicLong(),
                    new AtomicInteger());
        }
    }

    PostReader(Services services, HttpServerRequest request, ConnectionGuard guard, Context context) {
        this.services = services;
        this.request = request;
        this.guard = guard;
        this.context = context;
    }

    void read() {
        guard.within(services.limits().bodyTime(), () -> onLoop(() -> refuse(408, "too slow")));
        // the connection broke: nobody is there to be answered
        request.exceptionHandler(broken -> done());
        request.response().exceptionHandler(broken -> done());
        request.response().closeHandler(gone -> done());
        TenantId tenant = CwmpPath.tenant(request.path());
        if (tenant == null) {
            refuse(404, "");
        } else if (request.method() != HttpMethod.POST) {
            request.response().putHeader("Allow", "POST");
            refuse(405, "");
        } else if (contentLength() > services.limits().body()) {
            refuse(413, "too large");
        } else {
            admit(tenant);
        }
    }

    private void admit(TenantId tenant) {
        if (!services.authenticator().isReady()) {
            request.response()
                    .putHeader("Retry-After", String.valueOf(retryAfter().toSeconds()));
            refuse(503, "starting");
            return;
        }
        String address = request.remoteAddress().hostAddress();
        Authenticator.Origin from = new Authenticator.Origin(tenant, guard.name(), address);
        origin = from;
        Principal certified = certified(tenant);
        Verdict verdict = certified == null
                ? services.authenticator().check(request.getHeader("Authorization"), from)
                : new Verdict.Proven(certified);
        Principal principal = verdict instanceof Verdict.Proven proven ? proven.principal() : null;
        CpeCall call = new CpeCall(
                tenant, principal, SessionCookie.find(request.headers().getAll("Cookie")), address, guard.cpe());
        boolean welcome = switch (verdict) {
            case Verdict.Proven proven -> true;
            // the session that it belongs to was opened with credentials
            case Verdict.Missing missing -> services.sessions().isWithinSession(call);
            case Verdict.Stale stale -> false;
            case Verdict.Wrong wrong -> false;
        };
        if (!welcome) {
            services.meters().counter("homeward.cwmp.auth.challenged").increment();
            request.response()
                    .putHeader(
                            "WWW-Authenticate",
                            services.authenticator().challenges(from, verdict instanceof Verdict.Stale));
            refuse(401, "");
            return;
        }
        request.handler(this::collect);
        request.endHandler(end -> handOn(call));
    }

    /** Whom the certificate of the connection proves; null where there is none, or none that names a device. */
    private @Nullable Principal certified(TenantId tenant) {
        SSLSession session = services.secure() ? request.sslSession() : null;
        if (session == null) {
            return null;
        }
        try {
            return session.getPeerCertificates()[0] instanceof X509Certificate certificate
                    ? ClientCertificate.principal(certificate, tenant)
                    : null;
        } catch (SSLPeerUnverifiedException e) {
            // the CPE has shown none
            return null;
        }
    }

    private void collect(Buffer piece) {
        if (refused) {
            return;
        }
        if (body.length() + piece.length() > services.limits().body()) {
            refuse(413, "too large");
        } else if (services.bodies().addAndGet(piece.length())
                > services.limits().bodies()) {
            services.bodies().addAndGet(-piece.length());
            request.response()
                    .putHeader("Retry-After", String.valueOf(retryAfter().toSeconds()));
            refuse(503, "busy");
        } else {
            counted += piece.length();
            body.appendBuffer(piece);
        }
    }

    private void handOn(CpeCall call) {
        if (refused) {
            return;
        }
        guard.noHurry();
        handedOn = true;
        services.underway().incrementAndGet();
        byte[] whole = body.getBytes();
        body = Buffer.buffer();
        services.executor().execute(() -> inflateAndHandle(call, whole));
    }

    private void inflateAndHandle(CpeCall call, byte[] whole) {
        String coding = request.getHeader("Content-Encoding");
        switch (ContentCoding.undo(coding, whole, services.limits().body())) {
            case ContentCoding.Plain plain -> handle(new HttpExchange(call, plain.body(), this));
            case ContentCoding.TooLarge large -> onLoop(() -> refuse(413, "too large"));
            case ContentCoding.Broken broken -> onLoop(() -> refuse(400, "the body is not " + coding));
            case ContentCoding.Unknown unknown -> onLoop(() -> refuse(415, "Content-Encoding"));
        }
    }

    private void handle(HttpExchange exchange) {
        try {
            Reply away =
                    exchange.body().length == 0 ? null : services.sessions().turnAway(exchange.call(), exchange.body());
            if (away == null) {
                services.endpoint().receive(exchange);
            } else {
                exchange.respond(new Answer(away, null), new byte[0]);
            }
        } catch (RuntimeException e) {
            exchange.fail(e);
        }
    }

    /** Answers without having read all; on the event loop. */
    private void refuse(int status, String why) {
        if (refused || done) {
            return;
        }
        refused = true;
        services.meters()
                .counter("homeward.cwmp.refused", "status", String.valueOf(status))
                .increment();
        release();
        HttpServerResponse response = request.response();
        if (response.closed() || response.ended()) {
            return;
        }
        boolean keep = status == 401 && isSmall();
        response.setStatusCode(status);
        if (!keep) {
            response.putHeader("Connection", "close");
        }
        if (keep) {
            // the CPE repeats the request on this connection (TR-069 3.4.4), once its body has run out
            request.handler(piece -> {});
            request.endHandler(end -> {
                response.end();
                done();
            });
            if (request.isEnded()) {
                response.end();
                done();
            }
            return;
        }
        response.end(why);
        if (handedOn) {
            // the body has been read: nothing runs out any more
            done();
            guard.close();
            return;
        }
        request.handler(piece -> {});
        request.endHandler(end -> guard.close());
        if (status == 408 || request.isEnded()) {
            guard.close();
        } else {
            guard.within(LET_IT_RUN, null);
        }
    }

    private boolean isSmall() {
        return contentLength() <= services.limits().body();
    }

    private long contentLength() {
        String length = request.getHeader("Content-Length");
        try {
            return length == null ? 0 : Long.parseLong(length.strip());
        } catch (NumberFormatException e) {
            return Long.MAX_VALUE;
        }
    }

    private void release() {
        services.bodies().addAndGet(-counted);
        counted = 0;
        body = Buffer.buffer();
    }

    // --- what the exchange needs -------------------------------------------------------------------------------

    @Override
    public HttpServerResponse response() {
        return request.response();
    }

    @Override
    public void onLoop(Runnable task) {
        context.runOnContext(now -> task.run());
    }

    @Override
    public List<String> challenges() {
        Authenticator.Origin from = origin;
        return from == null ? List.of() : services.authenticator().challenges(from, false);
    }

    @Override
    public boolean secure() {
        return services.secure();
    }

    @Override
    public Duration retryAfter() {
        return services.retryAfter();
    }

    @Override
    public void done() {
        if (!done) {
            done = true;
            if (handedOn) {
                services.underway().decrementAndGet();
            }
            release();
            guard.within(services.limits().headTime(), null);
        }
    }
}
