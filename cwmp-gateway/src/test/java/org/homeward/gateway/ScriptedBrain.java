package org.homeward.gateway;

import static org.awaitility.Awaitility.await;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Predicate;
import org.homeward.contracts.CommandId;
import org.homeward.contracts.DeviceKey;
import org.homeward.contracts.Event;
import org.homeward.contracts.Message;
import org.homeward.contracts.PlanId;
import org.homeward.contracts.SessionId;
import org.homeward.contracts.Topic;
import org.homeward.contracts.plan.Action;
import org.homeward.contracts.plan.GatewayCommand;
import org.homeward.contracts.plan.GatewayCommand.SessionPlan;
import org.homeward.contracts.plan.Step;
import org.homeward.contracts.rpc.Rpc;
import org.homeward.contracts.session.SessionEvent;
import org.homeward.contracts.session.SessionEvent.InformReceived;
import org.homeward.contracts.session.SessionEvent.SessionClosed;
import org.homeward.contracts.session.SessionTranscript;
import org.homeward.kit.consumer.Consumers;
import org.homeward.kit.consumer.Delivery;
import org.homeward.kit.consumer.TailSpec;
import org.homeward.kit.events.EventFactory;
import org.homeward.kit.events.EventPublisher;

/** Plays the provisioning service: sees all session events on the broker, and answers each Inform with a plan. */
public final class ScriptedBrain {

    private final String gateway;
    private final EventPublisher publisher;
    private final EventFactory events = new EventFactory(Clock.systemUTC(), "/brain");
    private final Queue<Event<? extends Message>> seen = new ConcurrentLinkedQueue<>();
    private volatile Function<Event<InformReceived>, List<SessionPlan>> script = inform -> List.of(nothing(inform));

    /** @param gateway whose sessions it plans; other tests have brains of their own on the same broker */
    public ScriptedBrain(String gateway, EventPublisher publisher, Consumers consumers) {
        this.gateway = gateway;
        this.publisher = publisher;
        consumers
                .follow(TailSpec.fromEnd("brain", Topic.SESSION_EVENTS, this::follow))
                .caughtUp()
                .toCompletableFuture()
                .orTimeout(30, TimeUnit.SECONDS)
                .join();
        consumers
                .follow(TailSpec.fromEnd("brain-transcripts", Topic.SESSION_TRANSCRIPTS, this::follow))
                .caughtUp()
                .toCompletableFuture()
                .orTimeout(30, TimeUnit.SECONDS)
                .join();
    }

    /** From now on says nothing. */
    public void stop() {
        script = inform -> List.of();
    }

    /** From now on ends every session at once. */
    public void bored() {
        script = inform -> List.of(nothing(inform));
    }

    /** From now on plans these RPCs, in one last plan. */
    public void calls(Rpc... rpcs) {
        script = inform -> {
            List<Step> steps = new ArrayList<>();
            for (Rpc rpc : rpcs) {
                steps.add(step(new Action.Call(rpc)));
            }
            return List.of(new SessionPlan(inform.data().session(), PlanId.random(), steps, true));
        };
    }

    public void does(Action... actions) {
        script = inform -> {
            List<Step> steps = new ArrayList<>();
            for (Action action : actions) {
                steps.add(step(action));
            }
            return List.of(new SessionPlan(inform.data().session(), PlanId.random(), steps, true));
        };
    }

    public void answers(Function<Event<InformReceived>, List<SessionPlan>> plans) {
        script = plans;
    }

    public static Step step(Action action) {
        return new Step(CommandId.random(), action, false);
    }

    private static SessionPlan nothing(Event<InformReceived> inform) {
        return new SessionPlan(inform.data().session(), PlanId.random(), List.of(), true);
    }

    private void follow(List<Delivery> deliveries) {
        for (Delivery delivery : deliveries) {
            if (delivery instanceof Delivery.Arrived arrived) {
                Event<? extends Message> event = arrived.event();
                seen.add(event);
                if (event.data() instanceof InformReceived inform
                        && inform.gateway().equals(gateway)) {
                    var typed = new Event<>(event.id(), event.time(), event.source(), event.key(), inform);
                    script.apply(typed).forEach(plan -> send(typed, plan));
                }
            }
        }
    }

    public void send(Event<InformReceived> to, GatewayCommand command) {
        publisher.publish(Topic.SESSION_PLANS, to.data().replyTo(), events.event(to.key(), command));
    }

    // --- what was seen -----------------------------------------------------------------------------------------

    public List<SessionEvent> of(DeviceKey device) {
        return seen.stream()
                .filter(event -> event.key().equals(device))
                .map(Event::data)
                .filter(SessionEvent.class::isInstance)
                .map(SessionEvent.class::cast)
                .toList();
    }

    public <T extends SessionEvent> List<T> of(DeviceKey device, Class<T> type) {
        return of(device).stream().filter(type::isInstance).map(type::cast).toList();
    }

    /** Waits until there is such an event of the device. */
    public <T extends SessionEvent> T sees(DeviceKey device, Class<T> type) {
        return sees(device, type, event -> true);
    }

    public <T extends SessionEvent> T sees(DeviceKey device, Class<T> type, Predicate<T> which) {
        return await().atMost(Duration.ofSeconds(20))
                .until(() -> of(device, type).stream().filter(which).findFirst(), found -> found.isPresent())
                .orElseThrow();
    }

    public Event<InformReceived> inform(DeviceKey device) {
        InformReceived data = sees(device, InformReceived.class);
        return seen.stream()
                .filter(event -> event.data() == data)
                .findFirst()
                .map(event -> new Event<>(event.id(), event.time(), event.source(), event.key(), data))
                .orElseThrow();
    }

    public SessionClosed closed(DeviceKey device) {
        return sees(device, SessionClosed.class);
    }

    public List<SessionTranscript> transcript(SessionId session) {
        return seen.stream()
                .map(Event::data)
                .filter(SessionTranscript.class::isInstance)
                .map(SessionTranscript.class::cast)
                .filter(part -> part.session().equals(session))
                .toList();
    }
}
