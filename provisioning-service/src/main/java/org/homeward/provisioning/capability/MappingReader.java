package org.homeward.provisioning.capability;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.homeward.contracts.rpc.SensitivePaths;
import org.homeward.provisioning.capability.Mapping.Spot;
import org.homeward.provisioning.capability.Mapping.Target;
import org.homeward.provisioning.profile.Glob;
import org.homeward.provisioning.profile.Paths;
import org.homeward.provisioning.profile.Vocabulary.Check;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** Reads one mapping and checks all of it. Used for one file. */
final class MappingReader {

    /** The index of a place that stands for a group without indices. */
    private static final String NO_INDEX = "any";

    /** What an index of a group means: values of variables, and what has to be so. */
    private record Group(Map<Check, Node> where, Map<String, List<Map<String, String>>> byIndex) {}

    private final String file;
    private final Map<String, Group> groups = new LinkedHashMap<>();
    private final Set<String> spoken = new HashSet<>();
    private final Map<String, List<Spot>> spots = new LinkedHashMap<>();
    private String root = "";

    private MappingReader(String file) {
        this.file = file;
    }

    /** @throws MappingFault where anything is wrong */
    static Mapping read(String file, String text) {
        return new MappingReader(file).read(text);
    }

    private Mapping read(String text) {
        Node document;
        try {
            document = new Yaml(new LoaderOptions()).compose(new StringReader(text));
        } catch (MarkedYAMLException e) {
            throw new MappingFault(
                    file, e.getProblemMark() == null ? 1 : e.getProblemMark().getLine() + 1, e.getProblem());
        }
        if (document == null) {
            throw new MappingFault(file, 1, "is empty");
        }
        Map<String, Node> parts = entries(document, Set.of("devices", "places", "capabilities"));
        Node devices = parts.get("devices");
        Node capabilities = parts.get("capabilities");
        if (devices == null || capabilities == null) {
            throw wrong(document, "has to have devices and capabilities");
        }
        Map<String, Node> which = entries(devices, Set.of("root", "manufacturer", "productClass", "softwareVersion"));
        Node rootNode = which.get("root");
        root = rootNode == null ? "" : text(rootNode);
        if (!root.equals("Device.") && !root.equals("InternetGatewayDevice.")) {
            throw wrong(devices, "root is one of Device. and InternetGatewayDevice.");
        }
        if (parts.get("places") != null) {
            entries(parts.get("places"), null).forEach((name, node) -> groups.put(name, group(name, node)));
        }
        entries(capabilities, null).forEach(this::capability);
        return new Mapping(
                file,
                root,
                glob(which.get("manufacturer")),
                glob(which.get("productClass")),
                glob(which.get("softwareVersion")),
                Set.copyOf(spoken),
                Map.copyOf(spots));
    }

    private Glob glob(@Nullable Node node) {
        return new Glob(node == null ? "*" : text(node));
    }

    private Group group(String name, Node node) {
        List<Capability> members =
                Catalogue.all().stream().filter(each -> isIn(name, each.name())).toList();
        if (members.isEmpty()) {
            throw wrong(node, name + " is the beginning of no capability");
        }
        Map<Check, Node> where = new LinkedHashMap<>();
        Map<String, List<Map<String, String>>> byIndex = new LinkedHashMap<>();
        entries(node, null).forEach((index, each) -> {
            if (index.equals("where")) {
                entries(each, null)
                        .forEach((path, wanted) -> where.put(new Check(path, new Glob(text(wanted))), wanted));
            } else if (index.equals(NO_INDEX)
                    ? members.stream().anyMatch(member -> !member.indices().isEmpty())
                    : members.stream().noneMatch(member -> member.indices().contains(index))) {
                throw wrong(each, name + " has no index " + index);
            } else {
                List<Map<String, String>> places = new ArrayList<>();
                for (Node place : each instanceof SequenceNode list ? list.getValue() : List.of(each)) {
                    Map<String, String> variables = new LinkedHashMap<>();
                    variables.put("index", index);
                    entries(place, null).forEach((variable, value) -> variables.put(variable, text(value)));
                    places.add(variables);
                }
                byIndex.put(index, places);
            }
        });
        return new Group(where, byIndex);
    }

    private static boolean isIn(String group, String capability) {
        return capability.startsWith(group + '.') || capability.startsWith(group + '[');
    }

    private void capability(String name, Node node) {
        Capability capability = Catalogue.general(name).orElse(null);
        if (capability == null || capability.kind() == ValueKind.TABLE) {
            throw wrong(
                    node,
                    capability == null
                            ? name + " is no capability; the nearest are " + String.join(", ", Catalogue.nearest(name))
                            : name + " is a table, which no mapping can say yet");
        }
        spoken.add(name);
        if (isNothing(node)) {
            return;
        }
        Group group = groups.entrySet().stream()
                .filter(each -> isIn(each.getKey(), name))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(null);
        List<Node> targets = node instanceof SequenceNode list ? list.getValue() : List.of(node);
        if (capability.indices().isEmpty()) {
            spots.put(name, spots(capability, targets, group, NO_INDEX));
        } else {
            for (String index : capability.indices()) {
                if (group == null || group.byIndex().containsKey(index)) {
                    spots.put(capability.at(index), spots(capability, targets, group, index));
                }
            }
        }
    }

    private List<Spot> spots(Capability capability, List<Node> targets, @Nullable Group group, String index) {
        List<Spot> found = new ArrayList<>();
        List<Map<String, String>> places =
                group == null ? null : group.byIndex().get(index);
        for (Map<String, String> variables : places == null ? List.of(Map.of("index", index)) : places) {
            List<Check> checks = new ArrayList<>();
            if (group != null) {
                group.where()
                        .forEach((check, node) -> checks.add(new Check(
                                path(node, check.path(), variables),
                                new Glob(filled(node, check.pattern().toString(), variables)))));
            }
            found.add(new Spot(
                    List.copyOf(checks),
                    targets.stream()
                            .map(node -> target(capability, node, variables))
                            .toList()));
        }
        return List.copyOf(found);
    }

    private Target target(Capability capability, Node node, Map<String, String> variables) {
        if (node instanceof ScalarNode) {
            return new Target(parameter(capability, node, variables), null);
        }
        Map<String, Node> parts = entries(node, Set.of("path", "values"));
        Node path = parts.get("path");
        if (path == null) {
            throw wrong(node, "has no path");
        }
        return new Target(parameter(capability, path, variables), values(capability, parts.get("values")));
    }

    private String parameter(Capability capability, Node node, Map<String, String> variables) {
        String path = path(node, text(node), variables);
        if (capability.kind().isSecret() != SensitivePaths.isSensitive(path)) {
            throw wrong(
                    node,
                    capability.kind().isSecret()
                            ? path + " is not a parameter that holds a secret, and " + capability.name() + " is one"
                            : path + " holds a secret, and " + capability.name() + " is none");
        }
        return path;
    }

    private @Nullable Map<String, Optional<String>> values(Capability capability, @Nullable Node node) {
        if (node == null) {
            return null;
        }
        if (capability.kind().isSecret()) {
            throw wrong(node, capability.name() + " is a secret, which is written as it is");
        }
        Map<String, Optional<String>> values = new LinkedHashMap<>();
        entries(node, null).forEach((value, word) -> {
            if (!value.equals(Target.ANY) && !capability.kind().canonical(value).equals(Optional.of(value))) {
                throw wrong(
                        word,
                        value + " is no value of " + capability.name() + ", which is "
                                + capability.kind().words());
            }
            values.put(value, isNothing(word) ? Optional.empty() : Optional.of(text(word)));
        });
        return values;
    }

    private String path(Node node, String pattern, Map<String, String> variables) {
        String path = filled(node, pattern, variables);
        if (!Paths.isParameter(path) || !path.startsWith(root)) {
            throw wrong(node, path + " is not the full path of a parameter below " + root);
        }
        return path;
    }

    private String filled(Node node, String pattern, Map<String, String> variables) {
        String text = pattern;
        for (Map.Entry<String, String> variable : variables.entrySet()) {
            text = text.replace('{' + variable.getKey() + '}', variable.getValue());
        }
        if (text.indexOf('{') >= 0) {
            throw wrong(node, text + " names a variable that no place gives; there are " + variables.keySet());
        }
        return text;
    }

    private Map<String, Node> entries(Node node, @Nullable Set<String> known) {
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

    private static boolean isNothing(Node node) {
        return node.getTag().equals(Tag.NULL);
    }

    private String text(Node node) {
        if (node instanceof ScalarNode scalar && !isNothing(node)) {
            return scalar.getValue();
        }
        throw wrong(node, "is not a text");
    }

    private MappingFault wrong(Node node, String message) {
        return new MappingFault(file, node.getStartMark().getLine() + 1, message);
    }
}
