package org.homeward.provisioning.capability;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.Tag;

/** The nodes of one mapping file, read strictly: what is wrong is told with file and line. */
record FileNodes(String file) {

    /** @param known names that there may be; null for any */
    Map<String, Node> entries(Node node, @Nullable Set<String> known) {
        if (!(node instanceof MappingNode mapping)) {
            throw wrong(node, "is not a mapping of names to values");
        }
        Map<String, Node> entries = new LinkedHashMap<>();
        for (NodeTuple tuple : mapping.getValue()) {
            String name = text(tuple.getKeyNode());
            if (known != null && !known.contains(name)) {
                throw wrong(
                        tuple.getKeyNode(),
                        name + " is not known here; there are "
                                + String.join(", ", known.stream().sorted().toList()));
            }
            if (entries.put(name, tuple.getValueNode()) != null) {
                throw wrong(tuple.getKeyNode(), name + " stands here twice");
            }
        }
        return entries;
    }

    static boolean isNothing(Node node) {
        return node.getTag().equals(Tag.NULL);
    }

    String text(Node node) {
        if (node instanceof ScalarNode scalar && !isNothing(node)) {
            return scalar.getValue();
        }
        throw wrong(node, "is not a text");
    }

    /** With variables in place of their names in braces. */
    String filled(Node node, String pattern, Map<String, String> variables) {
        String text = pattern;
        for (Map.Entry<String, String> variable : variables.entrySet()) {
            text = text.replace('{' + variable.getKey() + '}', variable.getValue());
        }
        if (text.indexOf('{') >= 0) {
            throw wrong(node, text + " names a variable that no place gives; there are " + variables.keySet());
        }
        return text;
    }

    MappingFault wrong(Node node, String message) {
        return new MappingFault(file, node.getStartMark().getLine() + 1, message);
    }
}
