package org.homeward.registry.twin.rest;

import java.util.regex.Pattern;
import org.homeward.kit.rest.Problem;
import org.homeward.kit.rest.ProblemException;
import org.jspecify.annotations.Nullable;

/** The parameter {@code path}: a partial path, which ends in a dot, or one parameter. */
public final class PathParameter {

    /** TR-106 3.1; instance numbers, aliases in brackets, vendor prefixes. */
    private static final Pattern PATH = Pattern.compile("[A-Za-z_][A-Za-z0-9_.:\\-\\[\\]]*");

    private static final int LONGEST = 256;

    private PathParameter() {}

    /**
     * The path; empty where none was given.
     *
     * @throws ProblemException HTTP 400 for what can be no path
     */
    public static String read(@Nullable String path) {
        if (path == null || path.isEmpty()) {
            return "";
        }
        if (path.length() > LONGEST || !PATH.matcher(path).matches() || path.contains("..")) {
            throw Problem.invalid("path", "is not a path of a parameter or object, such as Device.WiFi.")
                    .exception();
        }
        return path;
    }
}
