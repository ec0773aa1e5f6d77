package org.homeward.provisioning.selfcare;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a device measured, whatever its data model. Null for what it did not say.
 *
 * @param answered pings that were answered; @param lost that were not
 * @param averageMillis between a ping and its answer
 * @param bitsPerSecond of a speed test, over the time that the transfer took
 */
public record TestResult(
        @Nullable Long answered,
        @Nullable Long lost,
        @Nullable Long averageMillis,
        @Nullable Long minimumMillis,
        @Nullable Long maximumMillis,
        @Nullable Long bytes,
        @Nullable Long bitsPerSecond) {

    /** @param type of the order; @param result as the order has it. Empty for an order that measures nothing */
    public static Optional<TestResult> of(String type, JsonNode result) {
        Map<String, String> values = new HashMap<>();
        result.path("values").properties().forEach(each -> {
            String name = each.getKey().substring(each.getKey().lastIndexOf('.') + 1);
            values.put(name, each.getValue().path("value").asText());
        });
        return switch (type) {
            case "ping" ->
                Optional.of(new TestResult(
                        number(values, "SuccessCount"),
                        number(values, "FailureCount"),
                        number(values, "AverageResponseTime"),
                        number(values, "MinimumResponseTime"),
                        number(values, "MaximumResponseTime"),
                        null,
                        null));
            case "downloadTest" -> Optional.of(throughput(values, number(values, "TestBytesReceived")));
            case "uploadTest" ->
                Optional.of(throughput(
                        values,
                        values.containsKey("TestBytesSent")
                                ? number(values, "TestBytesSent")
                                : number(values, "TestFileLength")));
            default -> Optional.empty();
        };
    }

    /** TR-143 4.1: from BOMTime, the first byte, to EOMTime, the last one. */
    private static TestResult throughput(Map<String, String> values, @Nullable Long bytes) {
        Instant began = moment(values, "BOMTime");
        Instant ended = moment(values, "EOMTime");
        Long rate = null;
        if (bytes != null && began != null && ended != null && began.isBefore(ended)) {
            long micros = Duration.between(began, ended).toNanos() / 1_000;
            rate = micros == 0 ? null : Math.round(bytes * 8 * 1_000_000.0 / micros);
        }
        return new TestResult(null, null, null, null, null, bytes, rate);
    }

    private static @Nullable Long number(Map<String, String> values, String name) {
        String text = values.getOrDefault(name, "");
        return !text.isEmpty() && text.length() < 18 && text.chars().allMatch(Character::isDigit)
                ? Long.valueOf(text)
                : null;
    }

    private static @Nullable Instant moment(Map<String, String> values, String name) {
        String text = values.getOrDefault(name, "");
        try {
            return OffsetDateTime.parse(zoned(text)).toInstant();
        } catch (DateTimeParseException e) {
            // a device may say what it likes
            return null;
        }
    }

    /** Some devices leave out the zone, in both moments alike. */
    private static String zoned(String text) {
        return text.matches(".*(Z|[+-]\\d\\d:\\d\\d)") ? text : text + 'Z';
    }
}
