package org.homeward.gateway.session;

import io.micrometer.core.instrument.MeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.homeward.contracts.DeviceKey;
import org.homeward.contracts.Event;
import org.homeward.contracts.SessionId;
import org.homeward.contracts.plan.GatewayCommand;
import org.homeward.contracts.plan.GatewayCommand.EndSession;
import org.homeward.contracts.plan.GatewayCommand.SessionPlan;
import org.homeward.contracts.plan.Step;
import org.homeward.contracts.rpc.ParameterValue;
import org.homeward.contracts.session.SessionEvent;
import org.homeward.contracts.session.SessionEvent.PlanRefused;
import org.homeward.contracts.session.SessionEvent.SessionClosed.Reason;
import org.homeward.gateway.auth.Principal;
import org.homeward.gateway.session.SessionMeters.Oddity;
import org.homeward.gateway.session.SessionMeters.Unavailable;
import org.homeward.gateway.soap.AcsResponse;
import org.homeward.gateway.soap.CpeMessage;
import org.homeward.gateway.soap.EnvelopeFacts;
import org.homeward.gateway.soap.EnvelopeHead;
import org.homeward.gateway.soap.EnvelopeWriter;
import org.homeward.gateway.soap.Reading;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The open sessions of this gateway, by cookie, device and id. What a CPE posts comes in here and goes to its session;
 * so do the plans. Bounded: past the limits the answer is 503, quickly.
 */
public final class Sessions {

    private static final Logger LOG = Logger.getLogger(Sessions.class);

    /** Methods that CPEs may call on us (TR-069 A.3.1.1). */
    private static final List<String> SERVED = List.of(
            "Inform",
            "GetRPCMethods",
            "TransferComplete",
            "AutonomousTransferComplete",
            "DUStateChangeComplete",
            "AutonomousDUStateChangeComplete");

    private final SessionNames names;
    private final SessionLimits limits;
    private final SessionServices services;
    private final SessionMeters meters;
    private final Supplier<OptionalInt> replyTo;
    private final KnownDevices known;

    private final OpenSessions sessions;
    private volatile boolean stopping;

    /**
     * @param replyTo partition of the plans topic that this gateway reads, as long as it has one
     * @param cipher seals secrets for the events
     * @param mask takes the secrets out of an envelope
     * @param aside does what no CPE should wait for
     */
    public Sessions(
            SessionNames names,
            SessionLimits limits,
            SessionLog log,
            Supplier<OptionalInt> replyTo,
            KnownDevices known,
            EnvelopeWriter writer,
            UnaryOperator<String> cipher,
            UnaryOperator<String> mask,
            Executor aside,
            MeterRegistry registry,
            Clock clock) {
        this.names = names;
        this.limits = limits;
        this.replyTo = replyTo;
        this.known = known;
        this.meters = new SessionMeters(registry);
        this.sessions = new OpenSessions(meters);
        PlanLag lag = new PlanLag(limits.latestPlan());
        this.services = new SessionServices(
                log, writer, new Sealing(cipher), mask, aside, meters, lag, clock, limits.planTimeout());
        meters.gauges(sessions::count, lag::average);
    }

    // --- what CPEs say -----------------------------------------------------------------------------------------

    /**
     * Whether it is worth reading this POST at all; empty when it is. Asked before anything is parsed.
     *
     * @param body as it came
     */
    public @Nullable Reply turnAway(CpeCall call, byte[] body) {
        if (sessions.of(call) != null) {
            return null;
        }
        if (stopping) {
            return unavailable(Unavailable.STOPPING, "the ACS is stopping");
        }
        if (!services.log().isAvailable()) {
            return unavailable(Unavailable.BROKER_AWAY, "the broker is away");
        }
        if (replyTo.get().isEmpty()) {
            return unavailable(Unavailable.NO_PARTITION, "no way for plans to come back yet");
        }
        if (sessions.count() >= limits.most()) {
            return unavailable(Unavailable.TOO_MANY_SESSIONS, "too many sessions are open");
        }
        if (!services.lag().admits(body, services.now())) {
            return unavailable(Unavailable.PLANS_TOO_LATE, "the ACS is behind");
        }
        return null;
    }

    private Reply unavailable(Unavailable why, String text) {
        meters.unavailable(why);
        return new Reply.Unavailable(text);
    }

    /** A POST without a body. */
    public CompletionStage<Answer> receiveEmpty(CpeCall call) {
        CpeSession session = sessions.of(call);
        if (session == null) {
            // credentials are asked for before this; whoever needs none has nothing to hear from us
            meters.oddity(Oddity.NO_SESSION);
            return answer(new Reply.NoContent());
        }
        session.heard("", "");
        return session.emptyPost(call.connection()).thenApply(Answer::of);
    }

    /** A POST with an envelope, or with what should be one. @param body as it came, UTF-8 or what its prolog says */
    public CompletionStage<Answer> receive(CpeCall call, Reading reading, byte[] body) {
        return switch (reading) {
            case Reading.Read read -> {
                if (read.repaired()) {
                    meters.oddity(Oddity.MENDED_XML);
                }
                yield receive(call, read.facts(), read.message(), text(body));
            }
            case Reading.Unreadable unreadable -> answer(refuse(call, unreadable, text(body)));
        };
    }

    private CompletionStage<Answer> receive(CpeCall call, EnvelopeFacts facts, CpeMessage message, String xml) {
        if (message instanceof CpeMessage.Inform inform) {
            return inform(call, facts, inform, xml);
        }
        CpeSession session = sessions.of(call);
        if (session == null) {
            meters.oddity(message instanceof CpeMessage.RpcResponse ? Oddity.ANSWER_TO_NOTHING : Oddity.NO_SESSION);
            return answer(new Reply.Rejected("no session: begin with an Inform"));
        }
        session.heard(nameOf(message), xml);
        SessionId id = session.opening().id();
        CompletionStage<Reply> reply = switch (message) {
            case CpeMessage.Inform handled -> throw new IllegalStateException("handled above");
            case CpeMessage.TransferComplete done ->
                session.asked(
                        new SessionEvent.TransferCompleted(
                                id,
                                done.commandKey(),
                                done.faultCode(),
                                done.faultText(),
                                done.startTime(),
                                done.completeTime()),
                        respond(facts, new AcsResponse.TransferCompleteResponse()));
            case CpeMessage.AutonomousTransferComplete done ->
                session.asked(
                        new SessionEvent.AutonomousTransferCompleted(
                                id,
                                done.announceUrl(),
                                done.transferUrl(),
                                done.download(),
                                done.fileType(),
                                done.fileSize(),
                                done.targetFileName(),
                                done.faultCode(),
                                done.faultText(),
                                done.startTime(),
                                done.completeTime()),
                        respond(facts, new AcsResponse.AutonomousTransferCompleteResponse()));
            case CpeMessage.DUStateChangeComplete done ->
                session.asked(
                        new SessionEvent.DUStateChangeCompleted(id, done.commandKey(), done.results()),
                        respond(facts, new AcsResponse.DUStateChangeCompleteResponse()));
            case CpeMessage.AutonomousDUStateChangeComplete done ->
                session.asked(
                        new SessionEvent.AutonomousDUStateChangeCompleted(id, done.results()),
                        respond(facts, new AcsResponse.AutonomousDUStateChangeCompleteResponse()));
            case CpeMessage.GetRPCMethods asks ->
                session.asked(null, respond(facts, new AcsResponse.GetRPCMethodsResponse(SERVED)));
            case CpeMessage.OtherRequest other -> {
                meters.oddity(Oddity.UNKNOWN_METHOD);
                yield session.asked(null, respond(facts, new AcsResponse.Fault(8000, "method not supported")));
            }
            case CpeMessage.RpcResponse response ->
                session.answered(call.connection(), response.method(), facts.id(), response.result());
            case CpeMessage.Fault fault -> session.answered(call.connection(), "Fault", facts.id(), fault.fault());
        };
        return reply.thenApply(Answer::of);
    }

    private static String nameOf(CpeMessage message) {
        return switch (message) {
            case CpeMessage.RpcResponse response -> response.method() + "Response";
            case CpeMessage.OtherRequest other -> other.method();
            case CpeMessage.Inform rest -> rest.method();
            case CpeMessage.TransferComplete rest -> rest.method();
            case CpeMessage.AutonomousTransferComplete rest -> rest.method();
            case CpeMessage.DUStateChangeComplete rest -> rest.method();
            case CpeMessage.AutonomousDUStateChangeComplete rest -> rest.method();
            case CpeMessage.GetRPCMethods rest -> rest.method();
            case CpeMessage.Fault rest -> rest.method();
        };
    }

    private CompletionStage<Answer> inform(CpeCall call, EnvelopeFacts facts, CpeMessage.Inform inform, String xml) {
        DeviceKey key = new DeviceKey(call.tenant(), inform.device().deviceId());
        CpeSession within = sessions.of(call);
        Principal principal = principalOf(call, within);
        boolean bootstrap = inform.events().stream().anyMatch(event -> event.is("0 BOOTSTRAP"));
        if (principal == null || !principal.mayOpen(key, known.mayBeFresh(key, bootstrap))) {
            meters.oddity(Oddity.FOREIGN_CREDENTIALS);
            LOG.warnf(
                    "%s from %s claims to be %s: refused",
                    principal == null ? "nobody" : principal.authentication().username(), call.remoteAddress(), key);
            return answer(new Reply.NotAuthorized("these credentials are not this device's"));
        }
        OptionalInt partition = replyTo.get();
        if (partition.isEmpty()) {
            return answer(unavailable(Unavailable.NO_PARTITION, "no way for plans to come back yet"));
        }
        if (within != null) {
            meters.oddity(Oddity.SECOND_INFORM);
        }
        CpeSession session = open(call, key, principal, facts, bootstrap || inform.retryCount() > 0);
        session.heard("Inform", xml);
        return session.greet(
                        informReceived(session.opening(), partition.getAsInt(), inform),
                        respond(facts, new AcsResponse.InformResponse()))
                .thenApply(reply -> new Answer(
                        reply,
                        reply instanceof Reply.Envelope ? session.opening().cookie() : null));
    }

    /** In a session that is open, its credentials hold for an Inform that brings none. */
    private static @Nullable Principal principalOf(CpeCall call, @Nullable CpeSession within) {
        Principal own = call.principal();
        return own != null || within == null ? own : within.opening().principal();
    }

    private CpeSession open(CpeCall call, DeviceKey key, Principal principal, EnvelopeFacts facts, boolean returns) {
        Integer timeout = facts.sessionTimeout();
        Opening opening = new Opening(
                names.id(),
                names.cookie(),
                key,
                principal,
                call.remoteAddress(),
                facts.namespace(),
                services.now(),
                timeout == null ? limits.idle() : limits.idleFor(timeout),
                returns);
        boolean traced = limits.traced().contains(key.device().toString()) || known.isTraced(key);
        CpeSession session = new CpeSession(opening, services, traced, sessions::remove);
        sessions.add(session, call.connection());
        return session;
    }

    private SessionEvent.InformReceived informReceived(Opening opening, int partition, CpeMessage.Inform inform) {
        List<ParameterValue> sealed = services.sealing().seal(inform.parameters());
        List<ParameterValue> kept = ResultParts.first(sealed);
        if (kept.size() < sealed.size()) {
            meters.oddity(Oddity.CUT_INFORM);
            LOG.warnf(
                    "the Inform of %s is too large: %d of its %d parameters left out",
                    opening.key(), sealed.size() - kept.size(), sealed.size());
        }
        return new SessionEvent.InformReceived(
                opening.id(),
                names.gateway(),
                partition,
                opening.startedAt().plus(limits.planTimeout()),
                inform.device(),
                inform.events(),
                kept,
                inform.currentTime(),
                inform.retryCount(),
                opening.namespace(),
                opening.remoteAddress(),
                opening.principal().authentication());
    }

    private Reply refuse(CpeCall call, Reading.Unreadable unreadable, String xml) {
        meters.oddity(Oddity.UNREADABLE);
        LOG.debugf("unreadable from %s: %s", call.remoteAddress(), unreadable.explain());
        EnvelopeFacts facts = unreadable.facts();
        // a CPE understands a fault if what it sent was an envelope; to anything else only HTTP can answer
        Reply reply = facts.equals(EnvelopeFacts.unknown())
                ? new Reply.Rejected(unreadable.explain())
                : respond(facts, new AcsResponse.Fault(unreadable.faultCode(), unreadable.explain()));
        CpeSession session = sessions.of(call);
        if (session != null) {
            session.heard("", xml);
            session.unreadable(reply, unreadable.explain());
        }
        return reply;
    }

    private Reply.Envelope respond(EnvelopeFacts facts, AcsResponse response) {
        return new Reply.Envelope(
                response.getClass().getSimpleName(),
                services.writer().response(EnvelopeHead.answering(facts), response));
    }

    private static CompletionStage<Answer> answer(Reply reply) {
        return CompletableFuture.completedStage(Answer.of(reply));
    }

    private static String text(byte[] body) {
        return new String(body, StandardCharsets.UTF_8);
    }

    // --- whose POST it is --------------------------------------------------------------------------------------

    /** Whether this POST belongs to an open session, so that it needs no credentials of its own. */
    public boolean isWithinSession(CpeCall call) {
        return sessions.of(call) != null;
    }

    /** The connection is gone; the CPE may go on over another. */
    public void hungUp(CpeConnection connection) {
        CpeSession session = connection.session();
        if (session != null) {
            session.hungUp(connection);
        }
    }

    // --- what the brain says -----------------------------------------------------------------------------------

    /** A command of the brain came in; those for sessions of other gateways are passed over. */
    public void deliver(Event<? extends GatewayCommand> event) {
        CpeSession session = sessions.of(event.data().session());
        switch (event.data()) {
            case SessionPlan plan -> {
                if (session == null ? names.isOurs(plan.session()) : !session.offer(plan)) {
                    refuse(event.key(), plan);
                }
            }
            case EndSession end -> {
                if (session != null) {
                    session.dismiss(end.why());
                }
            }
        }
    }

    private void refuse(DeviceKey key, SessionPlan plan) {
        meters.latePlan();
        services.log()
                .publish(
                        key,
                        new PlanRefused(
                                plan.session(),
                                plan.plan(),
                                plan.steps().stream().map(Step::command).toList(),
                                "the session has ended"));
    }

    // --- what time says ----------------------------------------------------------------------------------------

    /** Ends what has waited too long; to be called a few times a second. */
    public void sweep() {
        Instant now = services.now();
        sessions.all().forEach(session -> session.tick(now));
    }

    /** Ends all sessions in order and opens no more. */
    public void stop() {
        stopping = true;
        sessions.all().forEach(session -> session.end(Ending.of(Reason.SHUT_DOWN)));
    }

    public int open() {
        return sessions.count();
    }
}
