package org.homeward.gateway.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.homeward.contracts.CommandId;
import org.homeward.contracts.PlanId;
import org.homeward.contracts.SessionId;
import org.homeward.contracts.plan.Action;
import org.homeward.contracts.plan.GatewayCommand.SessionPlan;
import org.homeward.contracts.plan.Step;
import org.homeward.contracts.rpc.ParameterInfo;
import org.homeward.contracts.rpc.ParameterValue;
import org.homeward.contracts.rpc.Rpc;
import org.homeward.contracts.rpc.RpcResult;
import org.homeward.contracts.rpc.ValueType;
import org.homeward.gateway.plan.PlanPlayer.Completion;
import org.homeward.gateway.plan.PlanPlayer.Progress;

/** A CPE of parameters in memory, with limits and moods; and what it was asked. */
final class FakeCpe {

    private static final int NO_END = 20_000;

    final Map<String, String> parameters = new LinkedHashMap<>();
    final List<Rpc> asked = new ArrayList<>();
    /** What it says before it thinks for itself; null where it has no opinion. */
    Function<Rpc, RpcResult> mood = rpc -> null;

    int mostValues = Integer.MAX_VALUE;

    FakeCpe with(String... paths) {
        for (String path : paths) {
            parameters.put(path, "v");
        }
        return this;
    }

    /** Many parameters in a tree of objects, twenty in each. */
    FakeCpe withMany(int count) {
        for (int i = 0; i < count; i++) {
            parameters.put("Device.Object." + (i / 20 + 1) + ".P" + i % 20, "v" + i);
        }
        return this;
    }

    static RpcResult.Fault fault(int code) {
        return new RpcResult.Fault(code, "fault " + code, List.of());
    }

    RpcResult answer(Rpc rpc) {
        asked.add(rpc);
        RpcResult said = mood.apply(rpc);
        if (said != null) {
            return said;
        }
        return switch (rpc) {
            case Rpc.GetParameterNames names -> names(names);
            case Rpc.GetParameterValues values -> values(values.paths());
            case Rpc.SetParameterValues set -> {
                set.parameters().forEach(value -> parameters.put(value.path(), value.value()));
                yield new RpcResult.Applied(0);
            }
            case Rpc.AddObject add -> new RpcResult.ObjectAdded(7, 0);
            default -> new RpcResult.Done();
        };
    }

    private RpcResult names(Rpc.GetParameterNames rpc) {
        List<ParameterInfo> found = new ArrayList<>();
        for (String path : parameters.keySet()) {
            if (path.startsWith(rpc.path())) {
                int dot = path.indexOf('.', rpc.path().length());
                String shown = rpc.nextLevel() && dot >= 0 ? path.substring(0, dot + 1) : path;
                ParameterInfo info = new ParameterInfo(shown, true);
                if (!found.contains(info)) {
                    found.add(info);
                }
            }
        }
        return found.isEmpty() ? fault(9005) : new RpcResult.Names(found);
    }

    private RpcResult values(List<String> paths) {
        if (paths.size() > mostValues) {
            return fault(9004);
        }
        if (!parameters.keySet().containsAll(paths)) {
            return fault(9005);
        }
        return new RpcResult.Values(paths.stream()
                .map(path -> new ParameterValue(path, parameters.getOrDefault(path, ""), ValueType.STRING))
                .toList());
    }

    /** Plays the actions as one plan to its end; what came of it, in order. */
    List<Completion> play(Action... actions) {
        List<Step> steps = new ArrayList<>();
        for (Action action : actions) {
            steps.add(new Step(new CommandId("c" + (steps.size() + 1)), action, false));
        }
        return play(new SessionPlan(new SessionId("s"), new PlanId("p"), steps, true));
    }

    List<Completion> play(SessionPlan plan) {
        List<Completion> completed = new ArrayList<>();
        Progress progress = PlanPlayer.start(plan);
        completed.addAll(progress.completed());
        Optional<PlanPlayer> next = progress.next();
        while (next.isPresent()) {
            assertThat(asked).as("an end").hasSizeLessThan(NO_END);
            progress = next.get().answered(answer(next.get().rpc()));
            completed.addAll(progress.completed());
            next = progress.next();
        }
        return completed;
    }

    RpcResult.TreeRead read(String... paths) {
        RpcResult end = play(new Action.ReadTree(List.of(paths))).getLast().result();
        assertThat(end).isInstanceOf(RpcResult.TreeRead.class);
        return (RpcResult.TreeRead) end;
    }

    <T extends Rpc> List<T> asked(Class<T> type) {
        return asked.stream().filter(type::isInstance).map(type::cast).toList();
    }

    List<Integer> chunks() {
        return asked(Rpc.GetParameterValues.class).stream()
                .map(rpc -> rpc.paths().size())
                .toList();
    }
}
