package org.homeward.standalone.bench.cpe;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.homeward.simulator.model.DeviceModel;
import org.homeward.simulator.model.Models;
import org.homeward.simulator.model.Node;
import org.jspecify.annotations.Nullable;

/**
 * The data model that all CPEs of the load share: the simulator's TR-098 gateway of about 300 parameters, with the XML
 * of every name and value made beforehand. In the order of the paths.
 */
final class HomeGateway {

    /** A place in the tree. @param value what it says until somebody writes it; {@code ${...}} is the device's own */
    record Entry(
            String path,
            boolean object,
            boolean writable,
            boolean hidden,
            String type,
            String value,
            byte[] name,
            byte[] head) {}

    private static final HomeGateway TR_098 =
            new HomeGateway(new DeviceModel(Models.tr098(), name -> "${" + name + "}"));

    private final String root;
    private final List<Entry> entries = new ArrayList<>();
    private final Map<String, Integer> places = new HashMap<>();

    private HomeGateway(DeviceModel model) {
        root = model.root();
        for (DeviceModel.Entry found : model.subtree("")) {
            Node.@Nullable Parameter parameter = found.node() instanceof Node.Parameter p ? p : null;
            places.put(found.path(), entries.size());
            entries.add(new Entry(
                    found.path(),
                    parameter == null,
                    found.node().writable(),
                    parameter != null && parameter.hidden(),
                    parameter == null ? "" : parameter.type().name(),
                    parameter == null ? "" : model.value(found.path()).orElse(""),
                    ascii("<ParameterInfoStruct><Name>" + found.path() + "</Name><Writable>"
                            + (found.node().writable() ? 1 : 0) + "</Writable></ParameterInfoStruct>"),
                    parameter == null
                            ? new byte[0]
                            : ascii("<ParameterValueStruct><Name>" + found.path() + "</Name><Value xsi:type=\"xsd:"
                                    + parameter.type().name() + "\">")));
        }
    }

    static HomeGateway tr098() {
        return TR_098;
    }

    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    String root() {
        return root;
    }

    int parameters() {
        return (int) entries.stream().filter(entry -> !entry.object()).count();
    }

    @Nullable
    Entry at(String path) {
        Integer place = places.get(path);
        return place == null ? null : entries.get(place);
    }

    /** The object and all below it; all there is for an empty path; nothing if there is no such object. */
    List<Entry> subtree(String object) {
        if (object.isEmpty()) {
            return entries;
        }
        Integer first = places.get(object);
        if (first == null) {
            return List.of();
        }
        int end = first + 1;
        while (end < entries.size() && entries.get(end).path().startsWith(object)) {
            end++;
        }
        return entries.subList(first, end);
    }
}
