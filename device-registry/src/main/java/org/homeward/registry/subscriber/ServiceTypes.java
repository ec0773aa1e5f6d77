package org.homeward.registry.subscriber;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The service types that are known: those that come along, and over them what a tenant says. */
public record ServiceTypes(Map<String, ServiceType> byName) {

    private static final ObjectMapper JSON = JsonMapper.builder().build();

    /** Those that come along, from {@code service-types.json}. */
    public static final ServiceTypes COMMON = common();

    private static final int MOST = 100;

    public ServiceTypes {
        byName = Map.copyOf(byName);
    }

    public ServiceType of(String name) {
        ServiceType known = byName.get(name);
        return known == null ? ServiceType.open(name) : known;
    }

    /** These with others over them. */
    public ServiceTypes with(Map<String, ServiceType> others) {
        Map<String, ServiceType> all = new LinkedHashMap<>(byName);
        all.putAll(others);
        return new ServiceTypes(all);
    }

    private static ServiceTypes common() {
        try (InputStream file = Objects.requireNonNull(ServiceTypes.class.getResourceAsStream("service-types.json"))) {
            Map<String, ServiceType> types = new LinkedHashMap<>();
            JSON.readTree(file)
                    .properties()
                    .forEach(each -> types.put(each.getKey(), read(each.getKey(), each.getValue())));
            return new ServiceTypes(types);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Reads what is said of a type: {@code {"vlan": {"type": "integer", "minimum": 1, "maximum": 4094}}}.
     *
     * @throws Malformed with the field and what is wrong with it
     */
    public static ServiceType read(String name, JsonNode attributes) {
        if (!attributes.isObject() || attributes.size() > MOST) {
            throw new Malformed("attributes", "is an object of at most " + MOST + " attributes");
        }
        Map<String, AttributeRule> rules = new LinkedHashMap<>();
        attributes
                .properties()
                .forEach(each -> rules.put(each.getKey(), rule("attributes." + each.getKey(), each.getValue())));
        return new ServiceType(name, rules);
    }

    private static AttributeRule rule(String field, JsonNode said) {
        if (!said.isObject()) {
            throw new Malformed(field, "is an object");
        }
        AttributeRule.Type type = AttributeRule.Type.ANY;
        boolean secret = false;
        Long minimum = null;
        Long maximum = null;
        List<String> values = new ArrayList<>();
        for (Map.Entry<String, JsonNode> each : said.properties()) {
            String below = field + "." + each.getKey();
            JsonNode value = each.getValue();
            switch (each.getKey()) {
                case "type" -> type = type(below, value);
                case "secret" -> secret = value.asBoolean();
                case "minimum" -> minimum = whole(below, value);
                case "maximum" -> maximum = whole(below, value);
                case "values" -> value.forEach(one -> values.add(one.asText()));
                default -> throw new Malformed(below, "is not known; known are type, secret, minimum, maximum, values");
            }
        }
        return new AttributeRule(type, secret, minimum, maximum, values);
    }

    private static AttributeRule.Type type(String field, JsonNode value) {
        try {
            return AttributeRule.Type.valueOf(value.asText().toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new Malformed(field, "is one of string, integer, number, boolean, any");
        }
    }

    private static @Nullable Long whole(String field, JsonNode value) {
        if (!value.isIntegralNumber() || !value.canConvertToLong()) {
            throw new Malformed(field, "is a whole number");
        }
        return value.longValue();
    }

    /** What {@link #read} reads. */
    public static ObjectNode written(ServiceType type) {
        ObjectNode attributes = JsonNodeFactory.instance.objectNode();
        new TreeMap<>(type.attributes()).forEach((path, rule) -> {
            ObjectNode said = attributes.putObject(path);
            said.put("type", rule.type().name().toLowerCase(Locale.ROOT));
            if (rule.secret()) {
                said.put("secret", true);
            }
            if (rule.minimum() != null) {
                said.put("minimum", rule.minimum());
            }
            if (rule.maximum() != null) {
                said.put("maximum", rule.maximum());
            }
            if (!rule.values().isEmpty()) {
                rule.values().forEach(said.putArray("values")::add);
            }
        });
        return attributes;
    }

    /** What was said of a type can't be read. */
    public static final class Malformed extends IllegalArgumentException {
        private static final long serialVersionUID = 1;
        private final String field;

        Malformed(String field, String why) {
            super(why);
            this.field = field;
        }

        public String field() {
            return field;
        }
    }
}
