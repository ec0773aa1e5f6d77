package org.homeward.gateway.auth;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * An {@code Authorization} header taken apart, leniently: values with and without quotes, separated by commas or
 * spaces (RFC 7616 3.4, and what CPEs make of it).
 *
 * @param scheme in lower case
 * @param rest what follows the scheme
 */
record AuthorizationHeader(String scheme, String rest) {

    static AuthorizationHeader parse(String header) {
        String text = header.strip();
        int space = text.indexOf(' ');
        return space < 0
                ? new AuthorizationHeader(text.toLowerCase(Locale.ROOT), "")
                : new AuthorizationHeader(
                        text.substring(0, space).toLowerCase(Locale.ROOT),
                        text.substring(space + 1).strip());
    }

    /** Names in lower case. */
    Map<String, String> parameters() {
        Map<String, String> parameters = new HashMap<>();
        int at = 0;
        while (at < rest.length()) {
            int equals = rest.indexOf('=', at);
            if (equals < 0) {
                break;
            }
            String name = rest.substring(at, equals).replace(',', ' ').strip().toLowerCase(Locale.ROOT);
            int from = equals + 1;
            while (from < rest.length() && rest.charAt(from) == ' ') {
                from++;
            }
            StringBuilder value = new StringBuilder();
            boolean quoted = from < rest.length() && rest.charAt(from) == '"';
            at = quoted ? from + 1 : from;
            while (at < rest.length() && !isEnd(rest.charAt(at), quoted)) {
                if (quoted && rest.charAt(at) == '\\' && at + 1 < rest.length()) {
                    at++;
                }
                value.append(rest.charAt(at++));
            }
            at++;
            parameters.putIfAbsent(name, value.toString());
        }
        return parameters;
    }

    private static boolean isEnd(char c, boolean quoted) {
        return quoted ? c == '"' : c == ',' || c == ' ';
    }
}
