package org.homeward.gateway.listener;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The session cookie as it goes out, and as real CPEs bring it back. */
final class SessionCookie {

    static final String NAME = "hw";

    private SessionCookie() {}

    static String set(String value, boolean secure) {
        return NAME + '=' + value + "; Path=/; HttpOnly" + (secure ? "; Secure" : "");
    }

    /**
     * Finds it among {@code Cookie} headers. CPEs return its attributes too, before or after it, separate by commas,
     * and put it in quotes.
     */
    static @Nullable String find(List<String> headers) {
        for (String header : headers) {
            for (String pair : header.split("[;,]")) {
                String text = pair.strip();
                if (text.startsWith(NAME + '=')) {
                    String value = text.substring(NAME.length() + 1).strip();
                    return value.length() > 1 && value.startsWith("\"") && value.endsWith("\"")
                            ? value.substring(1, value.length() - 1)
                            : value;
                }
            }
        }
        return null;
    }
}
