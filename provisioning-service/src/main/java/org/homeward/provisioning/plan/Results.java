package org.homeward.provisioning.plan;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.homeward.contracts.order.OrderTask;
import org.homeward.contracts.order.OrderTask.Perform;
import org.homeward.contracts.order.OrderTask.Survey;
import org.homeward.contracts.plan.Action;
import org.homeward.contracts.rpc.DeploymentUnitResult;
import org.homeward.contracts.rpc.ParameterValue;
import org.homeward.contracts.rpc.RpcResult;
import org.homeward.contracts.rpc.SensitivePaths;
import org.homeward.contracts.rpc.ValueType;
import org.homeward.contracts.session.SessionEvent.RpcCompleted;

/**
 * The result of an order as REST shows it, put together from the answers. Values of secrets are left out. What goes past
 * {@value #MOST_ENTRIES} entries or {@value #MOST_CHARACTERS} characters of a list is left out too, and {@code truncated} says
 * so: the registry holds all that a device reports.
 */
final class Results {

    private static final int MOST_ENTRIES = 1_000;
    private static final int MOST_CHARACTERS = 100_000;

    private Results() {}

    /** What was gathered, and what this answer adds to it. */
    static Map<String, Object> gather(OrderTask task, Map<String, Object> gathered, RpcCompleted completed) {
        Map<String, Object> next = new HashMap<>(gathered);
        switch (completed.result()) {
            case RpcResult.Values values -> {
                if (task instanceof Survey survey) {
                    return Surveys.gather(survey, next, values.parameters());
                }
                if (!task.type().equals("refresh")) {
                    addValues(next, values.parameters());
                }
            }
            case RpcResult.Names names -> {
                if (task instanceof Perform perform && perform.action() instanceof Action.Call) {
                    addAll(
                            next,
                            "names",
                            names.parameters().stream()
                                    .<Object>map(name -> Map.of("path", name.path(), "writable", name.writable()))
                                    .toList());
                }
            }
            case RpcResult.Attributes attributes ->
                addAll(
                        next,
                        "attributes",
                        attributes.parameters().stream()
                                .<Object>map(attribute -> Map.of(
                                        "path", attribute.path(),
                                        "notification", attribute.notification(),
                                        "accessList", attribute.accessList()))
                                .toList());
            case RpcResult.MethodList methods -> addAll(next, "methods", methods.methods());
            case RpcResult.Transfers transfers ->
                addAll(
                        next,
                        "transfers",
                        transfers.transfers().stream()
                                .<Object>map(transfer ->
                                        Map.of("commandKey", transfer.commandKey(), "state", transfer.state()))
                                .toList());
            case RpcResult.Applied applied -> {
                next.put("status", applied.status());
                // values seen before this were read to learn their types
                next.remove("values");
            }
            case RpcResult.ObjectAdded added -> {
                next.put("instanceNumber", added.instanceNumber());
                next.put("status", added.status());
            }
            case RpcResult.TransferStarted started -> next.put("status", started.status());
            case RpcResult.TreeRead read -> {
                next.put("parameters", read.parameters());
                addAll(next, "missing", read.missing());
            }
            case RpcResult.Done done -> {}
            case RpcResult.Fault fault -> {}
            case RpcResult.Unanswered unanswered -> {}
        }
        return next;
    }

    /** The result of an order that all went well for. */
    static Map<String, Object> of(Action action, Map<String, Object> gathered) {
        if (!(action instanceof Action.WriteValues write)) {
            return gathered;
        }
        Map<String, Object> result = new HashMap<>(gathered);
        result.putIfAbsent("status", 0);
        Object values = result.computeIfAbsent("values", none -> Map.of());
        List<ParameterValue> read = new ArrayList<>();
        if (values instanceof Map<?, ?> byPath) {
            byPath.forEach((path, value) -> {
                if (value instanceof Map<?, ?> typed) {
                    read.add(new ParameterValue(
                            path.toString(),
                            String.valueOf(typed.get("value")),
                            ValueType.of(String.valueOf(typed.get("type")))));
                }
            });
        }
        List<String> differs = ReadBack.differing(write.values(), read);
        if (!differs.isEmpty()) {
            result.put("differs", differs);
        }
        return result;
    }

    /** Deployment units as a CPE reports them, in the order of the operations. */
    static List<Map<String, Object>> of(List<DeploymentUnitResult> results) {
        return results.stream()
                .map(result -> Map.<String, Object>of(
                        "uuid", result.uuid(),
                        "deploymentUnit", result.deploymentUnit(),
                        "version", result.version(),
                        "state", result.currentState(),
                        "resolved", result.resolved(),
                        "executionUnits", result.executionUnits(),
                        "startTime", result.startTime(),
                        "completeTime", result.completeTime()))
                .toList();
    }

    private static void addValues(Map<String, Object> result, List<ParameterValue> parameters) {
        Map<String, Object> values = new LinkedHashMap<>();
        if (result.get("values") instanceof Map<?, ?> before) {
            before.forEach((path, value) -> values.put(path.toString(), value));
        }
        int characters = values.toString().length();
        for (ParameterValue parameter : parameters) {
            if (parameter.sealed() || SensitivePaths.isSensitive(parameter.path())) {
                continue;
            }
            characters += parameter.path().length() + parameter.value().length() + 30;
            if (values.size() >= MOST_ENTRIES || characters > MOST_CHARACTERS) {
                result.put("truncated", true);
                break;
            }
            values.put(
                    parameter.path(),
                    Map.of("value", parameter.value(), "type", parameter.type().typeName()));
        }
        result.put("values", values);
    }

    private static void addAll(Map<String, Object> result, String name, List<?> more) {
        List<Object> all = new ArrayList<>();
        if (result.get(name) instanceof List<?> before) {
            all.addAll(before);
        }
        int characters = all.toString().length();
        for (Object entry : more) {
            characters += entry.toString().length();
            if (all.size() >= MOST_ENTRIES || characters > MOST_CHARACTERS) {
                result.put("truncated", true);
                break;
            }
            all.add(entry);
        }
        result.put(name, all);
    }
}
