package org.homeward.simulator;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.homeward.simulator.http.HttpReply;

/** The cookies of one session. */
final class Cookies {
    private final boolean odd;
    private boolean keeps;
    // name -> the value, and what stood behind it
    private final Map<String, String> values = new LinkedHashMap<>();
    private final Map<String, String> attributes = new LinkedHashMap<>();

    /**
     * An empty jar.
     *
     * @param keeps whether it takes any
     * @param odd whether they go back as some real stacks send them: with their attributes, and twice
     */
    Cookies(boolean keeps, boolean odd) {
        this.keeps = keeps;
        this.odd = odd;
    }

    void keep(HttpReply reply) {
        for (String cookie : reply.headers().all("Set-Cookie")) {
            String[] parts = cookie.split(";", 2);
            String[] pair = parts[0].split("=", 2);
            if (keeps && pair.length == 2) {
                values.put(pair[0].strip(), pair[1].strip());
                attributes.put(pair[0].strip(), parts.length > 1 ? ";" + parts[1] : "");
            }
        }
    }

    /** Loses them, and takes no more. */
    void lose() {
        values.clear();
        keeps = false;
    }

    /** The {@code Cookie} header; empty when there is none to send. */
    Optional<String> header() {
        if (values.isEmpty()) {
            return Optional.empty();
        }
        String plain = values.entrySet().stream()
                .map(e -> e.getKey() + "=" + e.getValue())
                .collect(Collectors.joining("; "));
        return Optional.of(odd ? plain + String.join("", attributes.values()) + "; " + plain : plain);
    }
}
