package org.homeward.gateway.listener;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.homeward.gateway.auth.Authenticator;
import org.homeward.gateway.cxf.CwmpEndpoint;
import org.homeward.gateway.session.Sessions;

/**
 * The listener that CPEs post to, in the same process as the REST listeners and apart from them: its own port, its own
 * bounds, its own authentication. It reads heads and bodies on event loops, within their bounds in size and time, and
 * hands whole POSTs to CXF on a worker thread.
 */
public final class CwmpListener implements AutoCloseable {

    private static final long GUARD_EVERY_MILLIS = 500;
    private static final Duration GLANCE = Duration.ofMillis(5);

    private final Vertx vertx;
    private final ListenerLimits limits;
    private final PostReader.Services services;
    private final Sessions sessions;
    private final Map<HttpConnection, ConnectionGuard> connections = new ConcurrentHashMap<>();
    private final AtomicLong opened = new AtomicLong();
    /** Tells this listener's connections from those of other gateways, and of an earlier life. */
    private final String name = Integer.toString(new SecureRandom().nextInt(Integer.MAX_VALUE), 36) + '-';

    private final HttpServer server;
    private final long guardTimer;

    /**
     * @param options host, port and TLS; the rest is set here
     * @param executor takes whole POSTs; never refuses
     */
    public CwmpListener(
            Vertx vertx,
            HttpServerOptions options,
            ListenerLimits limits,
            Duration retryAfter,
            Authenticator authenticator,
            Sessions sessions,
            CwmpEndpoint endpoint,
            Executor executor,
            MeterRegistry meters) {
        this.vertx = vertx;
        this.limits = limits;
        this.sessions = sessions;
        this.services = new PostReader.Services(
                limits, retryAfter, options.isSsl(), authenticator, sessions, endpoint, executor, meters);
        meters.gauge("homeward.cwmp.connections", connections, Map::size);
        this.server = vertx.createHttpServer(new HttpServerOptions(options)
                        .setAlpnVersions(List.of(HttpVersion.HTTP_1_1))
                        .setHttp2ClearTextEnabled(false)
                        .setHandle100ContinueAutomatically(true)
                        .setMaxHeaderSize(16 * 1024)
                        .setMaxInitialLineLength(4096)
                        .setTcpNoDelay(true)
                        // else every connection gets a handler for them
                        .setPerFrameWebSocketCompressionSupported(false)
                        .setPerMessageWebSocketCompressionSupported(false))
                .connectionHandler(this::connected)
                .requestHandler(this::requested);
        this.guardTimer = vertx.setPeriodic(GUARD_EVERY_MILLIS, timer -> guard());
    }

    /** Binds the port; returns when CPEs can come. */
    public CwmpListener start() {
        server.listen()
                .toCompletionStage()
                .toCompletableFuture()
                .orTimeout(10, TimeUnit.SECONDS)
                .join();
        return this;
    }

    /** The port that it listens on. */
    public int port() {
        return server.actualPort();
    }

    private void connected(HttpConnection connection) {
        if (connections.size() >= limits.connections()) {
            connection.close();
            return;
        }
        ConnectionGuard guard = new ConnectionGuard(connection, name + Long.toString(opened.incrementAndGet(), 36));
        guard.within(limits.headTime(), null);
        connections.put(connection, guard);
        connection.closeHandler(gone -> {
            connections.remove(connection);
            sessions.hungUp(guard.cpe());
        });
    }

    private void requested(HttpServerRequest request) {
        ConnectionGuard guard = connections.get(request.connection());
        if (guard == null) {
            request.connection().close();
            return;
        }
        new PostReader(services, request, guard, vertx.getOrCreateContext()).read();
    }

    private void guard() {
        long now = System.nanoTime();
        connections.values().forEach(guard -> guard.check(now));
    }

    /** Lets answers leave that are on their way; returns when they have, or when the time is over. */
    public void drain(Duration atMost) {
        long until = System.nanoTime() + atMost.toNanos();
        while (services.underway().get() > 0 && System.nanoTime() < until) {
            LockSupport.parkNanos(GLANCE.toNanos());
        }
    }

    /** Takes no more connections and closes those that are open. */
    @Override
    public void close() {
        vertx.cancelTimer(guardTimer);
        server.close()
                .toCompletionStage()
                .toCompletableFuture()
                .orTimeout(10, TimeUnit.SECONDS)
                .join();
    }
}
