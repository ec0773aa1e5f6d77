package org.homeward.provisioning.profile;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.homeward.contracts.rpc.SensitivePaths;
import org.homeward.contracts.rpc.ValueType;
import org.homeward.kit.security.FieldCipher;
import org.homeward.provisioning.profile.ProfileDocument.Attributes;
import org.homeward.provisioning.profile.ProfileDocument.Computed;
import org.homeward.provisioning.profile.ProfileDocument.Literal;
import org.homeward.provisioning.profile.ProfileDocument.Reboot;
import org.homeward.provisioning.profile.ProfileDocument.Table;
import org.homeward.provisioning.profile.ProfileDocument.Tags;
import org.homeward.provisioning.profile.ProfileDocument.UserChange;
import org.homeward.provisioning.profile.ProfileDocument.Value;
import org.jspecify.annotations.Nullable;

/** Reads the tree of a document, and names each field that is wrong. Used for one document. */
final class DocumentReader {

    /** Those that a document may name. */
    private static final UserChange[] USER_CHANGES = {UserChange.KEEP, UserChange.OVERRULE};

    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,63}");
    private static final Set<String> OTHERS = Set.of("schema", "settings");
    private static final Set<String> FIELDS = Set.of(
            "name",
            "description",
            "priority",
            "condition",
            "values",
            "objects",
            "attributes",
            "connection",
            "tags",
            "firmware",
            "files",
            "reboot");
    /** What first contact gives each device for itself. */
    private static final Set<String> OUR_OWN =
            Set.of("Username", "Password", "ConnectionRequestUsername", "ConnectionRequestPassword");

    private static final int MOST_VALUES = 2_000;

    private final Vocabulary vocabulary;
    private final List<DocumentError> errors;

    DocumentReader(Vocabulary vocabulary, List<DocumentError> errors) {
        this.vocabulary = vocabulary;
        this.errors = errors;
    }

    ProfileDocument read(JsonNode document) {
        onlyKnown(document, "", FIELDS);
        return new ProfileDocument(
                name(document.path("name")),
                text(document.path("description"), "description", ""),
                priority(document.path("priority")),
                text(document.path("condition"), "condition", "true"),
                values(document.path("values")),
                tables(document.path("objects")),
                attributes(document.path("attributes")),
                connection(document.path("connection")),
                tags(document.path("tags")),
                document.path("firmware").isMissingNode() ? null : text(document.path("firmware"), "firmware", ""),
                new ArrayList<>(texts(document.path("files"), "files")),
                reboot(document.path("reboot")));
    }

    private void wrong(String field, String message) {
        errors.add(new DocumentError(field, message));
    }

    private void onlyKnown(JsonNode object, String field, Set<String> known) {
        object.fieldNames().forEachRemaining(name -> {
            if (!known.contains(name)) {
                wrong(
                        field.isEmpty() ? name : field + '.' + name,
                        "is not a field that there is here; there are "
                                + String.join(", ", known.stream().sorted().toList()));
            }
        });
    }

    private String name(JsonNode node) {
        if (node.isTextual() && OTHERS.contains(node.textValue())) {
            wrong("name", "is the name of something else under /api/profiles; choose another");
        }
        if (node.isTextual() && NAME.matcher(node.textValue()).matches()) {
            return node.textValue();
        }
        wrong("name", "has 1 to 64 of a-z, 0-9, dot, hyphen and underscore, and begins with a letter or digit");
        return "";
    }

    private int priority(JsonNode node) {
        if (node.isMissingNode()) {
            return ProfileDocument.ORDINARY_PRIORITY;
        }
        if (!node.isIntegralNumber() || node.intValue() < 0 || node.intValue() > 1_000) {
            wrong("priority", "is a whole number from 0 to 1000");
        }
        return node.intValue();
    }

    private String text(JsonNode node, String field, String otherwise) {
        if (node.isMissingNode()) {
            return otherwise;
        }
        if (!node.isTextual() && !(field.equals("condition") && node.isBoolean())) {
            wrong(field, "is a text");
        }
        return node.asText();
    }

    private Map<String, JsonNode> entries(JsonNode node, String field) {
        Map<String, JsonNode> entries = new LinkedHashMap<>();
        if (node.isObject()) {
            node.properties().forEach(each -> entries.put(each.getKey(), each.getValue()));
        } else if (!node.isMissingNode()) {
            wrong(field, "is an object");
        }
        if (entries.size() > MOST_VALUES) {
            wrong(field, "has more than " + MOST_VALUES + " entries");
        }
        return entries;
    }

    private Map<String, Value> values(JsonNode node) {
        Map<String, Value> values = new LinkedHashMap<>();
        entries(node, "values").forEach((name, each) -> {
            String field = "values." + name;
            Optional<String> objection = vocabulary.objection(name);
            objection.ifPresent(why -> wrong(field, why));
            if (name.contains(".ManagementServer.") && OUR_OWN.contains(name.substring(name.lastIndexOf('.') + 1))) {
                wrong(field, "is given to each device at first contact, and not by profiles");
            }
            if (name.startsWith(Vocabulary.CAPABILITY) && each.has("type")) {
                wrong(field + ".type", "is not for profiles to say of a capability, which has a type of its own");
            }
            value(each, field, name).ifPresent(value -> {
                values.put(name, value);
                if (objection.isEmpty() && value instanceof Literal literal && !literal.sealed()) {
                    vocabulary.objection(name, literal.text()).ifPresent(why -> wrong(field, why));
                }
            });
        });
        return values;
    }

    private Map<String, Value> connection(JsonNode node) {
        Map<String, Value> values = new LinkedHashMap<>();
        entries(node, "connection").forEach((name, each) -> {
            String field = "connection." + name;
            if (!Paths.isColumn(name)) {
                wrong(field, "is not the name of a parameter of the ManagementServer object");
            } else if (OUR_OWN.contains(name)) {
                wrong(field, "is given to each device at first contact, and not by profiles");
            }
            value(each, field, name).ifPresent(value -> values.put(name, value));
        });
        return values;
    }

    private Optional<Value> value(JsonNode node, String field, String name) {
        if (node.isValueNode() && !node.isNull()) {
            return Optional.of(new Literal(node.asText(), false, ValueType.UNKNOWN, UserChange.UNSAID));
        }
        if (!node.isObject()) {
            wrong(field, "is a text, a number, a boolean, or an object with value or expression");
            return Optional.empty();
        }
        onlyKnown(node, field, Set.of("value", "expression", "sealed", "type", "userChange"));
        ValueType type = type(node.path("type"), field);
        UserChange userChange = userChange(node.path("userChange"), field);
        Iterator<String> kinds = List.of("value", "expression", "sealed").stream()
                .filter(node::has)
                .iterator();
        if (!kinds.hasNext()) {
            wrong(field, "has neither value nor expression");
            return Optional.empty();
        }
        String kind = kinds.next();
        if (kinds.hasNext()) {
            wrong(field, "has both " + kind + " and " + kinds.next());
        }
        JsonNode content = node.path(kind);
        if (!content.isValueNode() || content.isNull() || !kind.equals("value") && !content.isTextual()) {
            wrong(field + '.' + kind, kind.equals("value") ? "is a text, a number or a boolean" : "is a text");
            return Optional.empty();
        }
        if (kind.equals("sealed") && !(SensitivePaths.isSensitive(name) && FieldCipher.isSealed(content.asText()))) {
            wrong(field + ".sealed", "is what Homeward made of a secret, at a parameter that holds one");
        }
        return Optional.of(
                kind.equals("expression")
                        ? new Computed(content.asText(), type, userChange)
                        : new Literal(content.asText(), kind.equals("sealed"), type, userChange));
    }

    private ValueType type(JsonNode node, String field) {
        if (node.isMissingNode()) {
            return ValueType.UNKNOWN;
        }
        ValueType type = ValueType.of(node.asText());
        if (type == ValueType.UNKNOWN) {
            wrong(
                    field + ".type",
                    "is one of string, int, unsignedInt, long, unsignedLong, boolean, dateTime, base64,"
                            + " hexBinary");
        }
        return type;
    }

    private UserChange userChange(JsonNode node, String field) {
        return oneOf(USER_CHANGES, node, field + ".userChange", UserChange.UNSAID);
    }

    private Reboot reboot(JsonNode node) {
        return oneOf(Reboot.values(), node, "reboot", Reboot.NEVER);
    }

    private <E extends Enum<E>> E oneOf(E[] all, JsonNode node, String field, E otherwise) {
        if (node.isMissingNode()) {
            return otherwise;
        }
        List<String> words = new ArrayList<>();
        for (E each : all) {
            String word = word(each);
            if (word.equals(node.asText())) {
                return each;
            }
            words.add(word);
        }
        wrong(field, "is one of " + String.join(", ", words));
        return otherwise;
    }

    /** {@code WHEN_NEEDED} is written {@code whenNeeded}. */
    private static String word(Enum<?> constant) {
        StringBuilder word = new StringBuilder();
        for (String part : constant.name().toLowerCase(Locale.ROOT).split("_")) {
            word.append(word.isEmpty() ? part : Character.toUpperCase(part.charAt(0)) + part.substring(1));
        }
        return word.toString();
    }

    private List<Table> tables(JsonNode node) {
        List<Table> tables = new ArrayList<>();
        if (!node.isArray()) {
            if (!node.isMissingNode()) {
                wrong("objects", "is a list");
            }
            return tables;
        }
        Set<String> seen = new LinkedHashSet<>();
        for (int i = 0; i < node.size(); i++) {
            Table table = table(node.get(i), "objects[" + i + "]");
            if (!seen.add(table.table())) {
                wrong("objects[" + i + "].table", "stands here twice");
            }
            tables.add(table);
        }
        return tables;
    }

    private Table table(JsonNode node, String field) {
        onlyKnown(node, field, Set.of("table", "key", "extra", "rows"));
        String path = text(node.path("table"), field + ".table", "");
        if (!Paths.isTable(path)) {
            wrong(field + ".table", "is not the path of a table, such as Device.NAT.PortMapping.");
        }
        List<String> key = List.copyOf(texts(node.path("key"), field + ".key"));
        if (key.isEmpty()) {
            wrong(field + ".key", "names at least one column by which rows are told apart");
        }
        String extra = text(node.path("extra"), field + ".extra", "keep");
        if (!extra.equals("keep") && !extra.equals("remove")) {
            wrong(field + ".extra", "is one of keep, remove");
        }
        List<Map<String, Value>> rows = new ArrayList<>();
        if (!node.path("rows").isArray()) {
            wrong(field + ".rows", "is a list of rows; an empty one for none");
        }
        for (int i = 0; i < node.path("rows").size(); i++) {
            rows.add(row(node.path("rows").get(i), key, field + ".rows[" + i + "]"));
        }
        return new Table(path, key, extra.equals("remove"), rows);
    }

    private Map<String, Value> row(JsonNode node, List<String> key, String field) {
        Map<String, Value> row = new LinkedHashMap<>();
        entries(node, field).forEach((column, each) -> {
            if (!Paths.isColumn(column)) {
                wrong(field + '.' + column, "is not the name of a parameter");
            }
            value(each, field + '.' + column, column).ifPresent(value -> row.put(column, value));
        });
        for (String column : key) {
            if (!node.has(column)) {
                wrong(field + '.' + column, "is missing, though it is part of the key");
            } else if (SensitivePaths.isSensitive(column)) {
                wrong(field + '.' + column, "is a secret and can't be part of the key: devices read it back empty");
            }
        }
        return row;
    }

    private Map<String, Attributes> attributes(JsonNode node) {
        Map<String, Attributes> attributes = new LinkedHashMap<>();
        entries(node, "attributes").forEach((path, each) -> {
            String field = "attributes." + path;
            if (!Paths.isParameter(path)) {
                wrong(field, "is not the full path of a parameter");
            }
            onlyKnown(each, field, Set.of("notification", "accessList"));
            Integer notification = notification(each.path("notification"), field + ".notification");
            List<String> accessList =
                    each.has("accessList") ? List.copyOf(texts(each.path("accessList"), field + ".accessList")) : null;
            if (notification == null && accessList == null) {
                wrong(field, "has neither notification nor accessList");
            }
            attributes.put(path, new Attributes(notification, accessList));
        });
        return attributes;
    }

    private @Nullable Integer notification(JsonNode node, String field) {
        if (node.isMissingNode()) {
            return null;
        }
        int number = switch (node.asText()) {
            case "off", "0" -> 0;
            case "passive", "1" -> 1;
            case "active", "2" -> 2;
            case "3", "4", "5", "6" -> node.asInt();
            default -> -1;
        };
        if (number < 0) {
            wrong(field, "is one of off, passive, active, or a number from 0 to 6");
        }
        return number;
    }

    private Tags tags(JsonNode node) {
        if (node.isMissingNode()) {
            return Tags.NONE;
        }
        onlyKnown(node, "tags", Set.of("add", "remove"));
        Set<String> add = texts(node.path("add"), "tags.add");
        Set<String> remove = texts(node.path("remove"), "tags.remove");
        add.stream().filter(remove::contains).findFirst().ifPresent(tag -> wrong("tags", "adds and removes " + tag));
        return new Tags(add, remove);
    }

    private Set<String> texts(JsonNode node, String field) {
        Set<String> texts = new LinkedHashSet<>();
        if (node.isMissingNode()) {
            return texts;
        }
        if (!node.isArray()) {
            wrong(field, "is a list of texts");
        }
        for (int i = 0; i < node.size(); i++) {
            JsonNode each = node.get(i);
            if (!each.isTextual() || each.textValue().isBlank()) {
                wrong(field + '[' + i + ']', "is a text");
            } else if (!texts.add(each.textValue())) {
                wrong(field + '[' + i + ']', "stands here twice");
            }
        }
        return texts;
    }
}
