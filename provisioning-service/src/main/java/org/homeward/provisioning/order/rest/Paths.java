package org.homeward.provisioning.order.rest;

import java.util.regex.Pattern;
import org.homeward.kit.rest.Problem;
import org.jspecify.annotations.Nullable;

/** Paths of the data model as callers write them (TR-106 3.1): names, instance numbers, aliases and wildcards. */
final class Paths {

    /** TR-069 A.3.2: at most 256 characters. */
    private static final int LONGEST = 256;

    private static final Pattern SHAPE =
            Pattern.compile("[A-Za-z_][\\w-]*(\\.([\\w-]+|\\*|\\[[\\w:-]+\\]))*\\.?", Pattern.UNICODE_CHARACTER_CLASS);

    private Paths() {}

    /** A parameter, or an object with all below it (ending in a dot). */
    static String partialOrFull(String field, @Nullable String path) {
        if (path == null || path.isEmpty()) {
            throw Problem.invalid(field, "is missing").exception();
        }
        if (path.length() > LONGEST) {
            throw Problem.invalid(field, "is longer than " + LONGEST + " characters")
                    .exception();
        }
        if (!SHAPE.matcher(path).matches()) {
            throw Problem.invalid(field, "\"" + path + "\" is not a path like Device.WiFi.SSID.1.SSID")
                    .exception();
        }
        return path;
    }

    /** An object: ends in a dot. */
    static String partial(String field, @Nullable String path) {
        String checked = partialOrFull(field, path);
        if (!checked.endsWith(".")) {
            throw Problem.invalid(field, "\"" + path + "\" does not end in a dot, as an object's path does")
                    .exception();
        }
        return checked;
    }

    /** A parameter: does not end in a dot. */
    static String full(String field, @Nullable String path) {
        String checked = partialOrFull(field, path);
        if (checked.endsWith(".")) {
            throw Problem.invalid(field, "is an object; a parameter's path does not end in a dot")
                    .exception();
        }
        return checked;
    }
}
