package org.homeward.gateway.session;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.homeward.contracts.PlanId;
import org.homeward.contracts.plan.GatewayCommand.SessionPlan;
import org.homeward.contracts.plan.Step;
import org.homeward.contracts.rpc.RpcResult;
import org.homeward.contracts.session.SessionEvent;
import org.homeward.contracts.session.SessionEvent.PlanRefused;
import org.homeward.contracts.session.SessionEvent.RpcDispatched;
import org.homeward.contracts.session.SessionEvent.SessionClosed;
import org.homeward.contracts.session.SessionEvent.SessionClosed.Reason;
import org.homeward.gateway.plan.PlanPlayer;
import org.homeward.gateway.plan.PlanPlayer.Progress;
import org.homeward.gateway.session.SessionMeters.Oddity;
import org.homeward.gateway.session.SessionState.Announcing;
import org.homeward.gateway.session.SessionState.Asking;
import org.homeward.gateway.session.SessionState.Ended;
import org.homeward.gateway.session.SessionState.Greeting;
import org.homeward.gateway.session.SessionState.Listening;
import org.homeward.gateway.session.SessionState.Settling;
import org.homeward.gateway.session.SessionState.Waiting;
import org.homeward.gateway.soap.EnvelopeHead;
import org.homeward.gateway.soap.Rendering;
import org.jspecify.annotations.Nullable;

/**
 * One CWMP session. Its {@link SessionState} says what is legal; this does what follows from it: answers the POST that
 * waits, publishes what happened, plays plans. No thread waits in here: a POST whose answer is not there yet is a
 * future. Everything runs under the session's own lock, and nothing under it blocks.
 */
final class CpeSession {

    private static final int MOST_REPEATS = 8;
    private static final int NOT_SENDABLE = 9003;

    private final Opening opening;
    private final SessionServices services;
    private final Consumer<CpeSession> onEnd;
    private final RpcReport report;
    private final Transcript transcript;

    private SessionState state = new Greeting();
    private final HeldPost held = new HeldPost();
    private final Deque<SessionPlan> plans = new ArrayDeque<>(2);
    private final Set<PlanId> seen = new HashSet<>(2);
    private boolean lastPlan;
    /** Whether it counts among those that wait for their first plan. */
    private boolean unplanned = true;

    private @Nullable Ending dismissal;
    private @Nullable String lastAnswered;
    private Instant lastSign;
    private boolean cookieReturned;
    private boolean cpeAsked;
    private boolean traced;
    /** Whether the RPC that is asked has left: nobody may have been there to take it. */
    private boolean sent;

    private int rpcs;
    private int underway;
    private boolean logFailed;

    CpeSession(Opening opening, SessionServices services, boolean traced, Consumer<CpeSession> onEnd) {
        this.opening = opening;
        this.services = services;
        this.traced = traced;
        this.onEnd = onEnd;
        this.lastSign = opening.startedAt();
        this.report = new RpcReport(opening.id(), services.sealing(), services.meters());
        this.transcript = new Transcript(
                opening.id(),
                opening.startedAt(),
                services.mask(),
                services.aside(),
                part -> services.log().publish(opening.key(), part));
        services.lag().awaited();
    }

    Opening opening() {
        return opening;
    }

    synchronized boolean isEnded() {
        return state instanceof Ended;
    }

    synchronized void cookieReturned() {
        cookieReturned = true;
    }

    synchronized boolean hasReturnedCookie() {
        return cookieReturned;
    }

    // --- what the CPE says -------------------------------------------------------------------------------------

    synchronized void heard(String method, String xml) {
        lastSign = services.now();
        boolean mayTell = state instanceof Asking asking
                && FaultTexts.sendsSecret(asking.player().rpc())
                && (method.equals("Fault") || method.isEmpty() && !xml.isEmpty());
        transcript.heard(lastSign, method, mayTell ? FaultTexts.WITHHELD : xml);
    }

    /** Publishes the Inform; the stage completes when the InformResponse may leave, or may not. */
    synchronized CompletionStage<Reply> greet(SessionEvent.InformReceived inform, Reply.Envelope response) {
        CompletableFuture<Reply> answer = new CompletableFuture<>();
        publish(
                inform,
                () -> {
                    if (state instanceof Greeting greeting) {
                        state = greeting.greeted();
                        services.meters().informDurable(Duration.between(opening.startedAt(), services.now()));
                        say(answer, response);
                    } else {
                        answer.complete(new Reply.NoContent());
                    }
                },
                failed -> fail(answer, failed));
        return answer;
    }

    /** A request of the CPE's own; its response leaves when the event is durable. */
    synchronized CompletionStage<Reply> asked(@Nullable SessionEvent event, Reply.Envelope response) {
        cpeAsked = true;
        CompletableFuture<Reply> answer = new CompletableFuture<>();
        if (event == null) {
            say(answer, response);
        } else {
            publish(event, () -> say(answer, response), failed -> fail(answer, failed));
        }
        return answer;
    }

    private void fail(CompletableFuture<Reply> answer, Ending failed) {
        end(failed);
        answer.complete(failed.farewell());
    }

    /** The CPE has no more requests, or wants to hear the last thing again. */
    synchronized CompletionStage<Reply> emptyPost(CpeConnection connection) {
        return switch (state) {
            case Greeting greeting -> reject("the Inform is not answered yet");
            case Listening listening -> {
                CompletionStage<Reply> answer = held.hold(connection);
                speak(Optional.empty());
                yield answer;
            }
            case Asking asking -> {
                services.meters().oddity(Oddity.EMPTY_POST_INSTEAD_OF_ANSWER);
                yield repeat(asking, connection);
            }
            case Waiting waiting -> held.hold(connection);
            case Announcing announcing -> held.hold(connection);
            case Settling settling -> held.hold(connection);
            case Ended ended -> CompletableFuture.completedStage(ended.ending().farewell());
        };
    }

    /** The CPE answered an RPC. @param method the RPC's name, {@code Fault} for a fault. @param id null for none */
    synchronized CompletionStage<Reply> answered(
            CpeConnection connection, String method, @Nullable String id, RpcResult result) {
        return switch (state) {
            case Asking asking
            when isAnswerTo(asking, method, id) -> {
                lastAnswered = asking.id();
                CompletionStage<Reply> answer = held.hold(connection);
                Progress progress = asking.player()
                        .answered(FaultTexts.withoutSecrets(asking.player().rpc(), result));
                long millis = Duration.between(asking.sentAt(), services.now()).toMillis();
                publishAll(report.of(asking.player(), asking.sequence(), progress.completed(), millis));
                speak(progress.next());
                yield answer;
            }
            case Asking asking -> {
                services.meters().oddity(Oddity.WRONG_ID);
                yield repeat(asking, connection);
            }
            // the connection broke while the CPE waited for what comes after its answer: it says it again
            case Waiting waiting when isRepeatedAnswer(id) -> held.hold(connection);
            case Announcing announcing when isRepeatedAnswer(id) -> held.hold(connection);
            case Settling settling when isRepeatedAnswer(id) -> held.hold(connection);
            case Listening listening
            when isRepeatedAnswer(id) -> {
                CompletionStage<Reply> answer = held.hold(connection);
                speak(Optional.empty());
                yield answer;
            }
            case Greeting greeting -> answerToNothing(connection);
            case Listening listening -> answerToNothing(connection);
            case Waiting waiting -> answerToNothing(connection);
            case Announcing announcing -> answerToNothing(connection);
            case Settling settling -> answerToNothing(connection);
            case Ended ended -> CompletableFuture.completedStage(ended.ending().farewell());
        };
    }

    private static boolean isAnswerTo(Asking asking, String method, @Nullable String id) {
        return (id == null || id.isEmpty() || id.equals(asking.id()))
                && (method.equals("Fault")
                        || method.equals(asking.player().rpc().method()));
    }

    private boolean isRepeatedAnswer(@Nullable String id) {
        return id != null && id.equals(lastAnswered);
    }

    private CompletionStage<Reply> answerToNothing(CpeConnection connection) {
        services.meters().oddity(Oddity.ANSWER_TO_NOTHING);
        CompletionStage<Reply> answer = held.hold(connection);
        end(new Ending(Reason.PROTOCOL_ERROR, "an answer, but nothing was asked"));
        return answer;
    }

    /** The CPE sent what nobody can read; the session ends. @param reply what it is told */
    synchronized Reply unreadable(Reply reply, String why) {
        if (reply instanceof Reply.Envelope envelope) {
            transcript.said(services.now(), envelope.method(), envelope.xml());
        }
        end(new Ending(Reason.PROTOCOL_ERROR, why));
        return reply;
    }

    /** The connection is gone; if our answer was to leave on it, the CPE may come back for it on another. */
    synchronized void hungUp(CpeConnection connection) {
        if (held.isLostWith(connection) && state instanceof Waiting waiting) {
            state = waiting.hungUp();
        }
    }

    // --- what the brain says -----------------------------------------------------------------------------------

    /** Takes a plan; false when this session can't play it any more. */
    synchronized boolean offer(SessionPlan plan) {
        if (state instanceof Ended || state instanceof Settling) {
            return false;
        }
        measureLag(services.now()).ifPresent(services.meters()::planWait);
        if (seen.add(plan.plan())) {
            plans.add(plan);
            if (state instanceof Waiting) {
                speak(Optional.empty());
            }
        }
        return true;
    }

    /** How late the first plan is, told once. */
    private Optional<Duration> measureLag(Instant now) {
        if (!unplanned) {
            return Optional.empty();
        }
        unplanned = false;
        Duration lag = Duration.between(opening.startedAt(), now);
        services.lag().measured(lag, now);
        return Optional.of(lag);
    }

    /** Ends at the next opportunity, without another RPC. */
    synchronized void dismiss(String why) {
        dismissal = new Ending(Reason.SUPERSEDED, why);
        if (state instanceof Waiting) {
            speak(Optional.empty());
        }
    }

    // --- what time says ----------------------------------------------------------------------------------------

    /** Ends what has waited too long. */
    synchronized void tick(Instant now) {
        if (state instanceof Waiting waiting && hasCome(waiting.until(), now)) {
            measureLag(now);
            settle(
                    opening.returns()
                            ? Ending.comeAgain(Reason.NO_PLAN, "the ACS is late; come again")
                            : Ending.of(Reason.NO_PLAN));
        } else if (!(state instanceof Waiting) && now.isAfter(lastSign.plus(opening.idle()))) {
            end(Ending.of(Reason.TIMED_OUT));
        }
    }

    /** Also when it is much further ahead than anybody waits: the clock was set back. */
    private boolean hasCome(Instant until, Instant now) {
        return !now.isBefore(until)
                || until.isAfter(now.plus(services.planTimeout().multipliedBy(2)));
    }

    /** Ends now, whatever is under way. */
    synchronized void end(Ending ending) {
        if (state instanceof Ended) {
            return;
        }
        SessionState before = state;
        state = new Ended(ending);
        if (unplanned) {
            unplanned = false;
            services.lag().left();
        }
        switch (before) {
            case Asking asking -> publishUnanswered(asking, "the session ended before an answer came");
            case Announcing announcing -> publishUnanswered(announcing.next(), "the session ended before it was sent");
            case Greeting rest -> {}
            case Listening rest -> {}
            case Waiting rest -> {}
            case Settling rest -> {}
            case Ended rest -> {}
        }
        SessionPlan queued;
        while ((queued = plans.poll()) != null) {
            publish(refusal(queued, 0, "the session ended before it was played"));
        }
        answerHeld(ending.farewell());
        leaveTranscript(ending);
        publish(new SessionClosed(
                opening.id(), ending.reason(), opening.startedAt(), rpcs, report.faults(), ending.detail()));
        services.meters().closed(ending.reason());
        onEnd.accept(this);
    }

    private void publishUnanswered(Asking asking, String why) {
        publishAll(report.of(
                asking.player(), asking.sequence(), List.of(asking.player().unanswered(why)), 0));
    }

    private void leaveTranscript(Ending ending) {
        boolean uneventful =
                rpcs == 0 && !cpeAsked && (ending.reason() == Reason.COMPLETED || ending.reason() == Reason.SHUT_DOWN);
        if (traced || !uneventful || transcript.isBegun()) {
            transcript.finish();
        }
    }

    // --- speaking ----------------------------------------------------------------------------------------------

    /** The CPE waits for our next word. @param current the plan being played, with the RPC to send next */
    private void speak(Optional<PlanPlayer> current) {
        Optional<PlanPlayer> next = current;
        while (true) {
            if (dismissal != null || logFailed) {
                next.ifPresent(player -> publish(refusal(player.plan(), player.stepIndex(), "the session ends")));
                settle(dismissal != null ? dismissal : brokerGone());
                return;
            }
            if (next.isPresent()) {
                PlanPlayer player = next.get();
                String id = requestId(rpcs + 1);
                switch (services.render(EnvelopeHead.asking(opening.namespace(), id), player.rpc())) {
                    case Rendering.Rendered rendered -> {
                        ask(player, id, rendered.xml());
                        return;
                    }
                    case Rendering.Refused refused -> {
                        var fault = new RpcResult.Fault(NOT_SENDABLE, "not sent: " + refused.reason(), List.of());
                        Progress progress = player.answered(fault);
                        publishAll(report.of(player, rpcs, progress.completed(), 0));
                        next = progress.next();
                    }
                }
            } else if (!plans.isEmpty()) {
                SessionPlan plan = plans.remove();
                lastPlan = plan.last();
                Progress progress = PlanPlayer.start(plan);
                publishAll(report.of(plan, rpcs, progress.completed()));
                next = progress.next();
            } else if (lastPlan) {
                settle(Ending.of(Reason.COMPLETED));
                return;
            } else {
                state = new Listening().await(services.now().plus(services.planTimeout()));
                return;
            }
        }
    }

    private String requestId(int sequence) {
        // the start of the session's id tells answers of an earlier session from this one's
        return Integer.toHexString(opening.id().hashCode()) + '-' + sequence;
    }

    private void ask(PlanPlayer player, String id, String xml) {
        rpcs++;
        Asking asking =
                new Asking(player, rpcs, id, new Reply.Envelope(player.rpc().method(), xml), services.now(), 0);
        if (player.rpc().repeatable()) {
            send(asking);
            return;
        }
        Announcing announcing = new Announcing(asking);
        state = announcing;
        var announcement = new RpcDispatched(
                opening.id(), player.planId(), player.command(), player.rpc().method());
        publish(
                announcement,
                () -> {
                    if (state == announcing) {
                        send(announcing.announced(services.now()));
                    }
                },
                this::end);
    }

    private void send(Asking asking) {
        state = asking;
        sent = answerHeld(asking.request());
    }

    /** The CPE said something else than the answer; what must not happen twice is not sent twice. */
    private CompletionStage<Reply> repeat(Asking asking, CpeConnection connection) {
        CompletionStage<Reply> answer = held.hold(connection);
        if (sent && !asking.player().rpc().repeatable()) {
            String why = asking.player().rpc().method() + " got no answer and must not be sent twice";
            // lets the CPE go as soon as it is durable that nobody knows
            state = new Settling(Ending.inOrder(Reason.PROTOCOL_ERROR, why));
            publishUnanswered(asking, why);
        } else if (asking.repeats() >= MOST_REPEATS) {
            end(new Ending(Reason.PROTOCOL_ERROR, asking.player().rpc().method() + " gets no answer"));
        } else {
            send(asking.again());
        }
        return answer;
    }

    /** Lets the CPE go as soon as all that happened is durable. */
    private void settle(Ending ending) {
        // first of all: whoever ends it from here on must not take what was just answered for something still asked
        state = new Settling(ending);
        if (underway == 0) {
            end(logFailed ? brokerGone() : ending);
        }
    }

    private static Ending brokerGone() {
        return new Ending(Reason.GATEWAY_FAILED, "what happened could not be kept: the broker is away");
    }

    // --- the POST that waits for an answer ---------------------------------------------------------------------

    /** @return whether anybody was there to take it */
    private boolean answerHeld(Reply reply) {
        boolean taken = held.answer(reply);
        if (taken) {
            note(reply);
        }
        return taken;
    }

    private void say(CompletableFuture<Reply> answer, Reply reply) {
        note(reply);
        answer.complete(reply);
    }

    private void note(Reply reply) {
        lastSign = services.now();
        switch (reply) {
            case Reply.Envelope envelope -> transcript.said(lastSign, envelope.method(), envelope.xml());
            case Reply.NoContent nothing -> transcript.said(lastSign, "", "");
            case Reply.Unavailable rest -> {}
            case Reply.NotAuthorized rest -> {}
            case Reply.Rejected rest -> {}
        }
    }

    private static CompletionStage<Reply> reject(String why) {
        return CompletableFuture.completedStage(new Reply.Rejected(why));
    }

    // --- events ------------------------------------------------------------------------------------------------

    private PlanRefused refusal(SessionPlan plan, int fromStep, String why) {
        return new PlanRefused(
                opening.id(),
                plan.plan(),
                plan.steps().subList(fromStep, plan.steps().size()).stream()
                        .map(Step::command)
                        .toList(),
                why);
    }

    private void publishAll(List<? extends SessionEvent> events) {
        events.forEach(this::publish);
    }

    private void publish(SessionEvent event) {
        publish(event, () -> {}, failed -> {});
    }

    private void publish(SessionEvent event, Runnable durable, Consumer<Ending> failed) {
        underway++;
        services.log().publish(opening.key(), event).whenComplete((kept, failure) -> {
            synchronized (this) {
                underway--;
                if (failure == null) {
                    durable.run();
                } else {
                    logFailed = true;
                    failed.accept(brokerGone());
                }
                if (underway == 0 && state instanceof Settling settling) {
                    end(logFailed ? brokerGone() : settling.ending());
                }
            }
        });
    }
}
