package org.homeward.provisioning.selfcare;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.homeward.provisioning.capability.Capability;
import org.homeward.provisioning.capability.Catalogue;
import org.homeward.provisioning.capability.ValueKind;

/**
 * The ports that a subscriber wants to lead to hosts inside, as far as that can be judged without knowing the device.
 *
 * @param rows by column in the words of the catalogue
 * @param errors everything that is wrong; there are no rows then
 */
public record PortForwards(List<Map<String, String>> rows, List<WiFiChange.Error> errors) {

    /** Its name in the catalogue. */
    public static final String CAPABILITY = "portForwards";

    private static final int MOST = 32;
    private static final Set<String> REQUIRED = Set.of("port", "toAddress", "toPort");
    private static final Map<String, ValueKind> COLUMNS = Catalogue.named(CAPABILITY).orElseThrow().columns().stream()
            .collect(Collectors.toMap(
                    Capability.Column::name, Capability.Column::kind, (one, other) -> one, LinkedHashMap::new));

    public PortForwards {
        rows = List.copyOf(rows);
        errors = List.copyOf(errors);
    }

    /** @param list such as {@code [{"port": 8443, "protocol": "TCP", "toAddress": "192.168.1.20", "toPort": 443}]} */
    public static PortForwards of(JsonNode list) {
        List<WiFiChange.Error> errors = new ArrayList<>();
        List<Map<String, String>> rows = new ArrayList<>();
        if (!list.isArray() || list.size() > MOST) {
            errors.add(new WiFiChange.Error(CAPABILITY, "is a list of at most " + MOST));
        }
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < list.size() && errors.isEmpty(); i++) {
            String field = CAPABILITY + '[' + i + ']';
            Map<String, String> row = row(field, list.get(i), errors);
            if (!seen.add(row.get("protocol") + ' ' + row.get("port"))) {
                errors.add(new WiFiChange.Error(field + ".port", "leads to another host already"));
            }
            rows.add(row);
        }
        return new PortForwards(errors.isEmpty() ? rows : List.of(), errors);
    }

    private static Map<String, String> row(String field, JsonNode node, List<WiFiChange.Error> errors) {
        Map<String, String> row = new LinkedHashMap<>();
        row.put("enabled", "true");
        row.put("protocol", "TCP");
        row.put("description", "");
        for (Map.Entry<String, JsonNode> each : node.properties()) {
            ValueKind kind = COLUMNS.get(each.getKey());
            String name = field + '.' + each.getKey();
            if (kind == null) {
                errors.add(new WiFiChange.Error(name, "there is no such field; there are " + COLUMNS.keySet()));
            } else {
                kind.canonical(each.getValue().asText())
                        .ifPresentOrElse(
                                value -> row.put(each.getKey(), value),
                                () -> errors.add(new WiFiChange.Error(name, "has to be " + kind.words())));
            }
        }
        for (String required : REQUIRED) {
            if (!node.has(required)) {
                errors.add(new WiFiChange.Error(field + '.' + required, "is missing"));
            }
        }
        return row;
    }
}
