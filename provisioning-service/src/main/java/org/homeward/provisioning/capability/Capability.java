package org.homeward.provisioning.capability;

import java.util.List;
import java.util.stream.Stream;

/**
 * Something that a home gateway can be told, whatever its model.
 *
 * @param name such as {@code wifi.networks[*].ssid}; the asterisk stands for an index
 * @param indices that there are; empty where the name has no asterisk
 * @param unit of the value; empty where it has none
 * @param meaning for people
 * @param columns of a table; empty for anything else
 */
public record Capability(
        String name, List<String> indices, ValueKind kind, String unit, String meaning, List<Column> columns) {

    public Capability {
        indices = List.copyOf(indices);
        columns = List.copyOf(columns);
    }

    /** @param meaning for people */
    public record Column(String name, ValueKind kind, String meaning) {}

    /** Before the index, such as {@code wifi.networks}; the whole name where it has none. */
    String family() {
        int index = name.indexOf("[*]");
        return index < 0 ? name : name.substring(0, index);
    }

    /** With its index in place of the asterisk. */
    String at(String index) {
        return name.replace("[*]", '[' + index + ']');
    }

    /** All names that there are of it. */
    public Stream<String> names() {
        return indices.isEmpty() ? Stream.of(name) : indices.stream().map(this::at);
    }
}
