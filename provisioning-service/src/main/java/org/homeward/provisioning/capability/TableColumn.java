package org.homeward.provisioning.capability;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.homeward.provisioning.profile.Glob;

/**
 * By which parameter of a row a column is told.
 *
 * @param path within the row
 * @param words the device's for the catalogue's values, with asterisks for any text where it is only read; empty where
 *     both say the same
 */
public record TableColumn(String path, ValueKind kind, Map<String, String> words) {

    public TableColumn {
        // in the order of the file: the first word that fits is the one
        words = Collections.unmodifiableMap(new LinkedHashMap<>(words));
    }

    /** What the device says, in the catalogue's words; empty where that is no value of the column. */
    Optional<String> read(String said) {
        if (said.isBlank()) {
            return Optional.empty();
        }
        return words.isEmpty()
                ? kind.canonical(said)
                : words.entrySet().stream()
                        .filter(word -> new Glob(word.getValue()).matches(said))
                        .map(Map.Entry::getKey)
                        .findFirst();
    }

    /** In the device's words; empty where it has none. */
    public Optional<String> write(String value) {
        return kind.canonical(value)
                .flatMap(canonical ->
                        words.isEmpty() ? Optional.of(canonical) : Optional.ofNullable(words.get(canonical)));
    }
}
