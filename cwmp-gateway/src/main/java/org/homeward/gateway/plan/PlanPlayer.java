package org.homeward.gateway.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.homeward.contracts.CommandId;
import org.homeward.contracts.PlanId;
import org.homeward.contracts.plan.GatewayCommand.SessionPlan;
import org.homeward.contracts.plan.Step;
import org.homeward.contracts.rpc.Rpc;
import org.homeward.contracts.rpc.RpcResult;
import org.jspecify.annotations.Nullable;

/**
 * A plan that is being played: one RPC of it is with the CPE (or about to be). The RPC's result gives what became of
 * it and of its step, and the RPC that comes next.
 *
 * @param rpc what the CPE is asked now
 */
public record PlanPlayer(SessionPlan plan, int stepIndex, Rpc rpc, ActionPlay play, KnownModel model) {

    /** Starts a plan. One without an RPC to send is over at once. */
    public static Progress start(SessionPlan plan) {
        return new Script(plan, new KnownModel()).enter(0).progress();
    }

    public PlanId planId() {
        return plan.plan();
    }

    public CommandId command() {
        return plan.steps().get(stepIndex).command();
    }

    /** The CPE answered; {@code result} is its response or fault. */
    public Progress answered(RpcResult result) {
        model.learn(rpc, result);
        Script script = new Script(plan, model);
        switch (play.answered(result)) {
            case Turn.Ask ask -> {
                script.add(stepIndex, rpc.method(), requestOf(rpc), result, false, false);
                return script.ask(stepIndex, ask).progress();
            }
            case Turn.End end -> {
                boolean planDone = script.endsAfter(stepIndex, end.result());
                if (end.own()) {
                    script.add(stepIndex, rpc.method(), requestOf(rpc), result, false, false);
                    script.addOwn(stepIndex, end.result(), planDone);
                } else {
                    script.add(stepIndex, rpc.method(), requestOf(rpc), result, true, planDone);
                }
                return planDone
                        ? script.progress()
                        : script.enter(stepIndex + 1).progress();
            }
        }
    }

    /** The session ends and no answer came. */
    public Completion unanswered(String why) {
        return new Completion(command(), rpc.method(), requestOf(rpc), new RpcResult.Unanswered(why), true, true);
    }

    /** The request, where the answer alone does not tell what became of the device. */
    private static @Nullable Rpc requestOf(Rpc rpc) {
        return switch (rpc) {
            case Rpc.SetParameterValues set -> set;
            case Rpc.SetParameterAttributes set -> set;
            case Rpc.AddObject add -> add;
            case Rpc.DeleteObject delete -> delete;
            case Rpc.GetRPCMethods rest -> null;
            case Rpc.GetParameterValues rest -> null;
            case Rpc.GetParameterNames rest -> null;
            case Rpc.GetParameterAttributes rest -> null;
            case Rpc.Download rest -> null;
            case Rpc.Reboot rest -> null;
            case Rpc.GetQueuedTransfers rest -> null;
            case Rpc.ScheduleInform rest -> null;
            case Rpc.Upload rest -> null;
            case Rpc.FactoryReset rest -> null;
            case Rpc.GetAllQueuedTransfers rest -> null;
            case Rpc.ScheduleDownload rest -> null;
            case Rpc.CancelTransfer rest -> null;
            case Rpc.ChangeDUState rest -> null;
        };
    }

    /**
     * One RPC, or a step's own result, is done.
     *
     * @param method the RPC's, or the action's where the result is the step's own
     * @param request null where the answer tells enough
     */
    public record Completion(
            CommandId command,
            String method,
            @Nullable Rpc request,
            RpcResult result,
            boolean stepDone,
            boolean planDone) {}

    /**
     * What a result brought about.
     *
     * @param next the plan with its next RPC; empty when the plan is over
     */
    public record Progress(List<Completion> completed, Optional<PlanPlayer> next) {
        public Progress {
            completed = List.copyOf(completed);
        }
    }

    /** Collects completions while steps that need no RPC are passed over. */
    private static final class Script {
        private final SessionPlan plan;
        private final KnownModel model;
        private final List<Completion> completed = new ArrayList<>(2);
        private Optional<PlanPlayer> next = Optional.empty();

        Script(SessionPlan plan, KnownModel model) {
            this.plan = plan;
            this.model = model;
        }

        Script enter(int first) {
            for (int index = first; index < plan.steps().size(); index++) {
                switch (ActionPlay.begin(plan.steps().get(index).action(), model)) {
                    case Turn.Ask ask -> {
                        return ask(index, ask);
                    }
                    case Turn.End end -> {
                        boolean planDone = endsAfter(index, end.result());
                        addOwn(index, end.result(), planDone);
                        if (planDone) {
                            return this;
                        }
                    }
                }
            }
            return this;
        }

        Script ask(int index, Turn.Ask ask) {
            next = Optional.of(new PlanPlayer(plan, index, ask.rpc(), ask.then(), model));
            return this;
        }

        boolean endsAfter(int index, RpcResult result) {
            Step step = plan.steps().get(index);
            boolean went = !(result instanceof RpcResult.Fault || result instanceof RpcResult.Unanswered);
            return index == plan.steps().size() - 1 || step.stopOnFault() && !went;
        }

        void add(
                int index, String method, @Nullable Rpc request, RpcResult result, boolean stepDone, boolean planDone) {
            completed.add(
                    new Completion(plan.steps().get(index).command(), method, request, result, stepDone, planDone));
        }

        void addOwn(int index, RpcResult result, boolean planDone) {
            String action = plan.steps().get(index).action().getClass().getSimpleName();
            add(index, action, null, result, true, planDone);
        }

        Progress progress() {
            return new Progress(completed, next);
        }
    }
}
