package org.homeward.provisioning.reconcile;

import java.util.HashMap;
import java.util.Map;
import org.homeward.contracts.CommandId;
import org.homeward.contracts.PlanId;
import org.homeward.contracts.SessionId;

/** Steps that are in a plan and not answered yet. @param legs by command id */
public record Flight(SessionId session, PlanId plan, Map<String, Leg> legs) {

    public Flight {
        legs = Map.copyOf(legs);
    }

    Flight without(CommandId command) {
        Map<String, Leg> rest = new HashMap<>(legs);
        rest.remove(command.value());
        return new Flight(session, plan, rest);
    }

    Flight with(CommandId command, Leg leg) {
        Map<String, Leg> next = new HashMap<>(legs);
        next.put(command.value(), leg);
        return new Flight(session, plan, next);
    }
}
