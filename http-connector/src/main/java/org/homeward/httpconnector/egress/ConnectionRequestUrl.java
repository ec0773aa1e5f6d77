package org.homeward.httpconnector.egress;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code ManagementServer.ConnectionRequestURL} taken apart: {@code http(s)://host[:port][/path][?query]}, an IPv6
 * literal in brackets. Anything that could end a request line or hide another host in it (blanks, control characters,
 * user info) does not pass.
 *
 * @param host a literal without its brackets, or a name in lower case
 * @param authority host and port as the URL has them, for the Host header
 * @param requestTarget path and query, for the request line; at least {@code /}
 */
public record ConnectionRequestUrl(boolean tls, String host, int port, String authority, String requestTarget) {

    private static final int MAX_LENGTH = 1024;

    private static final Pattern SHAPE = Pattern.compile(
            "(?<scheme>https?)://(?<authority>(?<host>\\[[0-9a-f:.]+]|[a-z0-9._-]+)(:(?<port>[0-9]{1,5})?)?)"
                    + "(?<target>[/?][\\x21-\\x7e&&[^#]]*)?(#[\\x21-\\x7e]*)?",
            Pattern.CASE_INSENSITIVE);

    /** Empty when the text is not such a URL. */
    public static Optional<ConnectionRequestUrl> parse(String text) {
        String trimmed = text.strip();
        Matcher url = SHAPE.matcher(trimmed);
        if (trimmed.length() > MAX_LENGTH || !url.matches()) {
            return Optional.empty();
        }
        boolean tls = url.group("scheme").equalsIgnoreCase("https");
        String digits = url.group("port");
        int port = digits != null ? Integer.parseInt(digits) : tls ? 443 : 80;
        if (port == 0 || port > 65_535) {
            return Optional.empty();
        }
        String host = url.group("host").toLowerCase(Locale.ROOT);
        if (host.startsWith("[")) {
            host = host.substring(1, host.length() - 1);
        }
        String target = url.group("target");
        if (target == null) {
            target = "/";
        } else if (target.startsWith("?")) {
            target = "/" + target;
        }
        return Optional.of(new ConnectionRequestUrl(tls, host, port, url.group("authority"), target));
    }

    /** Where it points, for people; without the path, which may be a secret. */
    public String address() {
        return (host.indexOf(':') >= 0 ? '[' + host + ']' : host) + ':' + port;
    }
}
