package org.homeward.gateway.session;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.function.Supplier;
import org.homeward.contracts.session.SessionEvent.SessionClosed;

/** What is counted about sessions; all names begin with {@code homeward.cwmp}. */
public final class SessionMeters {

    private final MeterRegistry registry;
    private final Counter started;
    private final Timer planWait;
    private final Timer durable;

    public SessionMeters(MeterRegistry registry) {
        this.registry = registry;
        this.started = registry.counter("homeward.cwmp.sessions.started");
        this.planWait = Timer.builder("homeward.cwmp.plan.wait")
                .description("From Inform to first plan")
                .publishPercentiles(0.5, 0.99)
                .register(registry);
        this.durable = Timer.builder("homeward.cwmp.inform.durable")
                .description("From Inform read to its event acknowledged")
                .publishPercentiles(0.5, 0.99)
                .register(registry);
    }

    void gauges(Supplier<Number> open, Supplier<Number> lagMillis) {
        registry.gauge(
                "homeward.cwmp.sessions.open", this, ignored -> open.get().doubleValue());
        registry.gauge(
                "homeward.cwmp.plan.lag.millis",
                this,
                ignored -> lagMillis.get().doubleValue());
    }

    void started() {
        started.increment();
    }

    void closed(SessionClosed.Reason reason) {
        registry.counter("homeward.cwmp.sessions.closed", "reason", reason.name())
                .increment();
    }

    void informDurable(Duration wait) {
        durable.record(wait);
    }

    void planWait(Duration wait) {
        planWait.record(wait);
    }

    /** The CPE answered an RPC with a fault. */
    void cpeFault(int code) {
        registry.counter("homeward.cwmp.faults", "code", code >= 9000 && code <= 9899 ? String.valueOf(code) : "other")
                .increment();
    }

    /** A plan came for a session that could not play it any more. */
    void latePlan() {
        registry.counter("homeward.cwmp.plans.refused").increment();
    }

    /** Something was said that we can't do anything with. */
    void oddity(Oddity what) {
        registry.counter("homeward.cwmp.oddities", "what", what.name()).increment();
    }

    /** A POST was turned away with 503. */
    void unavailable(Unavailable why) {
        registry.counter("homeward.cwmp.unavailable", "why", why.name()).increment();
    }

    /** What CPEs do that they should not. */
    enum Oddity {
        UNREADABLE,
        UNKNOWN_METHOD,
        WRONG_ID,
        ANSWER_TO_NOTHING,
        NO_SESSION,
        EMPTY_POST_INSTEAD_OF_ANSWER,
        SECOND_INFORM,
        FOREIGN_COOKIE,
        FOREIGN_CREDENTIALS,
        MENDED_XML,
        CUT_INFORM
    }

    /** Why the gateway can't serve right now. */
    enum Unavailable {
        BROKER_AWAY,
        NO_PARTITION,
        TOO_MANY_SESSIONS,
        PLANS_TOO_LATE,
        STOPPING
    }
}
