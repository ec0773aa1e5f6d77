package org.homeward.registry.subscriber;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.homeward.contracts.rpc.SensitivePaths;
import org.jspecify.annotations.Nullable;

/**
 * A kind of service and what is known of its attributes. Attributes that it does not name are free, within bounds.
 *
 * @param attributes by their path, such as {@code vlan} or {@code lines.count}
 */
public record ServiceType(String name, Map<String, AttributeRule> attributes) {

    /** The most that attributes of one subscriber or service may take; facts of a device stay well below 256 KiB. */
    public static final int LARGEST = 8 * 1024;

    private static final int DEEPEST = 5;
    private static final int MOST = 200;
    private static final int LONGEST_TEXT = 1024;
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_-]{0,63}");

    public ServiceType {
        attributes = Map.copyOf(attributes);
    }

    /** One that says nothing: also what the attributes of subscribers themselves go by. */
    public static ServiceType open(String name) {
        return new ServiceType(name, Map.of());
    }

    /** @param path where in the attributes, names joined by dots */
    public record Complaint(String path, String why) {}

    /** Whether a value at this place is a secret: by its name, or because the type says so. */
    public boolean isSecret(String path, JsonNode value) {
        return (value.isTextual() || value.isNumber()) && isForSecrets(path);
    }

    private boolean isForSecrets(String path) {
        return isMarked(path) || SensitivePaths.isSensitive(path);
    }

    private boolean isMarked(String path) {
        AttributeRule rule = attributes.get(path);
        return rule != null && rule.secret();
    }

    /** Whether this is what stands for a secret when attributes are shown: {@code {"secret": true, ...}}. */
    boolean isStandIn(String path, JsonNode value) {
        return value.isObject() && value.path("secret").asBoolean() && isForSecrets(path);
    }

    /** A text of a file as the value that this type expects. */
    public JsonNode read(String path, String text) {
        AttributeRule rule = attributes.get(path);
        return rule == null ? TextNode.valueOf(text) : rule.read(text);
    }

    /** The first thing that is wrong with a merge patch, if something is. */
    public Optional<Complaint> complaint(ObjectNode patch) {
        return Optional.ofNullable(new Check().object("", patch, 1));
    }

    private final class Check {

        private int values;

        @Nullable
        Complaint object(String prefix, ObjectNode object, int depth) {
            for (Map.Entry<String, JsonNode> each : object.properties()) {
                String path = prefix + each.getKey();
                if (!NAME.matcher(each.getKey()).matches()) {
                    return new Complaint(
                            path,
                            "has a name of 1 to 64 letters, digits, hyphens and underscores that begins with no digit");
                }
                Complaint complaint = value(path, each.getValue(), depth, false);
                if (complaint != null) {
                    return complaint;
                }
            }
            return null;
        }

        private @Nullable Complaint value(String path, JsonNode value, int depth, boolean inList) {
            if (++values > MOST) {
                return new Complaint(path, "is one of more than " + MOST + " values");
            }
            if (depth > DEEPEST) {
                return new Complaint(path, "is nested deeper than " + DEEPEST);
            }
            if (value.isNull()) {
                return inList ? new Complaint(path, "is null, which a list does not hold") : null;
            }
            if (isStandIn(path, value)) {
                return null;
            }
            AttributeRule rule = attributes.get(path);
            if (rule != null) {
                Optional<String> why = rule.complaint(value);
                if (why.isPresent()) {
                    return new Complaint(path, why.get());
                }
            }
            // passwordChanged may well be a boolean
            if (isForSecrets(path) && !isSecret(path, value) && (isMarked(path) || !value.isBoolean())) {
                return new Complaint(path, "is a secret, which is a text or number");
            }
            if (value instanceof ObjectNode object) {
                return inList ? listed(path, object, depth) : object(path + ".", object, depth + 1);
            }
            return value.isArray() ? list(path, value, depth) : scalar(path, value);
        }

        private @Nullable Complaint list(String path, JsonNode list, int depth) {
            for (int i = 0; i < list.size(); i++) {
                Complaint complaint = value(path + "[" + i + "]", list.get(i), depth + 1, true);
                if (complaint != null) {
                    return complaint;
                }
            }
            return null;
        }

        private @Nullable Complaint listed(String path, ObjectNode object, int depth) {
            for (Map.Entry<String, JsonNode> each : object.properties()) {
                String below = path + "." + each.getKey();
                if (isSecret(below, each.getValue())) {
                    return new Complaint(
                            below, "is a secret, which can't stand in a list: give each its own service or object");
                }
                if (!NAME.matcher(each.getKey()).matches()) {
                    return new Complaint(below, "is no name of an attribute");
                }
                Complaint complaint = value(below, each.getValue(), depth + 1, true);
                if (complaint != null) {
                    return complaint;
                }
            }
            return null;
        }

        private @Nullable Complaint scalar(String path, JsonNode value) {
            if (value.isTextual()
                    && (value.textValue().length() > LONGEST_TEXT
                            || value.textValue().chars().anyMatch(Character::isISOControl))) {
                return new Complaint(
                        path, "has at most " + LONGEST_TEXT + " characters, none of them control characters");
            }
            if (value.isNumber() && !(value.isIntegralNumber() ? value.canConvertToLong() : isFinite(value))) {
                return new Complaint(path, "is a number that 64 bits can hold");
            }
            return null;
        }

        private static boolean isFinite(JsonNode value) {
            return Double.isFinite(value.doubleValue());
        }
    }
}
