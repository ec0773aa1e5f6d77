package org.homeward.provisioning.plan;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.homeward.contracts.PlanId;
import org.homeward.contracts.SessionId;
import org.jspecify.annotations.Nullable;

/**
 * The device's newest session, as long as nobody said that it ended.
 *
 * @param replyTo partition of the plans topic that its gateway reads
 * @param planBy until when the gateway waits for a plan
 * @param heardAt when it was last heard of
 * @param plans how many plans it was sent
 * @param playing the newest plan with steps, until its end is heard
 * @param waits whether the gateway keeps the session open for one more plan
 * @param events codes of the Inform that began it
 * @param heldUntil how long its gateway is kept waiting for what the registry will say; the start of the session where
 *     that is over, null where it never was
 */
public record OpenSession(
        SessionId id,
        String gateway,
        int replyTo,
        Instant planBy,
        Instant startedAt,
        Instant heardAt,
        int plans,
        @Nullable PlanId playing,
        boolean waits,
        List<String> events,
        @Nullable Instant heldUntil) {

    @SuppressWarnings("ConstantValue") // sessions that were written before these were kept lack them
    public OpenSession {
        events = events == null ? List.of() : List.copyOf(events);
    }

    /** Whether a plan that is sent now has a chance to be played. */
    boolean takesPlans(Instant now, int mostPlans) {
        return plans < mostPlans && (playing != null || waits || now.isBefore(planBy));
    }

    /** Whether forgetting the session would lose nothing: no step of it is under way. */
    boolean idle() {
        return playing == null && !waits && !isHeld();
    }

    Instant silentAt(Duration silence) {
        return heardAt.plus(silence);
    }

    PlanId nextPlan() {
        // at most 64 characters, unique within the session, the same when the decision is made again
        String name = id.value();
        return new PlanId(name.substring(0, Math.min(name.length(), 56)) + '.' + (plans + 1));
    }

    OpenSession heard(Instant now) {
        return new OpenSession(id, gateway, replyTo, planBy, startedAt, now, plans, playing, waits, events, heldUntil);
    }

    OpenSession sent(PlanId plan, boolean hasSteps, boolean last) {
        return new OpenSession(
                id,
                gateway,
                replyTo,
                planBy,
                startedAt,
                heardAt,
                plans + 1,
                hasSteps ? plan : playing,
                !last,
                events,
                heldUntil == null ? null : startedAt);
    }

    boolean isHeld() {
        return heldUntil != null && heldUntil.isAfter(startedAt);
    }

    /** Whether its gateway may be kept waiting, once and for less than it waits. */
    boolean mayBeHeld(Instant now) {
        return heldUntil == null || isHeld() && now.isBefore(heldUntil);
    }

    OpenSession held(Instant now) {
        Instant until = heldUntil == null
                ? now.plus(Duration.between(startedAt, planBy).multipliedBy(3).dividedBy(5))
                : heldUntil;
        return new OpenSession(id, gateway, replyTo, planBy, startedAt, heardAt, plans, playing, waits, events, until);
    }

    OpenSession played(PlanId plan) {
        return plan.equals(playing)
                ? new OpenSession(
                        id, gateway, replyTo, planBy, startedAt, heardAt, plans, null, waits, events, heldUntil)
                : this;
    }

    OpenSession takingNoMore(int mostPlans) {
        return new OpenSession(
                id, gateway, replyTo, planBy, startedAt, heardAt, mostPlans, playing, false, events, heldUntil);
    }
}
