package org.homeward.kit.json;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.homeward.contracts.CommandId;
import org.homeward.contracts.DeviceId;
import org.homeward.contracts.DeviceKey;
import org.homeward.contracts.Message;
import org.homeward.contracts.OrderId;
import org.homeward.contracts.PlanId;
import org.homeward.contracts.SessionId;
import org.homeward.contracts.TenantId;
import org.homeward.contracts.WakeUpId;
import org.homeward.contracts.rpc.ValueType;
import org.jspecify.annotations.Nullable;

/**
 * JSON Schema (2020-12) of a message record, as {@link ContractsJson} writes it. Required is what a reader can't do
 * without; what may be null, false, zero or empty may be left out.
 */
final class RecordSchemas {

    private static final Set<Class<?>> TEXTS = Set.of(
            String.class,
            SessionId.class,
            CommandId.class,
            PlanId.class,
            OrderId.class,
            WakeUpId.class,
            TenantId.class,
            DeviceId.class,
            DeviceKey.class);

    private final Map<String, ObjectNode> definitions = new TreeMap<>();
    private final Map<String, Class<?>> defined = new HashMap<>();

    private RecordSchemas() {}

    static ObjectNode of(Class<? extends Message> message) {
        RecordSchemas schemas = new RecordSchemas();
        ObjectNode schema = JsonNodeFactory.instance.objectNode();
        schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.put("title", message.getSimpleName());
        schemas.describe(schema, message, false);
        if (!schemas.definitions.isEmpty()) {
            schema.set("$defs", JsonNodeFactory.instance.objectNode().setAll(schemas.definitions));
        }
        return schema;
    }

    private void describe(ObjectNode schema, Class<?> type, boolean isMember) {
        schema.put("type", "object");
        ObjectNode properties = schema.putObject("properties");
        ArrayNode required = JsonNodeFactory.instance.arrayNode();
        if (isMember) {
            properties.putObject("is").put("const", nameOf(type));
            required.add("is");
        }
        for (RecordComponent component : type.getRecordComponents()) {
            properties.set(component.getName(), schema(component.getGenericType()));
            if (isRequired(component)) {
                required.add(component.getName());
            }
        }
        if (!required.isEmpty()) {
            schema.set("required", required);
        }
    }

    private static boolean isRequired(RecordComponent component) {
        Class<?> type = component.getType();
        return !type.isPrimitive()
                && type != String.class
                && !List.class.isAssignableFrom(type)
                && !Set.class.isAssignableFrom(type)
                && !Map.class.isAssignableFrom(type)
                && !component.getAnnotatedType().isAnnotationPresent(Nullable.class);
    }

    private ObjectNode schema(Type generic) {
        ObjectNode schema = JsonNodeFactory.instance.objectNode();
        Class<?> type = generic instanceof ParameterizedType parameterized
                ? (Class<?>) parameterized.getRawType()
                : (Class<?>) generic;
        if (TEXTS.contains(type)) {
            return schema.put("type", "string");
        } else if (type == Instant.class) {
            return schema.put("type", "string").put("format", "date-time");
        } else if (type == int.class || type == Integer.class) {
            return schema.put("type", "integer")
                    .put("minimum", Integer.MIN_VALUE)
                    .put("maximum", Integer.MAX_VALUE);
        } else if (type == long.class || type == Long.class) {
            return schema.put("type", "integer");
        } else if (type == boolean.class || type == Boolean.class) {
            return schema.put("type", "boolean");
        } else if (type == List.class || type == Set.class) {
            schema.put("type", "array");
            schema.set("items", schema(((ParameterizedType) generic).getActualTypeArguments()[0]));
            return schema;
        } else if (type == Map.class) {
            schema.put("type", "object");
            if (((ParameterizedType) generic).getActualTypeArguments()[1] == String.class) {
                schema.putObject("additionalProperties").put("type", "string");
            }
            return schema;
        } else if (type.isEnum()) {
            schema.put("type", "string");
            ArrayNode constants = schema.putArray("enum");
            Arrays.stream(type.getEnumConstants())
                    .map(constant -> constant instanceof ValueType value ? value.typeName() : constant.toString())
                    .forEach(constants::add);
            return schema;
        } else if (type.isSealed()) {
            ArrayNode members = schema.putArray("oneOf");
            for (Class<?> member : type.getPermittedSubclasses()) {
                members.add(reference(member, true));
            }
            return schema;
        } else if (type.isRecord()) {
            return reference(type, false);
        }
        throw new IllegalArgumentException("the contracts have no schema for " + type + " yet");
    }

    private ObjectNode reference(Class<?> type, boolean isMember) {
        String name = type.getSimpleName();
        Class<?> known = defined.putIfAbsent(name, type);
        if (known == null) {
            ObjectNode definition = JsonNodeFactory.instance.objectNode();
            definitions.put(name, definition);
            describe(definition, type, isMember);
        } else if (known != type) {
            throw new IllegalStateException("two records are named " + name);
        }
        return JsonNodeFactory.instance.objectNode().put("$ref", "#/$defs/" + name);
    }

    private static String nameOf(Class<?> type) {
        String name = type.getSimpleName();
        return Character.toLowerCase(name.charAt(0)) + name.substring(1);
    }
}
