package org.homeward.provisioning.plan;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.homeward.contracts.order.OrderTask.Radio;
import org.homeward.contracts.order.OrderTask.Survey;
import org.homeward.contracts.plan.Action;
import org.homeward.contracts.rpc.ParameterValue;
import org.homeward.contracts.rpc.Rpc;
import org.homeward.contracts.rpc.ValueType;
import org.homeward.contracts.session.SessionEvent.RpcCompleted;
import org.jspecify.annotations.Nullable;

/**
 * Orders that let a device listen who else is on the air: run as diagnostics are, and put into the words of the order, so
 * that nobody who reads the result has to know the model. Of many networks those are left out that come last.
 */
final class Surveys {

    private static final int MOST_NEIGHBOURS = 250;
    private static final int LONGEST_VALUE = 256;
    private static final String NEIGHBOURS = "neighbours";
    private static final String RADIOS = "radios";
    private static final String STATE = "state";

    private Surveys() {}

    /** What is to be done next. @param ran whether the device has said that it is done */
    static Action action(Survey survey, String parameterKey, boolean ran) {
        if (!ran) {
            return new Action.Call(new Rpc.SetParameterValues(
                    List.of(new ParameterValue(survey.object() + Diagnostics.STATE, "Requested", ValueType.STRING)),
                    parameterKey));
        }
        List<String> paths = new ArrayList<>(List.of(survey.object()));
        survey.radios()
                .forEach(radio -> radio.parameters().values().stream().sorted().forEach(paths::add));
        return new Action.ReadTree(paths);
    }

    /** What was gathered with what these values add to it: rows by their number, radios by their band. */
    static Map<String, Object> gather(Survey survey, Map<String, Object> gathered, List<ParameterValue> values) {
        Map<String, Map<String, String>> rows = copy(gathered.get(NEIGHBOURS));
        Map<String, Map<String, String>> radios = copy(gathered.get(RADIOS));
        Map<String, Object> next = new HashMap<>(gathered);
        Map<String, String> tells = new HashMap<>();
        survey.columns().forEach((name, parameter) -> tells.put(parameter, name));
        String table = survey.object() + survey.rows();
        for (ParameterValue value : values) {
            String path = value.path();
            String text = value.value().substring(0, Math.min(value.value().length(), LONGEST_VALUE));
            if (path.equals(survey.object() + Diagnostics.STATE)) {
                next.put(STATE, text);
            } else if (path.startsWith(table)) {
                int dot = path.indexOf('.', table.length());
                String name = dot < 0 ? null : tells.get(path.substring(dot + 1));
                if (name != null && !text.isEmpty()) {
                    put(rows, path.substring(table.length(), dot), name, text);
                }
            } else {
                for (Radio radio : survey.radios()) {
                    radio.parameters().forEach((name, its) -> {
                        if (its.equals(path)) {
                            put(radios, radio.band(), name, text);
                        }
                    });
                }
            }
        }
        next.put(NEIGHBOURS, rows);
        next.put(RADIOS, radios);
        return next;
    }

    private static void put(Map<String, Map<String, String>> all, String key, String name, String text) {
        if (all.size() < MOST_NEIGHBOURS || all.containsKey(key)) {
            all.computeIfAbsent(key, each -> new TreeMap<>()).put(name, text);
        }
    }

    private static Map<String, Map<String, String>> copy(@Nullable Object gathered) {
        Map<String, Map<String, String>> copy = new LinkedHashMap<>();
        if (gathered instanceof Map<?, ?> all) {
            all.forEach((key, values) -> {
                Map<String, String> each = new TreeMap<>();
                if (values instanceof Map<?, ?> named) {
                    named.forEach((name, value) -> each.put(name.toString(), String.valueOf(value)));
                }
                copy.put(key.toString(), each);
            });
        }
        return copy;
    }

    /** The device has answered, without a fault. */
    static void answered(Turn turn, OpenOrder order, Survey survey, RpcCompleted completed) {
        if (!order.ran()) {
            Answers.await(turn, order, completed.session(), turn.policy.diagnosticsWithin());
            return;
        }
        Map<String, Map<String, String>> radios = copy(order.gathered().get(RADIOS));
        radios.forEach((band, values) -> values.put("band", band));
        List<Map<String, String>> neighbours = copy(order.gathered().get(NEIGHBOURS)).entrySet().stream()
                .sorted(Comparator.comparingInt(
                                (Map.Entry<String, ?> row) -> row.getKey().length())
                        .thenComparing(Map.Entry::getKey))
                .map(Map.Entry::getValue)
                .toList();
        Diagnostics.ended(
                turn,
                order,
                completed,
                survey.object() + Diagnostics.STATE,
                Objects.toString(order.gathered().get(STATE), ""),
                Map.of(NEIGHBOURS, neighbours, RADIOS, List.copyOf(radios.values())));
    }
}
