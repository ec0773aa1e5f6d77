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
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** Reads one mapping and checks all of it. Used for one file. */
final class MappingReader {

    /** The index of a place that stands for a group without indices. */
    private static final String NO_INDEX = "any";

    /** What an index of a group means: values of variables, and what has to be so. */
    private record Group(Map<Check, Node> where, Map<String, List<Map<String, String>>> byIndex) {}

    private final String file;
    private final FileNodes nodes;
    private final Map<String, Group> groups = new LinkedHashMap<>();
    private final Set<String> spoken = new HashSet<>();
    private final Map<String, List<Spot>> spots = new LinkedHashMap<>();
    private String root = "";

    private MappingReader(String file) {
        this.file = file;
        this.nodes = new FileNodes(file);
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
        Map<String, Node> parts = nodes.entries(document, Set.of("devices", "places", "capabilities", "tables"));
        Node devices = parts.get("devices");
        Node capabilities = parts.get("capabilities");
        if (devices == null || capabilities == null) {
            throw nodes.wrong(document, "has to have devices and capabilities");
        }
        Map<String, Node> which =
                nodes.entries(devices, Set.of("root", "manufacturer", "productClass", "softwareVersion"));
        Node rootNode = which.get("root");
        root = rootNode == null ? "" : nodes.text(rootNode);
        if (!root.equals("Device.") && !root.equals("InternetGatewayDevice.")) {
            throw nodes.wrong(devices, "root is one of Device. and InternetGatewayDevice.");
        }
        if (parts.get("places") != null) {
            nodes.entries(parts.get("places"), null).forEach((name, node) -> groups.put(name, group(name, node)));
        }
        nodes.entries(capabilities, null).forEach(this::capability);
        Map<String, List<Table>> tables = new LinkedHashMap<>();
        if (parts.get("tables") != null) {
            TableReader reader = new TableReader(nodes, root, this::places);
            nodes.entries(parts.get("tables"), null).forEach((name, node) -> {
                spoken.add(name);
                tables.put(name, reader.tables(name, node));
            });
        }
        return new Mapping(
                file,
                root,
                glob(which.get("manufacturer")),
                glob(which.get("productClass")),
                glob(which.get("softwareVersion")),
                Set.copyOf(spoken),
                Map.copyOf(spots),
                Map.copyOf(tables));
    }

    private Glob glob(@Nullable Node node) {
        return new Glob(node == null ? "*" : nodes.text(node));
    }

    private Group group(String name, Node node) {
        List<Capability> members =
                Catalogue.all().stream().filter(each -> isIn(name, each.name())).toList();
        if (members.isEmpty()) {
            throw nodes.wrong(node, name + " is the beginning of no capability");
        }
        Map<Check, Node> where = new LinkedHashMap<>();
        Map<String, List<Map<String, String>>> byIndex = new LinkedHashMap<>();
        nodes.entries(node, null).forEach((index, each) -> {
            if (index.equals("where")) {
                nodes.entries(each, null)
                        .forEach((path, wanted) -> where.put(new Check(path, new Glob(nodes.text(wanted))), wanted));
            } else if (index.equals(NO_INDEX)
                    ? members.stream().anyMatch(member -> !member.indices().isEmpty())
                    : members.stream().noneMatch(member -> member.indices().contains(index))) {
                throw nodes.wrong(each, name + " has no index " + index);
            } else {
                List<Map<String, String>> places = new ArrayList<>();
                for (Node place : each instanceof SequenceNode list ? list.getValue() : List.of(each)) {
                    Map<String, String> variables = new LinkedHashMap<>();
                    variables.put("index", index);
                    nodes.entries(place, null).forEach((variable, value) -> variables.put(variable, nodes.text(value)));
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
            throw nodes.wrong(
                    node,
                    capability == null
                            ? name + " is no capability; the nearest are " + String.join(", ", Catalogue.nearest(name))
                            : name + " is a table, which stands under tables");
        }
        spoken.add(name);
        if (FileNodes.isNothing(node)) {
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
        return places(group, index).stream()
                .map(place -> new Spot(
                        place.checks(),
                        targets.stream()
                                .map(node -> target(capability, node, place.variables()))
                                .toList()))
                .toList();
    }

    private List<TableReader.Place> places(@Nullable Group group, String index) {
        List<Map<String, String>> places =
                group == null ? null : group.byIndex().get(index);
        List<TableReader.Place> found = new ArrayList<>();
        for (Map<String, String> variables : places == null ? List.of(Map.of("index", index)) : places) {
            List<Check> checks = new ArrayList<>();
            if (group != null) {
                group.where()
                        .forEach((check, node) -> checks.add(new Check(
                                path(node, check.path(), variables),
                                new Glob(nodes.filled(node, check.pattern().toString(), variables)))));
            }
            found.add(new TableReader.Place(index, variables, List.copyOf(checks)));
        }
        return found;
    }

    /** All places of a group, whatever their index. */
    private List<TableReader.Place> places(Node node) {
        Group group = groups.get(nodes.text(node));
        if (group == null) {
            throw nodes.wrong(node, "is none of the places of this file, which are " + groups.keySet());
        }
        return group.byIndex().keySet().stream()
                .flatMap(index -> places(group, index).stream())
                .toList();
    }

    private Target target(Capability capability, Node node, Map<String, String> variables) {
        if (node instanceof ScalarNode) {
            return new Target(parameter(capability, node, variables), null);
        }
        Map<String, Node> parts = nodes.entries(node, Set.of("path", "values"));
        Node path = parts.get("path");
        if (path == null) {
            throw nodes.wrong(node, "has no path");
        }
        return new Target(parameter(capability, path, variables), values(capability, parts.get("values")));
    }

    private String parameter(Capability capability, Node node, Map<String, String> variables) {
        String path = path(node, nodes.text(node), variables);
        if (capability.kind().isSecret() != SensitivePaths.isSensitive(path)) {
            throw nodes.wrong(
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
            throw nodes.wrong(node, capability.name() + " is a secret, which is written as it is");
        }
        Map<String, Optional<String>> values = new LinkedHashMap<>();
        nodes.entries(node, null).forEach((value, word) -> {
            if (!value.equals(Target.ANY) && !capability.kind().canonical(value).equals(Optional.of(value))) {
                throw nodes.wrong(
                        word,
                        value + " is no value of " + capability.name() + ", which is "
                                + capability.kind().words());
            }
            values.put(value, FileNodes.isNothing(word) ? Optional.empty() : Optional.of(nodes.text(word)));
        });
        return values;
    }

    private String path(Node node, String pattern, Map<String, String> variables) {
        String path = nodes.filled(node, pattern, variables);
        if (!Paths.isParameter(path) || !path.startsWith(root)) {
            throw nodes.wrong(node, path + " is not the full path of a parameter below " + root);
        }
        return path;
    }
}
