package org.homeward.kit.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.StreamSupport;

/**
 * What in a schema would break somebody who speaks the published one: a reader that misses a property, a writer whose
 * old events can't be read any more.
 */
final class SchemaChanges {

    private final List<String> breaking = new ArrayList<>();

    private SchemaChanges() {}

    static List<String> breaking(JsonNode published, JsonNode current) {
        SchemaChanges changes = new SchemaChanges();
        changes.compare("", published, current);
        published.path("$defs").properties().forEach(definition -> {
            JsonNode now = current.path("$defs").path(definition.getKey());
            if (now.isMissingNode()) {
                changes.breaking.add(definition.getKey() + " is gone");
            } else {
                changes.compare(definition.getKey(), definition.getValue(), now);
            }
        });
        return changes.breaking;
    }

    private void compare(String path, JsonNode published, JsonNode current) {
        same(path, "type", published, current);
        same(path, "$ref", published, current);
        same(path, "const", published, current);
        Set<String> gone = texts(published.path("enum"));
        gone.removeAll(texts(current.path("enum")));
        gone.forEach(constant -> breaking.add(path + " no longer knows " + constant));
        Set<String> members = references(published);
        members.removeAll(references(current));
        members.forEach(member -> breaking.add(path + " is no longer one of " + member));
        Set<String> demanded = texts(current.path("required"));
        demanded.removeAll(texts(published.path("required")));
        demanded.forEach(property -> breaking.add(path + "." + property + " is now required; old events lack it"));
        Set<String> promised = texts(published.path("required"));
        promised.removeAll(texts(current.path("required")));
        promised.forEach(property -> breaking.add(path + "." + property + " may now be missing; readers rely on it"));
        published.path("properties").properties().forEach(property -> {
            JsonNode now = current.path("properties").path(property.getKey());
            if (now.isMissingNode()) {
                breaking.add(path + "." + property.getKey() + " is gone");
            } else {
                compare(path + "." + property.getKey(), property.getValue(), now);
            }
        });
        if (published.has("items")) {
            compare(path + "[]", published.path("items"), current.path("items"));
        }
    }

    private void same(String path, String keyword, JsonNode published, JsonNode current) {
        if (!published.path(keyword).equals(current.path(keyword))) {
            breaking.add(path + " was " + published.path(keyword) + " and is " + current.path(keyword));
        }
    }

    private static Set<String> texts(JsonNode array) {
        Set<String> texts = new HashSet<>();
        array.forEach(each -> texts.add(each.asText()));
        return texts;
    }

    private static Set<String> references(JsonNode schema) {
        return new HashSet<>(StreamSupport.stream(schema.path("oneOf").spliterator(), false)
                .map(member -> member.path("$ref").asText())
                .toList());
    }
}
