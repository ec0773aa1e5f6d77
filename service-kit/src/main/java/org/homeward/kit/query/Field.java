package org.homeward.kit.query;

import java.util.function.UnaryOperator;

/**
 * A field that callers may search and sort by.
 *
 * @param name to callers
 * @param column SQL expression
 * @param normalise what callers' text becomes before it is compared, such as a MAC address without colons
 */
public record Field(String name, String column, Type type, UnaryOperator<String> normalise) {

    /** What kind of values a field has, and with it the operators that it knows. */
    public enum Type {
        /** {@code ==} and {@code !=} with {@code *} as wildcard, {@code =in=}, {@code =out=}, order, {@code =isnull=}. */
        TEXT,
        /** {@code timestamptz}; ISO-8601 with offset, or a date, which is its first moment in UTC. */
        TIME,
        /** {@code bigint} or {@code int}. */
        NUMBER,
        /** {@code true} and {@code false}, equality only. */
        BOOLEAN,
        /** {@code text[]}: {@code ==} has it, {@code =in=} has one of them, {@code =out=} has none of them. */
        TEXTS
    }

    public static Field text(String name, String column) {
        return new Field(name, column, Type.TEXT, UnaryOperator.identity());
    }

    public static Field time(String name, String column) {
        return new Field(name, column, Type.TIME, UnaryOperator.identity());
    }

    public static Field number(String name, String column) {
        return new Field(name, column, Type.NUMBER, UnaryOperator.identity());
    }

    public static Field bool(String name, String column) {
        return new Field(name, column, Type.BOOLEAN, UnaryOperator.identity());
    }

    public static Field texts(String name, String column) {
        return new Field(name, column, Type.TEXTS, UnaryOperator.identity());
    }

    public Field normalised(UnaryOperator<String> change) {
        return new Field(name, column, type, change);
    }

    boolean isSortable() {
        return type != Type.TEXTS;
    }
}
