package org.homeward.standalone.migration;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.homeward.provisioning.profile.Paths;
import org.homeward.standalone.migration.Condition.Untranslatable;

/** One preset of GenieACS on its way to be a profile. */
final class Preset {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    /** Events at which a device is as from the shop: what is written then is a default. */
    private static final Set<String> FRESH = Set.of("0 BOOTSTRAP", "Registered");

    private final JsonNode preset;
    private final Export export;
    private final ObjectNode profile = JSON.createObjectNode();
    private final List<String> forPerson = new ArrayList<>();
    private boolean onlyFresh;

    private Preset(JsonNode preset, Export export) {
        this.preset = preset;
        this.export = export;
    }

    /**
     * What came of a preset.
     *
     * @param profile null where nothing of it is data, or its condition can't be said
     * @param forPerson what was left out, and why
     */
    record Brought(String name, Optional<ObjectNode> profile, List<String> forPerson) {}

    /** @param priority of the profile */
    static Brought bring(JsonNode preset, int priority, Export export) {
        return new Preset(preset, export).bring(priority);
    }

    private Brought bring(int priority) {
        String id = preset.path("_id").asText();
        profile.put("name", ImportFolder.name(id));
        profile.put("description", "Preset " + id + " of GenieACS.");
        profile.put("priority", priority);
        boolean sayable = condition();
        events();
        if (!preset.path("schedule").asText("").isBlank()) {
            forPerson.add("schedule \"" + preset.path("schedule").asText() + "\": profiles hold at all times");
        }
        for (JsonNode configuration : preset.path("configurations")) {
            configuration(configuration);
        }
        boolean empty = List.of("values", "objects", "tags").stream().noneMatch(profile::has);
        if (!sayable || empty) {
            return new Brought(id, Optional.empty(), forPerson);
        }
        return new Brought(id, Optional.of(profile), forPerson);
    }

    private boolean condition() {
        String text = preset.path("precondition").asText("");
        try {
            String cel = parsed(text).cel();
            if (!cel.equals("true")) {
                profile.put("condition", cel);
            }
            return true;
        } catch (Untranslatable e) {
            forPerson.add("precondition " + text + " " + e.why() + ", so no profile was made");
            return false;
        }
    }

    private static Condition parsed(String text) throws Untranslatable {
        if (!text.strip().startsWith("{")) {
            return ConditionParser.parse(text);
        }
        try {
            return Condition.ofQuery(JSON.readTree(text));
        } catch (JsonProcessingException e) {
            throw new Untranslatable("is not well-formed JSON (" + e.getOriginalMessage() + ")");
        }
    }

    private void events() {
        List<String> wanted = new ArrayList<>();
        for (Map.Entry<String, JsonNode> event : preset.path("events").properties()) {
            if (event.getValue().asBoolean()) {
                wanted.add(event.getKey());
            } else {
                forPerson.add("event " + event.getKey() + " must not have happened: profiles hold whatever happens");
            }
        }
        onlyFresh = !wanted.isEmpty() && FRESH.containsAll(wanted);
        if (!wanted.isEmpty() && !onlyFresh) {
            forPerson.add("events " + wanted + ": the profile holds from the next session on, whatever it is for");
        }
    }

    private void configuration(JsonNode configuration) {
        switch (configuration.path("type").asText()) {
            case "value" -> value(configuration.path("name").asText(), configuration.path("value"));
            case "add_tag" -> tag(configuration.path("tag").asText(), true);
            case "delete_tag" -> tag(configuration.path("tag").asText(), false);
            case "add_object" ->
                object(
                        configuration.path("name").asText(),
                        configuration.path("object").asText());
            case "delete_object" ->
                forPerson.add(
                        "removal of the object " + configuration.path("object").asText() + " from "
                                + configuration.path("name").asText() + ": say extra: remove of the table");
            case "provision" -> provision(configuration.path("name").asText(), configuration.path("args"));
            case "age" -> {
                // what is read how often: Informs tell, and profiles read what they name
            }
            default -> forPerson.add("configuration " + configuration + " of an unknown type");
        }
    }

    private void value(String path, JsonNode value) {
        if (path.startsWith("Tags.") && value.isBoolean()) {
            tag(path.substring("Tags.".length()), value.booleanValue());
        } else if (!Paths.isParameter(path)) {
            forPerson.add("value of " + path + ": not the path of one parameter");
        } else if (!value.isValueNode() || value.isNull()) {
            forPerson.add("value of " + path + ": " + value + " is no literal");
        } else if (onlyFresh) {
            profile.withObject("values")
                    .putObject(path)
                    .put("userChange", "keep")
                    .set("value", value);
        } else {
            profile.withObject("values").set(path, value);
        }
    }

    private void tag(String tag, boolean add) {
        ArrayNode tags = profile.withObject("tags").withArray(add ? "add" : "remove");
        tags.add(tag);
    }

    private void object(String table, String object) {
        JsonNode found = export.object(object);
        if (found.isMissingNode() || !Paths.isParameter(table)) {
            forPerson.add("object " + object + " in " + table
                    + (found.isMissingNode() ? ": not in the export (--objects)" : ": not the path of one table"));
            return;
        }
        ObjectNode row = JSON.createObjectNode();
        found.properties().forEach(column -> {
            if (!column.getKey().startsWith("_")) {
                row.set(column.getKey(), column.getValue());
            }
        });
        ArrayNode keys = JSON.createArrayNode();
        found.path("_keys").forEach(keys::add);
        if (keys.isEmpty()) {
            row.fieldNames().forEachRemaining(keys::add);
        }
        ObjectNode entry = profile.withArray("objects").addObject();
        entry.put("table", table + ".").put("extra", "keep").set("key", keys);
        entry.putArray("rows").add(row);
    }

    private void provision(String name, JsonNode arguments) {
        switch (name) {
            case "value" -> {
                if (arguments.size() == 2) {
                    value(arguments.get(0).asText(), arguments.get(1));
                } else {
                    forPerson.add("provision value with the arguments " + arguments);
                }
            }
            case "tag" -> tag(arguments.path(0).asText(), arguments.path(1).asBoolean());
            case "refresh" -> {
                // as "age"
            }
            default -> script(name, arguments);
        }
    }

    private void script(String name, JsonNode arguments) {
        String script = export.provision(name);
        if (script.isEmpty()) {
            forPerson.add("provision " + name + ": not in the export (--provisions)");
            return;
        }
        Optional<Map<String, JsonNode>> values =
                arguments.isEmpty() ? ProvisionScript.values(script) : Optional.empty();
        values.ifPresentOrElse(
                all -> all.forEach(this::value),
                () -> forPerson.add("provision " + name + ": a program that does more than declare literals"));
    }
}
