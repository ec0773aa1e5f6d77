package org.homeward.simulator.model;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.homeward.simulator.soap.CwmpFault;
import org.homeward.simulator.soap.CwmpFault.ParameterFault;
import org.jspecify.annotations.Nullable;

/**
 * The data model of one device: the shared {@link BaseModel} and what differs from it here. A device that nobody
 * touched costs this object and nothing more. Safe for use by several threads.
 */
public final class DeviceModel {

    /** A node and its full path; objects end in a dot. */
    public record Entry(String path, Node node) {}

    /**
     * One value to write.
     *
     * @param type XML Schema local name as the ACS wrote it, empty if it wrote none
     */
    public record Assignment(String path, String type, String value) {}

    private static final class Overlay {
        final Map<String, String> values = new HashMap<>(4);
        final Map<String, Integer> notifications = new HashMap<>(0);
        final NavigableMap<String, Node> added = new TreeMap<>();
        final Set<String> deleted = new HashSet<>(0);
        final Map<String, Integer> lastInstance = new HashMap<>(0);
    }

    private final BaseModel base;
    private final UnaryOperator<String> ownValues;
    private @Nullable Overlay overlay;

    /**
     * Makes a device's view.
     *
     * @param ownValues what {@code ${name}} stands for, by name
     */
    public DeviceModel(BaseModel base, UnaryOperator<String> ownValues) {
        this.base = base;
        this.ownValues = ownValues;
    }

    public BaseModel base() {
        return base;
    }

    public String root() {
        return base.root();
    }

    /** Back to the factory: values, instances, attributes. */
    public synchronized void reset() {
        overlay = null;
    }

    public synchronized @Nullable Node node(String path) {
        if (overlay == null) {
            return base.nodes().get(path);
        }
        Node added = overlay.added.get(path);
        return added != null ? added : isDeleted(path) ? null : base.nodes().get(path);
    }

    /** The value as the device knows it, secrets included; empty when there is no such parameter. */
    public synchronized Optional<String> value(String path) {
        return node(path) instanceof Node.Parameter parameter
                ? Optional.of(valueOf(path, parameter))
                : Optional.empty();
    }

    /** The value of a parameter below the root, such as {@code ManagementServer.URL}; empty text when missing. */
    public String under(String relative) {
        return value(root() + relative).orElse("");
    }

    /** The value as it is told to an ACS: empty for what is hidden. */
    public synchronized String reported(String path, Node.Parameter parameter) {
        return parameter.hidden() ? "" : valueOf(path, parameter);
    }

    private String valueOf(String path, Node.Parameter parameter) {
        String own = overlay == null ? null : overlay.values.get(path);
        if (own != null) {
            return own;
        }
        if (path.endsWith("NumberOfEntries")) {
            String table = path.substring(0, path.length() - "NumberOfEntries".length()) + ".";
            if (node(table) instanceof Node.ObjectNode object && object.table()) {
                return Integer.toString(instances(table).size());
            }
        }
        return fill(parameter.value());
    }

    private String fill(String value) {
        int start = value.indexOf("${");
        if (start < 0) {
            return value;
        }
        int end = value.indexOf('}', start);
        return value.substring(0, start)
                + ownValues.apply(value.substring(start + 2, end))
                + fill(value.substring(end + 1));
    }

    /** Everything at and below a path that ends in a dot, in path order; an empty path means the whole tree. */
    public synchronized List<Entry> subtree(String prefix) {
        List<Entry> entries = new ArrayList<>();
        String end = prefix + '\uffff';
        base.nodes().subMap(prefix, true, end, false).forEach((path, node) -> {
            if (!isDeleted(path)) {
                entries.add(new Entry(path, node));
            }
        });
        if (overlay != null && !overlay.added.isEmpty()) {
            overlay.added.subMap(prefix, true, end, false).forEach((path, node) -> entries.add(new Entry(path, node)));
            entries.sort((a, b) -> a.path().compareTo(b.path()));
        }
        return entries;
    }

    /** The nodes directly below an object. */
    public List<Entry> children(String prefix) {
        return subtree(prefix).stream()
                .filter(e -> e.path().length() > prefix.length())
                .filter(e -> {
                    int dot = e.path().indexOf('.', prefix.length());
                    return dot < 0 || dot == e.path().length() - 1;
                })
                .toList();
    }

    /** The instance numbers of a table. */
    public List<Integer> instances(String table) {
        return children(table).stream()
                .map(e -> e.path().substring(table.length()))
                .filter(n -> n.matches("\\d+\\."))
                .map(n -> Integer.valueOf(n.substring(0, n.length() - 1)))
                .sorted()
                .toList();
    }

    /**
     * Writes all of the values or none (TR-069 A.3.2.1).
     *
     * @return the parameters that were refused; when it is empty, all is written
     */
    public synchronized List<ParameterFault> assign(List<Assignment> assignments) {
        List<ParameterFault> faults = check(assignments);
        if (faults.isEmpty()) {
            assignments.forEach(a -> put(a.path(), a.value()));
        }
        return faults;
    }

    /** The parameters that {@link #assign} would refuse; writes nothing. */
    public synchronized List<ParameterFault> check(List<Assignment> assignments) {
        return assignments.stream()
                .flatMap(a -> check(a).stream())
                .map(f -> new ParameterFault(f.name(), f.code(), CwmpFault.defaultText(f.code())))
                .toList();
    }

    private Optional<ParameterFault> check(Assignment assignment) {
        if (!(node(assignment.path()) instanceof Node.Parameter parameter)) {
            return Optional.of(new ParameterFault(assignment.path(), 9005, ""));
        }
        int code = 0;
        if (!parameter.writable()) {
            code = 9008;
        } else if (!assignment.type().isEmpty()
                && !assignment.type().equals(parameter.type().name())) {
            code = 9006;
        } else if (!parameter.type().accepts(assignment.value())) {
            code = 9007;
        }
        return code == 0 ? Optional.empty() : Optional.of(new ParameterFault(assignment.path(), code, ""));
    }

    /**
     * Writes a value as the device itself does: no look at write access.
     *
     * @throws IllegalArgumentException when there is no such parameter
     */
    public synchronized void put(String path, String value) {
        if (!(node(path) instanceof Node.Parameter parameter)) {
            throw new IllegalArgumentException("no parameter " + path + " in " + base.name());
        }
        overlay().values.put(shared(path), parameter.type().isBoolean() ? bool(value) : value);
    }

    /** The base model's own copy of a path, so that a thousand devices do not each keep one. */
    private String shared(String path) {
        String known = base.nodes().floorKey(path);
        return path.equals(known) ? known : path;
    }

    private String bool(String value) {
        boolean yes = value.strip().equals("1") || value.strip().equals("true");
        return base.numericBooleans() ? yes ? "1" : "0" : Boolean.toString(yes);
    }

    /** The notification attribute: 0 off, 1 passive, 2 active, 3..6 as A.3.2.4. */
    public synchronized int notification(String path) {
        Integer own = overlay == null ? null : overlay.notifications.get(path);
        return own != null ? own : node(path) instanceof Node.Parameter p ? p.notification() : 0;
    }

    public synchronized void notification(String path, int notification) {
        overlay().notifications.put(shared(path), notification);
    }

    /**
     * Makes an instance; its number was never used before (TR-069 A.3.2.6).
     *
     * @return the instance number, or 0 when instances cannot be added there
     */
    public synchronized int add(String table) {
        return node(table) instanceof Node.ObjectNode object && object.table() && object.writable() ? grow(table) : 0;
    }

    /** The same as the device itself does it: no look at write access. */
    public synchronized int grow(String table) {
        Overlay own = overlay();
        int highest =
                instances(table).stream().mapToInt(Integer::intValue).max().orElse(0);
        int number = Math.max(highest, own.lastInstance.getOrDefault(table, 0)) + 1;
        own.lastInstance.put(table, number);
        String path = table + number + ".";
        boolean writable = node(table) instanceof Node.ObjectNode object && object.writable();
        own.added.put(path, new Node.ObjectNode(false, writable));
        base.template(table).forEach(entry -> own.added.put(path + entry.name(), entry.node()));
        return number;
    }

    /** Removes an instance and all below; false when it is no instance of a writable table. */
    public synchronized boolean delete(String instance) {
        if (!(node(instance) instanceof Node.ObjectNode object)
                || !object.writable()
                || !instance.matches(".*\\.\\d+\\.")) {
            return false;
        }
        shrink(instance);
        return true;
    }

    /** The same as the device itself does it: no look at write access. */
    public synchronized void shrink(String instance) {
        String table = instance.substring(0, instance.lastIndexOf('.', instance.length() - 2) + 1);
        Overlay own = overlay();
        int number = Integer.parseInt(instance.substring(table.length(), instance.length() - 1));
        own.lastInstance.merge(table, number, Math::max);
        own.added.subMap(instance, true, instance + '\uffff', false).clear();
        own.values.keySet().removeIf(path -> path.startsWith(instance));
        own.notifications.keySet().removeIf(path -> path.startsWith(instance));
        if (base.nodes().containsKey(instance)) {
            own.deleted.add(instance);
        }
    }

    /**
     * Replaces all rows of a result table, which count from 1 each time. Values without a column are left out, and all of
     * them where the model has no such table.
     */
    public synchronized void fill(String table, List<Map<String, String>> rows) {
        if (!(node(table) instanceof Node.ObjectNode object) || !object.table()) {
            return;
        }
        instances(table).forEach(i -> shrink(table + i + "."));
        Overlay own = overlay();
        own.lastInstance.remove(table);
        for (int i = 1; i <= rows.size(); i++) {
            String path = table + i + ".";
            own.added.put(path, new Node.ObjectNode(false, false));
            base.template(table).forEach(entry -> own.added.put(path + entry.name(), entry.node()));
            rows.get(i - 1).forEach((name, value) -> {
                if (node(path + name) instanceof Node.Parameter) {
                    put(path + name, value);
                }
            });
        }
    }

    private Overlay overlay() {
        if (overlay == null) {
            overlay = new Overlay();
        }
        return overlay;
    }

    private boolean isDeleted(String path) {
        return overlay != null
                && !overlay.deleted.isEmpty()
                && overlay.deleted.stream().anyMatch(path::startsWith);
    }

    /** What differs from the factory, for backups and tests. */
    public synchronized Map<String, String> ownValues() {
        return overlay == null ? Map.of() : Collections.unmodifiableMap(new TreeMap<>(overlay.values));
    }
}
