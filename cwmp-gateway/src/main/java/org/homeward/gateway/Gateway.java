package org.homeward.gateway;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.homeward.contracts.Topic;
import org.homeward.contracts.device.DeviceCredentials;
import org.homeward.contracts.device.DeviceFacts;
import org.homeward.gateway.auth.Authenticator;
import org.homeward.gateway.auth.CredentialBook;
import org.homeward.gateway.cxf.CwmpEndpoint;
import org.homeward.gateway.listener.CwmpListener;
import org.homeward.gateway.listener.ListenerLimits;
import org.homeward.gateway.plan.inbox.PlanInbox;
import org.homeward.gateway.session.KnownDevices;
import org.homeward.gateway.session.SessionLimits;
import org.homeward.gateway.session.SessionNames;
import org.homeward.gateway.session.Sessions;
import org.homeward.gateway.session.events.KafkaSessionLog;
import org.homeward.gateway.soap.EnvelopeWriter;
import org.homeward.gateway.soap.SecretMask;
import org.homeward.kit.consumer.Consumers;
import org.homeward.kit.consumer.Delivery;
import org.homeward.kit.consumer.TailSpec;
import org.homeward.kit.events.EventFactory;
import org.homeward.kit.events.EventPublisher;
import org.homeward.kit.events.KafkaConfig;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** A gateway put together: listener, CXF endpoint, sessions, inbox for plans. Plain objects; no container. */
public final class Gateway implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(Gateway.class);
    private static final int SWEEP_MILLIS = 200;
    private static final Duration DRAIN = Duration.ofSeconds(2);

    private final Sessions sessions;
    private final PlanInbox inbox;
    private final CwmpEndpoint endpoint;
    private final CwmpListener listener;
    private final ExecutorService workers;
    private final ScheduledExecutorService timer;
    private final Authenticator authenticator;
    private final String remark;

    /**
     * What the gateway works with.
     *
     * @param listener host, port and TLS
     */
    public record Surroundings(
            Vertx vertx,
            HttpServerOptions listener,
            KafkaConfig kafka,
            EventPublisher publisher,
            Consumers consumers,
            KeyRing keys,
            MeterRegistry meters,
            Clock clock) {}

    public Gateway(GatewayConfig config, Surroundings around) {
        SessionNames names = new SessionNames(idOf(config));
        KeyRing keys = around.keys();
        this.remark =
                config.acsUrl().map(url -> " as " + url).orElse("") + (config.open() ? ", without credentials" : "");
        CredentialBook book = new CredentialBook(keys::acsPassword, keys::open, factoryOf(config), around.meters());
        KnownDevices known = new KnownDevices(book::has);
        EventFactory events = new EventFactory(around.clock(), "/cwmp-gateway/" + names.gateway());
        this.workers = Executors.newFixedThreadPool(
                config.workers() > 0
                        ? config.workers()
                        : 2 * Runtime.getRuntime().availableProcessors(),
                Thread.ofPlatform().name("cwmp-", 0).factory());
        this.sessions = new Sessions(
                names,
                new SessionLimits(
                        config.maxSessions(),
                        config.idleTimeout(),
                        config.longestIdle(),
                        config.planTimeout(),
                        config.latestPlan(),
                        config.traced().orElse(Set.of())),
                new KafkaSessionLog(around.publisher(), events),
                this::replyTo,
                known,
                new EnvelopeWriter(keys::open),
                keys::seal,
                SecretMask::mask,
                workers,
                around.meters(),
                around.clock());
        this.inbox = new PlanInbox(
                around.kafka(),
                around.consumers(),
                names.gateway(),
                config.longestIdle().plus(config.planTimeout()),
                around.clock(),
                sessions::deliver);
        this.timer = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name("cwmp-timer").daemon().factory());
        this.endpoint = new CwmpEndpoint(sessions, workers);
        CompletionStage<@Nullable Void> facts = around.consumers()
                .follow(TailSpec.fromBeginning("cwmp-devices", Topic.DEVICE_FACTS, news -> learn(known, news)))
                .caughtUp();
        if (!config.open()) {
            around.consumers()
                    .follow(TailSpec.fromBeginning(
                            "cwmp-credentials", Topic.DEVICE_CREDENTIALS, deliveries -> learn(book, deliveries)))
                    .caughtUp()
                    .runAfterBoth(facts, book::complete);
        }
        this.authenticator = new Authenticator(
                new Authenticator.Policy(config.open(), config.tls(), config.allowBasic()),
                book,
                keys.nonceKey(),
                around.meters(),
                around.clock());
        this.listener = new CwmpListener(
                around.vertx(),
                around.listener(),
                new ListenerLimits(
                        (int) config.maxBody().asLongValue(),
                        config.maxBodies().asLongValue(),
                        config.bodyTimeout(),
                        config.headTimeout(),
                        config.maxConnections()),
                config.retryAfter(),
                authenticator,
                sessions,
                endpoint,
                workers,
                around.meters());
    }

    private OptionalInt replyTo() {
        return inbox.partition();
    }

    /** The id that is configured, or made from the host's name. */
    private static String idOf(GatewayConfig config) {
        return config.gatewayId().orElseGet(() -> {
            try {
                String host = InetAddress.getLocalHost().getHostName().replaceAll("[^A-Za-z0-9_-]", "-");
                return host.substring(0, Math.min(24, host.length()));
            } catch (UnknownHostException e) {
                LOG.debugf(e, "this host has no name");
                return "gateway";
            }
        });
    }

    private static CredentialBook.@Nullable Factory factoryOf(GatewayConfig config) {
        return config.factoryUsername()
                .map(name -> new CredentialBook.Factory(
                        name, config.factoryPassword().orElse("")))
                .orElse(null);
    }

    private static void learn(CredentialBook book, List<Delivery> deliveries) {
        for (Delivery delivery : deliveries) {
            switch (delivery) {
                case Delivery.Arrived arrived -> {
                    if (arrived.event().data() instanceof DeviceCredentials credentials) {
                        book.registered(arrived.key(), credentials);
                    }
                }
                case Delivery.Withdrawn withdrawn -> book.withdrawn(withdrawn.key());
            }
        }
    }

    private static void learn(KnownDevices known, List<Delivery> deliveries) {
        for (Delivery delivery : deliveries) {
            switch (delivery) {
                case Delivery.Arrived arrived -> {
                    if (arrived.event().data() instanceof DeviceFacts facts) {
                        known.learned(arrived.key(), facts);
                    }
                }
                case Delivery.Withdrawn withdrawn -> known.forgotten(withdrawn.key());
            }
        }
    }

    /** Begins: asks for a partition, binds the port. */
    public Gateway start() {
        inbox.start();
        listener.start();
        timer.scheduleAtFixedRate(this::sweep, SWEEP_MILLIS, SWEEP_MILLIS, TimeUnit.MILLISECONDS);
        LOG.infof("CPEs are served on port %d%s", listener.port(), remark);
        return this;
    }

    private void sweep() {
        try {
            sessions.sweep();
        } catch (RuntimeException e) {
            // an exception would end the timer, and with it every timeout
            LOG.error("looking for overdue sessions", e);
        }
    }

    public int port() {
        return listener.port();
    }

    public Sessions sessions() {
        return sessions;
    }

    /** Whether plans can come back. */
    public boolean hasPartition() {
        return inbox.partition().isPresent();
    }

    /** Whether credentials can be judged. */
    public boolean knowsCredentials() {
        return authenticator.isReady();
    }

    /** Ends all sessions in order, then lets go of port and partition. */
    @Override
    public void close() {
        sessions.stop();
        timer.shutdown();
        listener.drain(DRAIN);
        listener.close();
        inbox.close();
        endpoint.close();
        finishTranscripts();
    }

    private void finishTranscripts() {
        workers.shutdown();
        try {
            if (!workers.awaitTermination(DRAIN.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("transcripts of the last sessions are lost: packing them took too long");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
