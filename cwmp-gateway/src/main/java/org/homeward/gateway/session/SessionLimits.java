package org.homeward.gateway.session;

import java.time.Duration;
import java.util.Set;

/**
 * Bounds of sessions.
 *
 * @param most sessions open at once; more are told to come back later
 * @param idle how long a CPE may be silent that does not say
 * @param longestIdle how long it may be silent whatever it says
 * @param planTimeout how long a CPE is held for a plan
 * @param latestPlan how late plans may be, on average, before sessions that nobody waits for are turned away
 * @param traced devices whose transcripts are all kept, as device ids
 */
public record SessionLimits(
        int most, Duration idle, Duration longestIdle, Duration planTimeout, Duration latestPlan, Set<String> traced) {

    /** A CPE waits as long for an HTTP answer (TR-069 3.7): less would end sessions of slow ones. */
    private static final Duration SHORTEST_IDLE = Duration.ofSeconds(30);

    /** @param header SessionTimeout of the Inform, seconds */
    Duration idleFor(int header) {
        Duration wanted = Duration.ofSeconds(header);
        if (wanted.compareTo(SHORTEST_IDLE) < 0) {
            return SHORTEST_IDLE;
        }
        return wanted.compareTo(longestIdle) > 0 ? longestIdle : wanted;
    }
}
