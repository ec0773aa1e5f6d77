package org.homeward.simulator.model;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** The data model as it leaves the factory. Immutable; one instance serves every device of its kind. */
public final class BaseModel {
    private static final Pattern INSTANCE = Pattern.compile("\\.\\d+(?=\\.)");

    /** A node by its name relative to the instance it belongs to. */
    record TemplateNode(String name, Node node) {}

    private final String name;
    private final String root;
    private final boolean numericBooleans;
    private final NavigableMap<String, Node> nodes;
    private final Map<String, List<TemplateNode>> templates;
    private final List<String> informPaths;

    BaseModel(
            String name,
            boolean numericBooleans,
            NavigableMap<String, Node> nodes,
            Map<String, List<TemplateNode>> templates) {
        this.name = name;
        this.numericBooleans = numericBooleans;
        this.nodes = Collections.unmodifiableNavigableMap(new TreeMap<>(nodes));
        this.templates = Map.copyOf(templates);
        this.informPaths = nodes.entrySet().stream()
                .filter(e -> e.getValue() instanceof Node.Parameter p && p.inInform())
                .map(Map.Entry::getKey)
                .toList();
        String first = nodes.firstKey();
        this.root = first.substring(0, first.indexOf('.') + 1);
    }

    public String name() {
        return name;
    }

    /** {@code Device.} or {@code InternetGatewayDevice.}. */
    public String root() {
        return root;
    }

    public long parameterCount() {
        return nodes.values().stream().filter(Node.Parameter.class::isInstance).count();
    }

    /** The parameters that every Inform carries (TR-069 A.3.3.1, forced Inform parameters and the model's own). */
    public List<String> informPaths() {
        return informPaths;
    }

    boolean numericBooleans() {
        return numericBooleans;
    }

    NavigableMap<String, Node> nodes() {
        return nodes;
    }

    /** What a new instance of a table holds. */
    List<TemplateNode> template(String table) {
        return templates.getOrDefault(pattern(table), List.of());
    }

    /** A path with its instance numbers replaced: {@code Device.WiFi.SSID.{i}.SSID}. */
    static String pattern(String path) {
        return INSTANCE.matcher(path).replaceAll(".{i}");
    }
}
