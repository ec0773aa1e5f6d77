package org.homeward.standalone.migration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Collections of GenieACS's database as {@code mongoexport} writes them, a document a line or an array, or as its NBI
 * answers.
 */
record Export(
        List<JsonNode> presets, Map<String, String> provisions, Map<String, JsonNode> objects, List<String> virtual) {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    static Export read(
            @Nullable Path presets, @Nullable Path provisions, @Nullable Path objects, @Nullable Path virtual) {
        List<JsonNode> rules = new ArrayList<>();
        Map<String, String> scripts = new HashMap<>();
        Map<String, JsonNode> rows = new HashMap<>();
        List<String> computed = new ArrayList<>();
        each(presets, rules::add);
        each(provisions, script -> scripts.put(id(script), script.path("script").asText()));
        each(objects, object -> rows.put(id(object), object));
        each(virtual, parameter -> computed.add(id(parameter)));
        return new Export(rules, scripts, rows, computed);
    }

    /** Goes through a file without holding it; through nothing where there is none. */
    static void each(@Nullable Path file, Consumer<JsonNode> document) {
        if (file == null) {
            return;
        }
        try (MappingIterator<JsonNode> documents =
                JSON.readerFor(JsonNode.class).readValues(file.toFile())) {
            while (documents.hasNextValue()) {
                document.accept(documents.nextValue());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(file + " can't be read as JSON", e);
        }
    }

    static String id(JsonNode document) {
        return document.path("_id").asText();
    }

    /** Missing where there is none. */
    JsonNode object(String name) {
        return objects.getOrDefault(name, MissingNode.getInstance());
    }

    /** Empty where there is none. */
    String provision(String name) {
        return provisions.getOrDefault(name, "");
    }
}
