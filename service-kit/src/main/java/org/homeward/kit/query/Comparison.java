package org.homeward.kit.query;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Collectors;

/** One comparison of a query as SQL. */
final class Comparison {

    private Comparison() {}

    static Condition of(Field field, String operator, List<String> arguments) {
        List<String> values = arguments.stream().map(field.normalise()).toList();
        if (operator.equals("=isnull=")) {
            return isNull(field, arguments.getFirst());
        }
        return switch (field.type()) {
            case TEXT -> text(field, operator, values);
            case TEXTS -> texts(field, operator, values);
            case BOOLEAN -> bool(field, operator, values.getFirst());
            case TIME, NUMBER -> ordered(field, operator, values);
        };
    }

    private static Condition isNull(Field field, String value) {
        return switch (value) {
            case "true" -> Condition.of(field.column() + " is null");
            case "false" -> Condition.of(field.column() + " is not null");
            default -> throw bad(field, value, "true or false");
        };
    }

    private static Condition text(Field field, String operator, List<String> values) {
        String value = values.getFirst();
        return switch (operator) {
            case "==" ->
                value.contains("*")
                        ? Condition.of(field.column() + " like ?", pattern(value))
                        : Condition.of(field.column() + " = ?", value);
            // a row without a value differs from every value
            case "!=" ->
                value.contains("*")
                        ? Condition.of("coalesce(" + field.column() + ", '') not like ?", pattern(value))
                        : Condition.of(field.column() + " is distinct from ?", value);
            case "=in=" -> Condition.of(field.column() + " = any(?)", (Object) values.toArray(String[]::new));
            case "=out=" ->
                Condition.of("(" + field.column() + " is null or " + field.column() + " <> all(?))", (Object)
                        values.toArray(String[]::new));
            default -> Condition.of(field.column() + order(field, operator) + "?", value);
        };
    }

    private static Condition texts(Field field, String operator, List<String> values) {
        String[] array = values.toArray(String[]::new);
        return switch (operator) {
            case "==" -> Condition.of(field.column() + " @> ?", (Object) array);
            case "!=" -> Condition.of("not " + field.column() + " @> ?", (Object) array);
            case "=in=" -> Condition.of(field.column() + " && ?", (Object) array);
            case "=out=" -> Condition.of("not " + field.column() + " && ?", (Object) array);
            default -> throw unknown(field, operator);
        };
    }

    private static Condition bool(Field field, String operator, String value) {
        if (!value.equals("true") && !value.equals("false")) {
            throw bad(field, value, "true or false");
        }
        return switch (operator) {
            case "==" -> Condition.of(field.column() + " = ?", Boolean.valueOf(value));
            case "!=" -> Condition.of(field.column() + " is distinct from ?", Boolean.valueOf(value));
            default -> throw unknown(field, operator);
        };
    }

    private static Condition ordered(Field field, String operator, List<String> values) {
        List<Object> typed = values.stream().map(value -> value(field, value)).toList();
        String marks = typed.stream().map(value -> "?").collect(Collectors.joining(", "));
        return switch (operator) {
            case "==" -> new Condition(field.column() + " = ?", typed);
            case "!=" -> new Condition(field.column() + " is distinct from ?", typed);
            case "=in=" -> new Condition(field.column() + " in (" + marks + ")", typed);
            case "=out=" ->
                new Condition(
                        "(" + field.column() + " is null or " + field.column() + " not in (" + marks + "))", typed);
            default -> new Condition(field.column() + order(field, operator) + "?", typed);
        };
    }

    private static String order(Field field, String operator) {
        return switch (operator) {
            case "=lt=", "<" -> " < ";
            case "=le=", "<=" -> " <= ";
            case "=gt=", ">" -> " > ";
            case "=ge=", ">=" -> " >= ";
            default -> throw unknown(field, operator);
        };
    }

    /** A caller's text, or a cursor's, as what the column holds. */
    static Object value(Field field, String text) {
        return switch (field.type()) {
            case TEXT, TEXTS -> text;
            case BOOLEAN -> Boolean.valueOf(text);
            case NUMBER -> number(field, text);
            case TIME -> time(field, text);
        };
    }

    private static Long number(Field field, String text) {
        try {
            return Long.valueOf(text);
        } catch (NumberFormatException e) {
            throw bad(field, text, "a whole number");
        }
    }

    private static OffsetDateTime time(Field field, String text) {
        try {
            return text.length() == 10
                    ? LocalDate.parse(text).atStartOfDay().atOffset(ZoneOffset.UTC)
                    : OffsetDateTime.parse(text);
        } catch (DateTimeException e) {
            throw bad(field, text, "an ISO-8601 time such as 2026-01-31T08:00:00Z");
        }
    }

    private static String pattern(String value) {
        return value.replace("\\", "\\\\")
                .replace("%", "\\%")
                .replace("_", "\\_")
                .replace('*', '%');
    }

    private static RuntimeException unknown(Field field, String operator) {
        return Fields.refused("can't compare " + field.name() + " by " + operator);
    }

    private static RuntimeException bad(Field field, String value, String expected) {
        return Fields.refused("compares " + field.name() + " with \"" + value + "\", which is not " + expected);
    }
}
