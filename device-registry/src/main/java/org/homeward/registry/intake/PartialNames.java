package org.homeward.registry.intake;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.homeward.contracts.SessionId;
import org.homeward.contracts.rpc.ParameterInfo;
import org.homeward.contracts.rpc.RpcResult;
import org.homeward.contracts.session.SessionEvent.RpcCompleted;

/**
 * Puts answers to GetParameterNames together that came in parts: only the whole tells what is gone. Kept in memory; an
 * answer whose parts met different instances tells nothing about what is gone, the next one will. For one thread.
 */
public final class PartialNames {

    private static final int MAX_ANSWERS = 100;

    private record Answer(SessionId session, int sequence) {}

    private final Map<Answer, TreeMap<Integer, List<ParameterInfo>>> parts = new LinkedHashMap<>();

    /** All names of the answer if this part completes it. */
    public Optional<List<ParameterInfo>> complete(RpcCompleted rpc, RpcResult.Names names) {
        if (rpc.parts() <= 1) {
            return Optional.of(names.parameters());
        }
        var answer = new Answer(rpc.session(), rpc.sequence());
        var known = parts.computeIfAbsent(answer, a -> new TreeMap<>());
        known.put(rpc.part(), names.parameters());
        if (parts.size() > MAX_ANSWERS) {
            parts.remove(parts.keySet().iterator().next());
        }
        if (rpc.part() < rpc.parts() || known.size() < rpc.parts()) {
            return Optional.empty();
        }
        List<ParameterInfo> all = new ArrayList<>();
        known.values().forEach(all::addAll);
        return Optional.of(all);
    }

    public void forgetAll() {
        parts.clear();
    }
}
