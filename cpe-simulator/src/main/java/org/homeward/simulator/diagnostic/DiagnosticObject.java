package org.homeward.simulator.diagnostic;

import java.util.List;
import java.util.Map;
import org.homeward.simulator.model.DeviceModel;
import org.homeward.simulator.model.Node;

/**
 * The object of one diagnostic in a data model, such as {@code Device.IP.Diagnostics.IPPing.}. Models differ in what
 * they have of it: what is missing reads as empty and is not written.
 */
public record DiagnosticObject(DeviceModel model, String path) {

    public String text(String name) {
        return model.value(path + name).orElse("");
    }

    public int number(String name, int otherwise) {
        String text = text(name);
        return text.matches("\\d{1,9}") ? Integer.parseInt(text) : otherwise;
    }

    public void put(String name, String value) {
        if (model.node(path + name) instanceof Node.Parameter) {
            model.put(path + name, value);
        }
    }

    public void put(String name, long value) {
        put(name, Long.toString(value));
    }

    /** Replaces the rows of a result table; values that the table has no column for are left out. */
    public void rows(String table, List<Map<String, String>> rows) {
        model.fill(path + table + ".", rows);
    }

    /** The first of these states that the model knows; the last where it knows none. */
    public String state(String... candidates) {
        if (model.node(path + "DiagnosticsState") instanceof Node.Parameter parameter) {
            for (String candidate : candidates) {
                if (parameter.type().accepts(candidate)) {
                    return candidate;
                }
            }
        }
        return candidates[candidates.length - 1];
    }

    /** Older models of TR-143 say {@code Completed}. */
    String done() {
        return state("Complete", "Completed");
    }
}
