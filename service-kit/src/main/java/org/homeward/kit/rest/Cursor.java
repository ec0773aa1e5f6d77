package org.homeward.kit.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The place after an item of a sorted list. Opaque to callers, bound to the order it was made in.
 *
 * @param order the sort that it belongs to, such as {@code -lastInform}
 * @param values the item's sort values and its id, as text; null sorts last
 */
public record Cursor(String order, List<@Nullable String> values) {

    private static final ObjectMapper MAPPER = JsonMapper.builder().build();
    private static final TypeReference<List<String>> STRINGS = new TypeReference<>() {};

    public Cursor {
        values = java.util.Collections.unmodifiableList(new ArrayList<>(values));
    }

    /** As the text that callers pass around: a checksum and the values in base64url. */
    public String encode() {
        try {
            List<@Nullable String> all = new ArrayList<>();
            all.add(order);
            all.addAll(values);
            byte[] json = MAPPER.writeValueAsBytes(all);
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(ByteBuffer.allocate(4 + json.length)
                            .putInt(checksum(json))
                            .put(json)
                            .array());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Reads what {@link #encode} wrote.
     *
     * @throws ProblemException HTTP 400 for anything else, and for a cursor of another order
     */
    public static Cursor decode(String text, String order) {
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(text);
            if (bytes.length > 6) {
                byte[] json = java.util.Arrays.copyOfRange(bytes, 4, bytes.length);
                if (ByteBuffer.wrap(bytes).getInt() == checksum(json)) {
                    List<String> all = MAPPER.readValue(json, STRINGS);
                    if (!order.equals(all.getFirst())) {
                        throw Problem.invalid("cursor", "belongs to another sort; begin again without it")
                                .exception();
                    }
                    return new Cursor(order, all.subList(1, all.size()));
                }
            }
        } catch (IllegalArgumentException | IOException e) {
            throw unreadable(e);
        }
        throw unreadable(null);
    }

    private static ProblemException unreadable(@Nullable Exception cause) {
        ProblemException problem =
                Problem.invalid("cursor", "is not one that this list gave out").exception();
        if (cause != null) {
            problem.addSuppressed(cause);
        }
        return problem;
    }

    private static int checksum(byte[] json) {
        CRC32C checksum = new CRC32C();
        checksum.update(json);
        return (int) checksum.getValue();
    }
}
