package org.homeward.registry.subscriber;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What is known of a subscriber or a service: a JSON object, and apart from it the secrets, sealed, by their path
 * ({@code portal.password}). A secret can be replaced and taken away; nobody is shown it again.
 *
 * @param plain not to be changed by whoever asks for it
 */
public record Attributes(ObjectNode plain, SortedMap<String, Secret> secrets) {

    public static final Attributes NONE = new Attributes(JsonNodeFactory.instance.objectNode(), new TreeMap<>());

    public record Secret(String sealed, Instant setAt) {
        @Override
        public String toString() {
            return "(secret)";
        }
    }

    /** Seals secrets for the place at which they stand. */
    public interface Vault {
        String seal(String path, String clear);

        /** Whether the sealed text holds just that. */
        boolean holds(String path, String sealed, String clear);
    }

    /**
     * These attributes with a JSON merge patch (RFC 7396) applied, which {@link ServiceType#complaint} found nothing wrong
     * with. What stands for a secret when attributes are shown leaves it as it is.
     */
    public Attributes merged(ObjectNode patch, ServiceType type, Vault vault, Instant now) {
        var merging = new Merging(type, vault, now, new TreeMap<>(secrets));
        ObjectNode merged = plain.deepCopy();
        merging.merge("", merged, patch);
        return new Attributes(merged, merging.secrets);
    }

    private record Merging(ServiceType type, Vault vault, Instant now, TreeMap<String, Secret> secrets) {

        void merge(String prefix, ObjectNode into, ObjectNode patch) {
            for (Map.Entry<String, JsonNode> each : patch.properties()) {
                String name = each.getKey();
                String path = prefix + name;
                JsonNode value = each.getValue();
                if (type.isStandIn(path, value)) {
                    continue;
                }
                if (value instanceof ObjectNode object) {
                    secrets.remove(path);
                    merge(
                            path + ".",
                            into.get(name) instanceof ObjectNode known ? known : into.putObject(name),
                            object);
                } else if (type.isSecret(path, value)) {
                    secrets.keySet().removeIf(other -> other.startsWith(path + "."));
                    into.remove(name);
                    keep(path, value.asText());
                } else {
                    secrets.keySet().removeIf(other -> other.equals(path) || other.startsWith(path + "."));
                    if (value.isNull()) {
                        into.remove(name);
                    } else {
                        into.set(name, value);
                    }
                }
            }
        }

        private void keep(String path, String clear) {
            Secret known = secrets.get(path);
            if (known == null || !vault.holds(path, known.sealed(), clear)) {
                secrets.put(path, new Secret(vault.seal(path, clear), now));
            }
        }
    }

    /** As REST shows them: {@code {"secret": true, "setAt": "..."}} stands for each secret. */
    public ObjectNode shown() {
        ObjectNode shown = plain.deepCopy();
        secrets.forEach((path, secret) -> {
            ObjectNode object = shown;
            String[] names = path.split("\\.");
            for (int i = 0; i < names.length - 1; i++) {
                object = object.withObjectProperty(names[i]);
            }
            object.putObject(names[names.length - 1])
                    .put("secret", true)
                    .put("setAt", secret.setAt().toString());
        });
        return shown;
    }

    /** Characters that they take with each device's facts. */
    public int size() {
        return plain.toString().length()
                + secrets.entrySet().stream()
                        .mapToInt(each -> each.getKey().length()
                                + each.getValue().sealed().length())
                        .sum();
    }
}
