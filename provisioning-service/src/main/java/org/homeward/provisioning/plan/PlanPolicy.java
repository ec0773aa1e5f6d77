package org.homeward.provisioning.plan;

import java.time.Duration;
import org.homeward.provisioning.reconcile.Patience;

/**
 * What operators set.
 *
 * @param silence a session unheard for so long has ended
 * @param plansPerSession bound against endless sessions
 * @param stepsPerPlan bound on the length of one plan message
 * @param charactersPerPlan bound on paths and values in one plan message
 * @param openOrders most orders that may wait for one device
 * @param faultAttempts how often an order, or a set-up task, is tried when the CPE answers with passing faults
 * @param lostAttempts how often an order is tried whose sessions break off before it is answered
 * @param retryFirst wait after the first passing fault; doubled each time
 * @param retryMost longest wait
 * @param wakeFirst wait after the first connection request that came to nothing; doubled each time
 * @param wakeMost longest wait
 * @param wakeDeadline how long a connector may try
 * @param sessionWithin how long after an accepted connection request the session may begin (TR-069 3.2.2)
 * @param nextWayAfter how long after a connection request the next way is taken while nobody knows how it went
 * @param nextAfterAcceptance how long after an accepted one, while no session begins
 * @param rebootWithin how long a reboot or factory reset may take until the CPE is back
 * @param transferWithin how long a transfer may take until its TransferComplete
 * @param diagnosticsWithin how long a diagnostic may take until the CPE says that it is done
 * @param resolveWithin how long an unknown outcome may still be found out
 * @param periodicInterval what PeriodicInformInterval is set to, at first contact
 * @param rotateCredentials whether a device with factory credentials gets its own
 * @param ways what devices are told of the ways by which they can be reached
 */
public record PlanPolicy(
        Duration silence,
        int plansPerSession,
        int stepsPerPlan,
        int charactersPerPlan,
        int openOrders,
        int faultAttempts,
        int lostAttempts,
        Duration retryFirst,
        Duration retryMost,
        Duration wakeFirst,
        Duration wakeMost,
        Duration wakeDeadline,
        Duration sessionWithin,
        Duration nextWayAfter,
        Duration nextAfterAcceptance,
        Duration rebootWithin,
        Duration transferWithin,
        Duration diagnosticsWithin,
        Duration resolveWithin,
        Duration periodicInterval,
        boolean rotateCredentials,
        WaySettings ways) {

    Patience patience() {
        return new Patience(faultAttempts, retryFirst, retryMost, silence);
    }

    Duration retryAfter(int attempts) {
        return doubled(retryFirst, attempts, retryMost);
    }

    Duration wakeAfter(int failures) {
        return doubled(wakeFirst, failures, wakeMost);
    }

    private static Duration doubled(Duration first, int times, Duration most) {
        Duration wait = first.multipliedBy(1L << Math.clamp(times - 1L, 0, 20));
        return wait.compareTo(most) < 0 ? wait : most;
    }
}
