package org.homeward.provisioning.reconcile;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.homeward.contracts.plan.Action;
import org.homeward.contracts.rpc.ParameterAttributes;
import org.homeward.contracts.rpc.ParameterFault;
import org.homeward.contracts.rpc.ParameterValue;
import org.homeward.contracts.rpc.Rpc;
import org.homeward.contracts.rpc.RpcResult;
import org.homeward.contracts.rpc.SensitivePaths;
import org.homeward.contracts.rpc.ValueType;
import org.jspecify.annotations.Nullable;

/** A CPE in memory with a data model, habits of its own, and a gateway that splits actions as the real one does. */
final class Box {

    /** One RPC and its answer. @param last whether it ends the step */
    record Answer(String method, @Nullable Rpc request, RpcResult result, boolean last) {}

    final Map<String, String> values = new TreeMap<>();
    final Map<String, ValueType> types = new LinkedHashMap<>();
    final Set<String> tables = new HashSet<>();
    final Map<String, ParameterAttributes> attributes = new LinkedHashMap<>();
    /** What becomes of a value that is written to a path. */
    final Map<String, UnaryOperator<String>> habits = new LinkedHashMap<>();
    /** Paths that are refused, and whether the fault says so. */
    final Map<String, Boolean> refuses = new LinkedHashMap<>();
    /** Paths whose new value shows only after a reboot. */
    final Set<String> slow = new HashSet<>();

    private final Map<String, String> afterReboot = new LinkedHashMap<>();
    final Map<String, Integer> writes = new TreeMap<>();
    final List<String> rpcs = new ArrayList<>();
    String parameterKey = "";
    private int instances;

    Box with(String path, String value) {
        values.put(path, value);
        types.put(path, ValueType.STRING);
        return this;
    }

    Box withTable(String table) {
        tables.add(table);
        return this;
    }

    void boot() {
        afterReboot.forEach(values::put);
        afterReboot.clear();
    }

    /** @param until the answer with which the session breaks off, so that no RPC after it arrives */
    List<Answer> play(Action action, int until) {
        List<Answer> answers = new ArrayList<>();
        switch (action) {
            case Action.ReadTree tree -> read(tree.paths(), answers);
            case Action.WriteValues write -> {
                RpcResult result = set(write.values(), write.parameterKey(), answers);
                boolean fault = result instanceof RpcResult.Fault;
                answers.add(new Answer(
                        "SetParameterValues",
                        new Rpc.SetParameterValues(write.values(), write.parameterKey()),
                        result,
                        fault));
                if (!fault) {
                    rpcs.add("GetParameterValues");
                    answers.add(new Answer("GetParameterValues", null, readBack(write.values()), true));
                }
            }
            case Action.CreateObject create -> create(create, answers, until);
            case Action.Call call -> answers.add(new Answer(call.rpc().method(), call.rpc(), call(call.rpc()), true));
        }
        return answers;
    }

    private void read(List<String> paths, List<Answer> answers) {
        List<ParameterValue> found = new ArrayList<>();
        List<String> missing = new ArrayList<>();
        for (String path : paths) {
            List<ParameterValue> here = values.keySet().stream()
                    .filter(each -> path.endsWith(".") ? each.startsWith(path) : each.equals(path))
                    .map(this::said)
                    .toList();
            found.addAll(here);
            if (here.isEmpty()) {
                missing.add(path);
            }
        }
        if (!found.isEmpty()) {
            rpcs.add("GetParameterValues");
            answers.add(new Answer("GetParameterValues", null, new RpcResult.Values(found), false));
        }
        answers.add(new Answer("ReadTree", null, new RpcResult.TreeRead(found.size(), missing), true));
    }

    private ParameterValue said(String path) {
        String value = SensitivePaths.isSensitive(path) ? "" : values.getOrDefault(path, "");
        return new ParameterValue(path, value, types.getOrDefault(path, ValueType.STRING));
    }

    private RpcResult readBack(List<ParameterValue> written) {
        return new RpcResult.Values(
                written.stream().map(each -> said(each.path())).toList());
    }

    private RpcResult set(List<ParameterValue> written, String key, List<Answer> answers) {
        rpcs.add("SetParameterValues");
        List<ParameterFault> faults = new ArrayList<>();
        boolean silent = false;
        for (ParameterValue value : written) {
            writes.merge(value.path(), 1, Integer::sum);
            if (!values.containsKey(value.path())) {
                faults.add(new ParameterFault(value.path(), 9005, "no such parameter"));
            } else if (refuses.containsKey(value.path())) {
                if (refuses.get(value.path())) {
                    faults.add(new ParameterFault(value.path(), 9007, "invalid value"));
                }
                silent = true;
            }
        }
        if (!faults.isEmpty() || silent) {
            return new RpcResult.Fault(9003, "invalid arguments", faults);
        }
        parameterKey = key;
        boolean later = false;
        for (ParameterValue value : written) {
            String text =
                    habits.getOrDefault(value.path(), UnaryOperator.identity()).apply(value.value());
            if (slow.contains(value.path())) {
                afterReboot.put(value.path(), text);
                later = true;
            } else {
                values.put(value.path(), text);
            }
        }
        return new RpcResult.Applied(later ? 1 : 0);
    }

    private void create(Action.CreateObject create, List<Answer> answers, int until) {
        rpcs.add("AddObject");
        if (!tables.contains(create.object())) {
            answers.add(new Answer(
                    "AddObject",
                    new Rpc.AddObject(create.object(), create.parameterKey()),
                    new RpcResult.Fault(9005, "no such table", List.of()),
                    true));
            return;
        }
        int instance = ++instances;
        parameterKey = create.parameterKey();
        RpcResult added = new RpcResult.ObjectAdded(instance, 0);
        answers.add(new Answer("AddObject", new Rpc.AddObject(create.object(), create.parameterKey()), added, false));
        List<ParameterValue> inRow = create.values().stream()
                .map(value -> new ParameterValue(
                        create.object() + instance + '.' + value.path(), value.value(), value.type(), value.sealed()))
                .toList();
        inRow.forEach(value -> with(value.path(), ""));
        if (answers.size() >= until) {
            return;
        }
        RpcResult set = set(inRow, create.parameterKey(), answers);
        if (set instanceof RpcResult.Fault) {
            answers.add(new Answer("SetParameterValues", null, set, true));
            return;
        }
        answers.add(
                new Answer("SetParameterValues", new Rpc.SetParameterValues(inRow, create.parameterKey()), set, false));
        rpcs.add("GetParameterValues");
        answers.add(new Answer("GetParameterValues", null, readBack(inRow), false));
        answers.add(new Answer("CreateObject", null, added, true));
    }

    private RpcResult call(Rpc rpc) {
        rpcs.add(rpc.method());
        return switch (rpc) {
            case Rpc.DeleteObject delete -> {
                boolean there = values.keySet().removeIf(path -> path.startsWith(delete.object()));
                parameterKey = delete.parameterKey();
                yield there ? new RpcResult.Applied(0) : new RpcResult.Fault(9005, "no such object", List.of());
            }
            case Rpc.SetParameterAttributes set -> {
                set.changes()
                        .forEach(change -> attributes.put(
                                change.path(),
                                new ParameterAttributes(
                                        change.path(),
                                        change.notification() == null ? 0 : change.notification(),
                                        change.accessList() == null ? List.of() : change.accessList())));
                yield new RpcResult.Done();
            }
            case Rpc.GetParameterAttributes get ->
                values.keySet().containsAll(get.paths())
                        ? new RpcResult.Attributes(get.paths().stream()
                                .map(path -> attributes.getOrDefault(path, new ParameterAttributes(path, 0, List.of())))
                                .toList())
                        : new RpcResult.Fault(9005, "no such parameter", List.of());
            default -> new RpcResult.Done();
        };
    }
}
