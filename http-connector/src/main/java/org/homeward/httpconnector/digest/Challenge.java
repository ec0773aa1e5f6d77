package org.homeward.httpconnector.digest;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * One challenge of a {@code WWW-Authenticate} header (RFC 9110 11.6.1).
 *
 * @param scheme in lower case, such as {@code digest}
 * @param parameters names in lower case, values without their quotes
 */
public record Challenge(String scheme, Map<String, String> parameters) {

    public Challenge {
        parameters = Map.copyOf(parameters);
    }

    public Optional<String> parameter(String name) {
        return Optional.ofNullable(parameters.get(name));
    }

    /** Whether the credential was right and only the nonce too old. */
    public boolean isStale() {
        return parameter("stale").map("true"::equalsIgnoreCase).orElse(false);
    }

    /**
     * Reads every challenge of the header values, in their order. CPEs leave values unquoted, separate parameters by
     * spaces or by lines rather than by commas, and forget closing quotes: all of that is read, nothing is refused.
     */
    public static List<Challenge> parse(List<String> headerValues) {
        return headerValues.stream()
                .flatMap(value -> new Reader(value).challenges().stream())
                .toList();
    }

    private static final class Reader {
        private final String text;
        private final List<Challenge> found = new ArrayList<>();
        private String scheme = "";
        private Map<String, String> parameters = new LinkedHashMap<>();
        private int at;

        Reader(String text) {
            this.text = text;
        }

        List<Challenge> challenges() {
            skipSeparators();
            while (at < text.length()) {
                word();
                skipSeparators();
            }
            finish();
            return found;
        }

        /** A scheme, or a parameter with its value. */
        private void word() {
            String word = until(",= \t\r\n");
            skipBlanks();
            if (at < text.length() && text.charAt(at) == '=') {
                at++;
                skipBlanks();
                String value = at < text.length() && text.charAt(at) == '"' ? quoted() : until(", \t\r\n");
                parameters.putIfAbsent(word.toLowerCase(Locale.ROOT), value);
            } else if (!isRestOfUnquotedQop(word)) {
                finish();
                scheme = word.toLowerCase(Locale.ROOT);
            }
        }

        /** {@code qop=auth,auth-int} without quotes: the second word is no scheme. */
        private static boolean isRestOfUnquotedQop(String word) {
            return word.isEmpty() || word.equalsIgnoreCase("auth") || word.equalsIgnoreCase("auth-int");
        }

        private String quoted() {
            StringBuilder value = new StringBuilder();
            at++;
            while (at < text.length() && text.charAt(at) != '"') {
                if (text.charAt(at) == '\\' && at + 1 < text.length()) {
                    at++;
                }
                value.append(text.charAt(at++));
            }
            at++;
            return value.toString();
        }

        private String until(String ends) {
            int start = at;
            while (at < text.length() && ends.indexOf(text.charAt(at)) < 0) {
                at++;
            }
            return text.substring(start, at);
        }

        private void skipBlanks() {
            while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
                at++;
            }
        }

        private void skipSeparators() {
            while (at < text.length() && ", \t\r\n;".indexOf(text.charAt(at)) >= 0) {
                at++;
            }
        }

        private void finish() {
            if (!scheme.isEmpty()) {
                found.add(new Challenge(scheme, parameters));
            }
            parameters = new LinkedHashMap<>();
        }
    }
}
