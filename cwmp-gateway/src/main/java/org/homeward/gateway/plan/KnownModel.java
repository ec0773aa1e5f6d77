package org.homeward.gateway.plan;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.homeward.contracts.rpc.ParameterInfo;
import org.homeward.contracts.rpc.Rpc;
import org.homeward.contracts.rpc.RpcResult;
import org.homeward.contracts.rpc.ValueType;

/**
 * What a CPE said of its data model while a plan is played: which parameters there are, and of what type. A parameter
 * that the CPE does not list is not written: some stacks die of it instead of answering 9005. Used by one session at a
 * time.
 */
final class KnownModel {

    private final Set<String> names = new HashSet<>();
    private final Map<String, ValueType> types = new HashMap<>();
    /** Objects whose whole content was listed; a listing one level deep holds for the parameters right below. */
    private final List<String> listed = new ArrayList<>();

    private final Set<String> listedOneLevel = new HashSet<>();
    /** Instances that came after the listing. */
    private final List<String> added = new ArrayList<>();

    /** Takes notice of an answer. */
    void learn(Rpc asked, RpcResult answer) {
        switch (asked) {
            case Rpc.GetParameterNames question when answer instanceof RpcResult.Names found -> list(question, found);
            case Rpc.GetParameterNames question
            when CpeFault.isInvalidName(answer) -> {
                if (!question.path().isEmpty()) {
                    listed.add(question.path());
                }
            }
            case Rpc.GetParameterValues question
            when answer instanceof RpcResult.Values values ->
                values.parameters().forEach(value -> types.put(value.path(), value.type()));
            case Rpc.AddObject add
            when answer instanceof RpcResult.ObjectAdded instance ->
                added.add(add.object() + instance.instanceNumber() + '.');
            default -> {
                // tells nothing of what there is
            }
        }
    }

    private void list(Rpc.GetParameterNames question, RpcResult.Names found) {
        for (ParameterInfo parameter : found.parameters()) {
            names.add(parameter.path());
        }
        if (question.nextLevel()) {
            listedOneLevel.add(question.path());
        } else if (!found.parameters().isEmpty()) {
            listed.add(question.path());
        }
    }

    /** Whether the CPE listed the object that this parameter would be in. */
    boolean knowsSurroundings(String path) {
        return listedOneLevel.contains(parent(path))
                || types.containsKey(path)
                || listed.stream().anyMatch(path::startsWith);
    }

    /** Whether the CPE said that there is no such parameter. */
    boolean lacks(String path) {
        return knowsSurroundings(path)
                && !names.contains(path)
                && !types.containsKey(path)
                && added.stream().noneMatch(path::startsWith);
    }

    /** The type of a parameter, {@code UNKNOWN} as long as nobody said. */
    ValueType typeOf(String path) {
        return types.getOrDefault(path, ValueType.UNKNOWN);
    }

    /** The object that a parameter is in, ending in a dot; empty for a name without one. */
    static String parent(String path) {
        return path.substring(0, path.lastIndexOf('.') + 1);
    }
}
