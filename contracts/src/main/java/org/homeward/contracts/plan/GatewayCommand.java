package org.homeward.contracts.plan;

import java.util.List;
import org.homeward.contracts.Message;
import org.homeward.contracts.PlanId;
import org.homeward.contracts.SessionId;

/** A command to the gateway that holds a session; on the partition that its InformReceived named. */
public sealed interface GatewayCommand extends Message {

    SessionId session();

    /**
     * Steps to play, in order. A plan for a session that is still playing an earlier one is played after it.
     *
     * @param last whether the session ends (204) once the steps are played; otherwise the gateway waits, within
     *     bounds, for the next plan. An empty last plan ends a session that has nothing to do.
     */
    record SessionPlan(SessionId session, PlanId plan, List<Step> steps, boolean last) implements GatewayCommand {
        public SessionPlan {
            steps = List.copyOf(steps);
        }
    }

    /** Let the session end at the next opportunity without another RPC: a newer one of the device has begun. */
    record EndSession(SessionId session, String why) implements GatewayCommand {}
}
