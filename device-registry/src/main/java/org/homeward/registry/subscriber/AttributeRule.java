package org.homeward.registry.subscriber;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a service type says about one of its attributes.
 *
 * @param secret whether it is one also where its name does not say so
 * @param minimum of a number
 * @param maximum of a number
 * @param values that it may have; empty for any
 */
public record AttributeRule(
        Type type,
        boolean secret,
        @Nullable Long minimum,
        @Nullable Long maximum,
        List<String> values) {

    /** JSON types; {@code ANY} leaves it open, lists and objects included. */
    public enum Type {
        STRING,
        INTEGER,
        NUMBER,
        BOOLEAN,
        ANY
    }

    public AttributeRule {
        values = List.copyOf(values);
    }

    /** What is wrong with a value, if something is. */
    Optional<String> complaint(JsonNode value) {
        boolean fits = switch (type) {
            case STRING -> value.isTextual();
            case INTEGER -> value.isIntegralNumber();
            case NUMBER -> value.isNumber();
            case BOOLEAN -> value.isBoolean();
            case ANY -> true;
        };
        if (!fits) {
            return Optional.of(
                    switch (type) {
                        case STRING, ANY -> "is a text";
                        case INTEGER -> "is a whole number";
                        case NUMBER -> "is a number";
                        case BOOLEAN -> "is true or false";
                    });
        }
        if (value.isNumber()
                && (minimum != null && value.decimalValue().compareTo(BigDecimal.valueOf(minimum)) < 0
                        || maximum != null && value.decimalValue().compareTo(BigDecimal.valueOf(maximum)) > 0)) {
            return Optional.of("is "
                    + (minimum == null ? "" : "at least " + minimum + (maximum == null ? "" : " and "))
                    + (maximum == null ? "" : "at most " + maximum));
        }
        return values.isEmpty() || values.contains(value.asText())
                ? Optional.empty()
                : Optional.of("is one of " + String.join(", ", values));
    }

    /** A text of a file as the value that is meant; as it stands where it is none, to be complained of later. */
    JsonNode read(String text) {
        try {
            return switch (type) {
                case INTEGER -> whole(Long.parseLong(text));
                case NUMBER ->
                    text.matches("-?\\d{1,18}")
                            ? whole(Long.parseLong(text))
                            : DoubleNode.valueOf(new BigDecimal(text).doubleValue());
                case BOOLEAN ->
                    switch (text) {
                        case "true" -> BooleanNode.TRUE;
                        case "false" -> BooleanNode.FALSE;
                        default -> TextNode.valueOf(text);
                    };
                case STRING, ANY -> TextNode.valueOf(text);
            };
        } catch (NumberFormatException e) {
            return TextNode.valueOf(text);
        }
    }

    /** In the size in which a parser reads it, so that the same number is equal. */
    private static JsonNode whole(long number) {
        return number == (int) number ? IntNode.valueOf((int) number) : LongNode.valueOf(number);
    }
}
