package org.homeward.kit.rest;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What of a {@code Prefer} header (RFC 7240) we follow. What we do not understand is no error.
 *
 * @param maxWait how long the caller would wait for a result; zero when it takes a receipt
 */
public record Prefer(Duration maxWait) {

    /** @param limit longest wait that is granted */
    public static Prefer parse(@Nullable String header, Duration limit) {
        if (header != null) {
            for (String preference : header.split(",")) {
                String[] parts = preference.split(";", 2)[0].split("=", 2);
                if (parts.length == 2 && parts[0].strip().equalsIgnoreCase("wait")) {
                    return new Prefer(seconds(parts[1].strip().replace("\"", ""), limit));
                }
            }
        }
        return new Prefer(Duration.ZERO);
    }

    private static Duration seconds(String text, Duration limit) {
        if (text.isEmpty() || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return Duration.ZERO;
        }
        Duration asked = text.length() > 6 ? limit : Duration.ofSeconds(Long.parseLong(text));
        return asked.compareTo(limit) > 0 ? limit : asked;
    }

    public boolean waits() {
        return maxWait.isPositive();
    }
}
