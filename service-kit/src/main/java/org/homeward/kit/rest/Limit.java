package org.homeward.kit.rest;

import org.jspecify.annotations.Nullable;

/** How many items a page may have: 1 to 500, 50 when nobody says. */
public record Limit(int value) {

    public static final int MAX = 500;
    public static final int DEFAULT = 50;

    /**
     * Reads the parameter {@code limit}.
     *
     * @throws ProblemException HTTP 400 when it is not a number from 1 to 500
     */
    public static Limit parse(@Nullable String text) {
        if (text == null || text.isEmpty()) {
            return new Limit(DEFAULT);
        }
        try {
            int value = Integer.parseInt(text);
            if (value >= 1 && value <= MAX) {
                return new Limit(value);
            }
        } catch (NumberFormatException e) {
            throw refused(text);
        }
        throw refused(text);
    }

    private static ProblemException refused(String text) {
        return Problem.invalid("limit", "\"" + text + "\" is not a number from 1 to " + MAX)
                .exception();
    }
}
