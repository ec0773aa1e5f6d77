package org.homeward.provisioning.capability;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.homeward.provisioning.profile.Vocabulary.Check;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** Reads the tables of one mapping file and checks all of them. */
final class TableReader {

    private static final Pattern ROWS = Pattern.compile("([A-Za-z0-9_-]+\\.|\\*\\.)*\\*\\.");
    private static final Pattern NAMES = Pattern.compile("[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)*");

    /** One of the places of a group: what its variables stand for there. */
    record Place(String index, Map<String, String> variables, List<Check> checks) {
        static final Place ANYWHERE = new Place("", Map.of(), List.of());
    }

    private final FileNodes nodes;
    private final String root;
    private final Function<Node, List<Place>> places;

    /** @param places those of the group that a node names */
    TableReader(FileNodes nodes, String root, Function<Node, List<Place>> places) {
        this.nodes = nodes;
        this.root = root;
        this.places = places;
    }

    /** Where the table may stand; empty where these models have none. */
    List<Table> tables(String name, Node node) {
        Capability capability = Catalogue.general(name)
                .filter(each -> each.kind() == ValueKind.TABLE)
                .orElseThrow(() -> nodes.wrong(node, name + " is no table of the catalogue"));
        if (FileNodes.isNothing(node)) {
            return List.of();
        }
        List<Table> tables = new ArrayList<>();
        for (Node each : node instanceof SequenceNode several ? several.getValue() : List.of(node)) {
            tables.addAll(tables(capability, each));
        }
        return List.copyOf(tables);
    }

    private List<Table> tables(Capability capability, Node node) {
        Map<String, Node> parts = nodes.entries(node, Set.of("place", "rows", "columns", "always", "joined"));
        List<Table> tables = new ArrayList<>();
        for (Place place : placesOf(parts.get("place"))) {
            List<Table.Joined> joined = new ArrayList<>();
            Node list = parts.get("joined");
            if (list != null) {
                for (Node each : list instanceof SequenceNode several ? several.getValue() : List.of(list)) {
                    joined.addAll(joined(capability, each));
                }
            }
            Map<String, String> always = new LinkedHashMap<>();
            if (parts.get("always") != null) {
                nodes.entries(parts.get("always"), null)
                        .forEach((path, value) ->
                                always.put(path, nodes.filled(value, nodes.text(value), place.variables())));
            }
            tables.add(new Table(
                    capability.name(),
                    place.checks(),
                    rows(node, parts.get("rows"), place),
                    columns(capability, required(node, parts, "columns")),
                    always,
                    joined));
        }
        return tables;
    }

    private List<Place> placesOf(@Nullable Node node) {
        return node == null ? List.of(Place.ANYWHERE) : places.apply(node);
    }

    private List<Table.Joined> joined(Capability table, Node node) {
        Map<String, Node> parts = nodes.entries(node, Set.of("place", "rows", "by", "columns", "index"));
        Map<String, TableColumn> by = columns(table, required(node, parts, "by"));
        Map<String, TableColumn> columns =
                parts.get("columns") == null ? Map.of() : columns(table, required(node, parts, "columns"));
        Node index = parts.get("index");
        String indexColumn = index == null ? "" : nodes.text(index);
        if (index != null) {
            kind(table, index, indexColumn);
        }
        return placesOf(parts.get("place")).stream()
                .map(place -> new Table.Joined(
                        place.checks(), rows(node, parts.get("rows"), place), by, columns, indexColumn, place.index()))
                .toList();
    }

    private Node required(Node parent, Map<String, Node> parts, String name) {
        Node node = parts.get(name);
        if (node == null) {
            throw nodes.wrong(parent, "has no " + name);
        }
        return node;
    }

    private String rows(Node parent, @Nullable Node node, Place place) {
        if (node == null) {
            throw nodes.wrong(parent, "has no rows");
        }
        String rows = nodes.filled(node, nodes.text(node), place.variables());
        if (!rows.startsWith(root) || !ROWS.matcher(rows).matches()) {
            throw nodes.wrong(
                    node, rows + " is not the path of a row below " + root + ", ending in an asterisk and a dot");
        }
        return rows;
    }

    private Map<String, TableColumn> columns(Capability table, Node node) {
        Map<String, TableColumn> columns = new LinkedHashMap<>();
        nodes.entries(node, null).forEach((name, each) -> columns.put(name, column(kind(table, each, name), each)));
        return columns;
    }

    private ValueKind kind(Capability table, Node node, String column) {
        return table.columns().stream()
                .filter(each -> each.name().equals(column))
                .findFirst()
                .map(Capability.Column::kind)
                .orElseThrow(() -> nodes.wrong(
                        node,
                        column + " is no column of " + table.name() + ", which has "
                                + table.columns().stream()
                                        .map(Capability.Column::name)
                                        .toList()));
    }

    private TableColumn column(ValueKind kind, Node node) {
        if (node instanceof ScalarNode) {
            return new TableColumn(name(node), kind, Map.of());
        }
        Map<String, Node> parts = nodes.entries(node, Set.of("path", "values"));
        Map<String, String> words = new LinkedHashMap<>();
        nodes.entries(required(node, parts, "values"), null).forEach((value, word) -> {
            if (kind.canonical(value).filter(value::equals).isEmpty()) {
                throw nodes.wrong(word, value + " is no value of the column, which is " + kind.words());
            }
            words.put(value, nodes.text(word));
        });
        return new TableColumn(name(required(node, parts, "path")), kind, words);
    }

    private String name(Node node) {
        String name = nodes.text(node);
        if (!NAMES.matcher(name).matches()) {
            throw nodes.wrong(node, name + " is not the name of a parameter within a row");
        }
        return name;
    }
}
