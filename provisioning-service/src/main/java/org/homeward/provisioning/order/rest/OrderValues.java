package org.homeward.provisioning.order.rest;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.homeward.contracts.rpc.ParameterValue;
import org.homeward.contracts.rpc.SensitivePaths;
import org.homeward.contracts.rpc.ValueType;
import org.homeward.kit.rest.Problem;
import org.homeward.kit.security.FieldCipher;
import org.jspecify.annotations.Nullable;

/** Values as callers write them: text, number, boolean, or {@code {"value", "type"}}. */
final class OrderValues {

    private static final int MOST_VALUES = 1_000;

    private final FieldCipher cipher;

    OrderValues(FieldCipher cipher) {
        this.cipher = cipher;
    }

    /** @param relative whether paths are names below a new object */
    List<ParameterValue> read(String field, @Nullable Map<String, JsonNode> values, boolean relative) {
        if (values == null || values.isEmpty()) {
            throw Problem.invalid(field, "names no parameter").exception();
        }
        if (values.size() > MOST_VALUES) {
            throw Problem.invalid(field, "has more than " + MOST_VALUES + " entries")
                    .exception();
        }
        List<ParameterValue> read = new ArrayList<>(values.size());
        values.forEach((path, value) -> {
            String name = field + "." + path;
            Paths.full(name, path);
            if (!relative && path.indexOf('.') < 0) {
                throw Problem.invalid(name, "is not a full path like Device.WiFi.SSID.1.SSID")
                        .exception();
            }
            read.add(value(name, path, value));
        });
        return read;
    }

    private ParameterValue value(String field, String path, @Nullable JsonNode node) {
        ValueType type = ValueType.UNKNOWN;
        JsonNode value = node;
        if (node != null && node.isObject()) {
            for (Iterator<String> names = node.fieldNames(); names.hasNext(); ) {
                String name = names.next();
                if (!name.equals("value") && !name.equals("type")) {
                    throw Problem.invalid(field + "." + name, "there is no such field; known are type, value")
                            .exception();
                }
            }
            type = type(field + ".type", node.get("type"));
            value = node.get("value");
        }
        if (value == null || !value.isValueNode() || value.isNull()) {
            throw Problem.invalid(field, "is not a text, a number, a boolean, or an object with value and type")
                    .exception();
        }
        if (value.isBoolean() && type == ValueType.UNKNOWN) {
            type = ValueType.BOOLEAN;
        }
        String text = type == ValueType.BOOLEAN ? truth(field, value.asText()) : text(value);
        if (!fits(type, text)) {
            throw Problem.invalid(field, "is no " + type.typeName()).exception();
        }
        return SensitivePaths.isSensitive(path)
                ? new ParameterValue(path, cipher.seal(text), type, true)
                : new ParameterValue(path, text, type);
    }

    private static String text(JsonNode value) {
        return value.isNumber() ? value.decimalValue().toPlainString() : value.asText();
    }

    private static String truth(String field, String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true", "1" -> "1";
            case "false", "0" -> "0";
            default -> throw Problem.invalid(field, "is not a boolean").exception();
        };
    }

    /** What the text itself tells; whether the device takes it is for the device to say. */
    private static boolean fits(ValueType type, String text) {
        return switch (type) {
            case INT -> isWhole(text, "-2147483648", "2147483647");
            case UNSIGNED_INT -> isWhole(text, "0", "4294967295");
            case LONG -> isWhole(text, "-9223372036854775808", "9223372036854775807");
            case UNSIGNED_LONG -> isWhole(text, "0", "18446744073709551615");
            case HEX_BINARY -> text.matches("([0-9A-Fa-f]{2})*");
            case BASE64 -> text.matches("[A-Za-z0-9+/\\s]*={0,2}\\s*");
            case DATE_TIME -> text.matches("-?\\d{4,}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d.*");
            case STRING, BOOLEAN, UNKNOWN -> true;
        };
    }

    private static boolean isWhole(String text, String least, String most) {
        if (!text.matches("[+-]?\\d{1,20}")) {
            return false;
        }
        BigInteger number = new BigInteger(text);
        return number.compareTo(new BigInteger(least)) >= 0 && number.compareTo(new BigInteger(most)) <= 0;
    }

    private static ValueType type(String field, @Nullable JsonNode type) {
        if (type == null) {
            return ValueType.UNKNOWN;
        }
        ValueType known = type.isTextual() ? ValueType.of(type.textValue()) : ValueType.UNKNOWN;
        if (known == ValueType.UNKNOWN) {
            throw Problem.invalid(
                            field,
                            "is none of string, int, unsignedInt, long, unsignedLong, boolean, dateTime, base64, hexBinary")
                    .exception();
        }
        return known;
    }
}
