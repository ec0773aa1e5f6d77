package org.homeward.gateway.soap;

import org.jspecify.annotations.Nullable;

/** The fields of one struct, by position. What the CPE left out or wrote wrongly has a default: CPEs do both. */
final class Fields {

    private final @Nullable String[] values;

    Fields(int size) {
        values = new @Nullable String[size];
    }

    void set(int index, String value) {
        values[index] = value;
    }

    boolean has(int index) {
        String value = values[index];
        return value != null && !value.isBlank();
    }

    /** Trimmed; empty where absent. */
    String text(int index) {
        String value = values[index];
        return value == null ? "" : value.strip();
    }

    /** Trimmed, and cut where it is longer. */
    String text(int index, int longest) {
        return cut(text(index), longest);
    }

    static String cut(String text, int longest) {
        if (text.length() <= longest) {
            return text;
        }
        return text.substring(0, Character.isHighSurrogate(text.charAt(longest - 1)) ? longest - 1 : longest);
    }

    /** Trimmed; null where absent or empty. */
    @Nullable
    String textOrNull(int index) {
        return has(index) ? text(index) : null;
    }

    int integer(int index, int otherwise) {
        return (int) number(index, otherwise, Integer.MIN_VALUE, Integer.MAX_VALUE);
    }

    long number(int index, long otherwise) {
        return number(index, otherwise, Long.MIN_VALUE, Long.MAX_VALUE);
    }

    private long number(int index, long otherwise, long least, long most) {
        try {
            return Math.clamp(Long.parseLong(text(index)), least, most);
        } catch (NumberFormatException e) {
            return otherwise;
        }
    }

    /** {@code 1} and {@code true}, in any case; all else is false. */
    boolean bool(int index) {
        return isTrue(text(index));
    }

    static boolean isTrue(String text) {
        return text.equals("1") || text.equalsIgnoreCase("true");
    }
}
