package org.homeward.provisioning.selfcare;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.homeward.provisioning.capability.ValueKind;
import org.jspecify.annotations.Nullable;

/**
 * What a subscriber wants of its Wi-Fi networks, as far as that can be judged without knowing the device.
 *
 * @param chosen in no certain order
 * @param errors everything that is wrong; nothing is chosen then
 */
public record WiFiChange(List<Chosen> chosen, List<Error> errors) {

    private static final Pattern HEXADECIMAL = Pattern.compile("[0-9A-Fa-f]{64}");
    private static final String FIELDS =
            Arrays.stream(WiFiField.values()).map(WiFiField::property).collect(Collectors.joining(", "));

    public WiFiChange {
        chosen = List.copyOf(chosen);
        errors = List.copyOf(errors);
    }

    /** @param value in the words of the catalogue; null for what operators say */
    public record Chosen(String capability, @Nullable String value) {
        /** A password must not show. */
        @Override
        public String toString() {
            return capability;
        }
    }

    /** @param field as in REST */
    public record Error(String field, String message) {}

    /** @param body such as {@code {"networks": {"5GHz": {"name": "home", "channel": null}}}} */
    public static WiFiChange of(JsonNode body) {
        List<Chosen> chosen = new ArrayList<>();
        List<Error> errors = new ArrayList<>();
        JsonNode networks = body.path("networks");
        for (Iterator<String> names = body.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (!name.equals("networks")) {
                errors.add(new Error(name, "there is no such field; there is networks"));
            }
        }
        if (!networks.isObject() || networks.isEmpty()) {
            errors.add(new Error("networks", "has to name a network: one of " + String.join(", ", Networks.ALL)));
        }
        for (Map.Entry<String, JsonNode> each : networks.properties()) {
            network(each.getKey(), each.getValue(), chosen, errors);
        }
        if (errors.isEmpty() && chosen.isEmpty()) {
            errors.add(new Error("networks", "nothing is to be changed"));
        }
        return new WiFiChange(errors.isEmpty() ? chosen : List.of(), errors);
    }

    private static void network(String network, JsonNode node, List<Chosen> chosen, List<Error> errors) {
        String field = "networks." + network;
        if (!Networks.ALL.contains(network)) {
            errors.add(new Error(field, "is none of " + String.join(", ", Networks.ALL)));
            return;
        }
        if (!node.isObject()) {
            errors.add(new Error(field, "is not an object with any of " + FIELDS));
            return;
        }
        for (Map.Entry<String, JsonNode> each : node.properties()) {
            String name = field + '.' + each.getKey();
            WiFiField known = WiFiField.named(each.getKey()).orElse(null);
            if (known == null) {
                errors.add(new Error(name, "there is no such field; there are " + FIELDS));
            } else if (!known.isOf(network)) {
                errors.add(new Error(
                        name, "guests are on the channel of their band; say it of " + Networks.band(network)));
            } else if (each.getValue().isNull()) {
                chosen.add(new Chosen(known.of(network), null));
            } else {
                value(known, network, name, each.getValue(), chosen, errors);
            }
        }
    }

    private static void value(
            WiFiField known, String network, String name, JsonNode node, List<Chosen> chosen, List<Error> errors) {
        ValueKind kind = known.catalogued(network).kind();
        boolean fits = switch (kind) {
            case BOOLEAN -> node.isBoolean();
            case CHANNEL -> node.isIntegralNumber() || node.isTextual();
            default -> node.isTextual();
        };
        String text = node.isTextual() ? node.textValue() : node.asText();
        String value = fits ? kind.canonical(text).orElse(null) : null;
        if (value == null) {
            errors.add(new Error(name, wrong(kind, text)));
        } else {
            chosen.add(new Chosen(known.of(network), value));
        }
    }

    private static String wrong(ValueKind kind, String text) {
        if (kind == ValueKind.PASSPHRASE && HEXADECIMAL.matcher(text).matches()) {
            return "has to be the password itself, " + kind.words() + ", and not the key that is made of it";
        }
        return "has to be " + kind.words();
    }
}
