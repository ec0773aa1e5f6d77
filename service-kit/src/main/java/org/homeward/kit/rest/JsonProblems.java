package org.homeward.kit.rest;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.InvalidTypeIdException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What is wrong with a JSON body, by field where there is one, by line and column where there is none. */
final class JsonProblems {

    private JsonProblems() {}

    static Problem of(JacksonException e) {
        return switch (e) {
            case UnrecognizedPropertyException unknown ->
                Problem.invalid(pathOf(unknown.getPath()), "there is no such field" + knownOf(unknown));
            case InvalidTypeIdException type ->
                Problem.invalid(
                        fieldOr(type.getPath(), "body"),
                        type.getTypeId() == null
                                ? "has no type"
                                : "\"" + type.getTypeId() + "\" is no type known here");
            case InvalidFormatException format ->
                Problem.invalid(
                        fieldOr(format.getPath(), "body"),
                        "\"" + shortened(format.getValue()) + "\" is not " + expected(format.getTargetType()));
            case ValueInstantiationException refused ->
                Problem.invalid(fieldOr(refused.getPath(), "body"), reasonOf(refused));
            case MismatchedInputException mismatch ->
                Problem.invalid(
                        fieldOr(mismatch.getPath(), "body"),
                        mismatch.getTargetType() == null
                                ? "does not fit"
                                : "is not " + expected(mismatch.getTargetType()));
            case JsonMappingException mapping
            when !mapping.getPath().isEmpty() -> Problem.invalid(pathOf(mapping.getPath()), reasonOf(mapping));
            default -> Problem.invalid("body", "is not JSON" + where(e.getLocation()) + ": " + plain(e));
        };
    }

    private static String fieldOr(List<JsonMappingException.Reference> path, String otherwise) {
        return path.isEmpty() ? otherwise : pathOf(path);
    }

    private static String pathOf(List<JsonMappingException.Reference> path) {
        StringBuilder text = new StringBuilder();
        for (JsonMappingException.Reference step : path) {
            if (step.getFieldName() == null) {
                text.append('[').append(step.getIndex()).append(']');
            } else {
                text.append(text.isEmpty() ? "" : ".").append(step.getFieldName());
            }
        }
        return text.toString();
    }

    private static String knownOf(UnrecognizedPropertyException unknown) {
        return unknown.getKnownPropertyIds() == null
                        || unknown.getKnownPropertyIds().isEmpty()
                ? ""
                : "; known are "
                        + unknown.getKnownPropertyIds().stream()
                                .map(Object::toString)
                                .sorted()
                                .collect(Collectors.joining(", "));
    }

    private static String reasonOf(JsonMappingException e) {
        Throwable cause = e.getCause();
        // what our own records say about their components; anything else may tell of our insides
        return cause instanceof IllegalArgumentException && cause.getMessage() != null
                ? cause.getMessage()
                : "does not fit";
    }

    private static String expected(@Nullable Class<?> type) {
        if (type == null) {
            return "what is expected";
        } else if (type.isEnum()) {
            return "one of "
                    + Arrays.stream(type.getEnumConstants())
                            .map(Object::toString)
                            .collect(Collectors.joining(", "));
        } else if (type == boolean.class || type == Boolean.class) {
            return "true or false";
        } else if (type == String.class) {
            return "a text";
        } else if (type.isPrimitive() || Number.class.isAssignableFrom(type)) {
            return "a whole number";
        } else if (type.getPackageName().equals("java.time")) {
            return "an ISO-8601 " + type.getSimpleName().toLowerCase(java.util.Locale.ROOT);
        } else if (java.util.Collection.class.isAssignableFrom(type) || type.isArray()) {
            return "a list";
        }
        return "an object as expected here";
    }

    private static String shortened(@Nullable Object value) {
        String text = String.valueOf(value);
        return text.length() > 60 ? text.substring(0, 60) + "..." : text;
    }

    /** Without where it began, which Jackson puts in words of its own. */
    private static String plain(JacksonException e) {
        return e.getOriginalMessage().replaceFirst("(?s) \\(start marker .*", "");
    }

    private static String where(@Nullable JsonLocation location) {
        return location == null || location.getLineNr() < 0
                ? ""
                : " (line " + location.getLineNr() + ", column " + location.getColumnNr() + ")";
    }
}
