package org.homeward.gateway.session;

import java.util.ArrayList;
import java.util.List;
import org.homeward.contracts.PlanId;
import org.homeward.contracts.SessionId;
import org.homeward.contracts.plan.GatewayCommand.SessionPlan;
import org.homeward.contracts.rpc.RpcResult;
import org.homeward.contracts.session.SessionEvent.RpcCompleted;
import org.homeward.gateway.plan.PlanPlayer;
import org.homeward.gateway.plan.PlanPlayer.Completion;

/** Says what became of RPCs: as events, in parts where an answer is large, secrets sealed. */
final class RpcReport {

    private final SessionId session;
    private final Sealing sealing;
    private final SessionMeters meters;
    private int faults;

    RpcReport(SessionId session, Sealing sealing, SessionMeters meters) {
        this.session = session;
        this.sealing = sealing;
        this.meters = meters;
    }

    /** How many RPCs were answered by a fault. */
    int faults() {
        return faults;
    }

    /** Of an RPC. @param sequence the RPC's */
    List<RpcCompleted> of(PlanPlayer player, int sequence, List<Completion> completed, long millis) {
        return events(player.planId(), sequence, completed, millis);
    }

    /** Of steps that needed no RPC. @param sequence the last RPC's */
    List<RpcCompleted> of(SessionPlan plan, int sequence, List<Completion> completed) {
        return events(plan.plan(), sequence, completed, 0);
    }

    private List<RpcCompleted> events(PlanId plan, int sequence, List<Completion> completed, long millis) {
        List<RpcCompleted> events = new ArrayList<>(completed.size());
        for (Completion done : completed) {
            if (done.result() instanceof RpcResult.Fault fault) {
                faults++;
                meters.cpeFault(fault.code());
            }
            List<RpcResult> parts = ResultParts.split(sealing.seal(done.result()));
            for (int part = 1; part <= parts.size(); part++) {
                boolean last = part == parts.size();
                events.add(new RpcCompleted(
                        session,
                        plan,
                        done.command(),
                        sequence,
                        done.method(),
                        part == 1 ? done.request() : null,
                        parts.get(part - 1),
                        part,
                        parts.size(),
                        last && done.stepDone(),
                        last && done.planDone(),
                        millis));
            }
        }
        return events;
    }
}
