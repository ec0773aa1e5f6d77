package org.homeward.simulator.http;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A {@code WWW-Authenticate} or {@code Authorization} value, taken apart.
 *
 * @param scheme lower case: {@code basic}, {@code digest}
 * @param fields by lower-case name
 */
public record Challenge(String scheme, Map<String, String> fields) {
    private static final Pattern FIELD =
            Pattern.compile("([\\w*-]+)\\s*=\\s*(?:\"((?:[^\"\\\\]|\\\\.)*)\"|([^\\s,]*))");

    public static Challenge parse(String header) {
        String[] parts = header.strip().split("\\s+", 2);
        Map<String, String> fields = new LinkedHashMap<>();
        Matcher matcher = FIELD.matcher(parts.length > 1 ? parts[1] : "");
        while (matcher.find()) {
            String quoted = matcher.group(2);
            String value = quoted == null ? matcher.group(3) : quoted.replaceAll("\\\\(.)", "$1");
            fields.put(matcher.group(1).toLowerCase(Locale.ROOT), value);
        }
        return new Challenge(parts[0].toLowerCase(Locale.ROOT), fields);
    }

    public String field(String name) {
        return fields.getOrDefault(name, "");
    }

    /** {@code MD5} unless it says otherwise (RFC 7616 3.3). */
    public String algorithm() {
        String algorithm = field("algorithm");
        return algorithm.isEmpty() ? "MD5" : algorithm.toUpperCase(Locale.ROOT);
    }

    public boolean offersAuth() {
        return List.of(field("qop").split("\\s*,\\s*", -1)).contains("auth");
    }
}
