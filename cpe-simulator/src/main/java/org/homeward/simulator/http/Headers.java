package org.homeward.simulator.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** HTTP header fields in the order they were sent; names compare without case. */
public final class Headers {
    /** One header line. */
    public record Field(String name, String value) {}

    private final List<Field> fields = new ArrayList<>();

    public Headers add(String name, String value) {
        fields.add(new Field(name, value));
        return this;
    }

    public @Nullable String first(String name) {
        for (Field field : fields) {
            if (field.name().equalsIgnoreCase(name)) {
                return field.value();
            }
        }
        return null;
    }

    public List<String> all(String name) {
        return fields.stream()
                .filter(f -> f.name().equalsIgnoreCase(name))
                .map(Field::value)
                .toList();
    }

    /** Whether a comma-separated field holds a token, without case. */
    public boolean hasToken(String name, String token) {
        return all(name).stream()
                .anyMatch(v -> List.of(v.toLowerCase(Locale.ROOT).split("\\s*,\\s*", -1))
                        .contains(token));
    }

    public List<Field> fields() {
        return List.copyOf(fields);
    }

    @Override
    public String toString() {
        StringBuilder out = new StringBuilder();
        fields.forEach(f -> out.append(f.name()).append(": ").append(f.value()).append("\r\n"));
        return out.toString();
    }
}
