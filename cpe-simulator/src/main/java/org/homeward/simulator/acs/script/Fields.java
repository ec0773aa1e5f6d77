package org.homeward.simulator.acs.script;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The fields of one step as they are read; what nobody asked for by the end is a mistake in the script. */
final class Fields {
    private final String where;
    private final JsonNode node;
    private final Set<String> unread = new LinkedHashSet<>();

    Fields(String where, JsonNode node) {
        this.where = where;
        this.node = node;
        if (!node.isObject()) {
            throw wrong("fields are needed, not " + node);
        }
        node.fieldNames().forEachRemaining(unread::add);
    }

    IllegalArgumentException wrong(String message) {
        return new IllegalArgumentException(where + ": " + message);
    }

    boolean has(String name) {
        return node.has(name);
    }

    String text(String name) {
        if (!has(name)) {
            throw wrong(name + " is missing");
        }
        return text(name, "");
    }

    String text(String name, String otherwise) {
        unread.remove(name);
        JsonNode value = node.path(name);
        if (value.isMissingNode()) {
            return otherwise;
        }
        if (!value.isValueNode() || value.isNull()) {
            throw wrong(name + " has to be a text");
        }
        return value.asText();
    }

    int number(String name, int otherwise) {
        String text = text(name, Integer.toString(otherwise));
        if (!text.matches("\\d{1,9}")) {
            throw wrong(name + " has to be a whole number, not " + text);
        }
        return Integer.parseInt(text);
    }

    boolean flag(String name, boolean otherwise) {
        String text = text(name, Boolean.toString(otherwise));
        if (!text.matches("true|false")) {
            throw wrong(name + " has to be true or false, not " + text);
        }
        return Boolean.parseBoolean(text);
    }

    List<String> texts(String name) {
        List<String> texts = new ArrayList<>();
        for (JsonNode item : nodes(name)) {
            if (!item.isValueNode()) {
                throw wrong(name + " has to be a list of texts");
            }
            texts.add(item.asText());
        }
        return texts;
    }

    /** A list, or one item in place of a list of one. */
    List<JsonNode> nodes(String name) {
        unread.remove(name);
        JsonNode value = node.path(name);
        if (value.isMissingNode()) {
            return List.of();
        }
        List<JsonNode> items = new ArrayList<>();
        (value.isArray() ? value : List.of(value)).forEach(items::add);
        return items;
    }

    /** Values by name, in order. */
    Map<String, JsonNode> map(String name) {
        unread.remove(name);
        JsonNode value = node.path(name);
        if (!value.isMissingNode() && !value.isObject()) {
            throw wrong(name + " has to hold values by name");
        }
        Map<String, JsonNode> map = new LinkedHashMap<>();
        value.properties().forEach(e -> map.put(e.getKey(), e.getValue()));
        return map;
    }

    Map<String, String> textMap(String name) {
        Map<String, String> texts = new LinkedHashMap<>();
        map(name).forEach((key, value) -> texts.put(key, value.asText()));
        return texts;
    }

    /** The fields below a field; none where it is missing or empty. */
    Fields inner(String name) {
        unread.remove(name);
        JsonNode value = node.path(name);
        JsonNode inner = value.isMissingNode() || value.isNull() ? JsonNodeFactory.instance.objectNode() : value;
        return new Fields(where + ", " + name, inner);
    }

    /** Nothing may be left over. */
    void end() {
        if (!unread.isEmpty()) {
            throw wrong("there is no field " + String.join(", ", unread) + " here");
        }
    }
}
