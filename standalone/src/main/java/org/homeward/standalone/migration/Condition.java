package org.homeward.standalone.migration;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.homeward.provisioning.profile.Paths;

/**
 * A precondition of GenieACS as a tree. There a comparison with a parameter that the device does not have is neither true
 * nor false, and so is its negation; as CEL each comparison therefore first asks whether there is such a parameter, and
 * negations are pushed down to the comparisons.
 */
sealed interface Condition {

    /** The same in CEL. @throws Untranslatable where no expression over a device's facts says it */
    String cel() throws Untranslatable;

    /** What holds where this does not. */
    Condition negated();

    /** What only a person can bring over. */
    final class Untranslatable extends Exception {
        private static final long serialVersionUID = 1;

        Untranslatable(String why) {
            super(why);
        }

        String why() {
            return String.valueOf(getMessage());
        }
    }

    record Always(boolean holds) implements Condition {
        @Override
        public String cel() {
            return Boolean.toString(holds);
        }

        @Override
        public Condition negated() {
            return new Always(!holds);
        }
    }

    /** @param all whether all have to hold, or one */
    record Several(boolean all, List<Condition> parts) implements Condition {
        @Override
        public String cel() throws Untranslatable {
            StringBuilder cel = new StringBuilder();
            for (Condition part : parts) {
                cel.append(cel.isEmpty() ? "" : all ? " && " : " || ");
                cel.append(part instanceof Several ? "(" + part.cel() + ")" : part.cel());
            }
            return cel.toString();
        }

        @Override
        public Condition negated() {
            return new Several(!all, parts.stream().map(Condition::negated).toList());
        }
    }

    /** Whether the device has the parameter or the tag. */
    record Exists(String parameter, boolean exists) implements Condition {
        @Override
        public String cel() throws Untranslatable {
            if (Subject.isTag(parameter)) {
                return (exists ? "" : "!") + "(" + Subject.tag(parameter) + " in device.tags)";
            }
            if (Subject.isIdentity(parameter)) {
                return Subject.of(parameter) + (exists ? " != \"\"" : " == \"\"");
            }
            return (exists ? "" : "!") + "(" + Subject.reported(parameter) + " in reported)";
        }

        @Override
        public Condition negated() {
            return new Exists(parameter, !exists);
        }
    }

    enum Operator {
        EQUAL("=", "=="),
        DIFFERENT("<>", "!="),
        LESS("<", "<"),
        AT_MOST("<=", "<="),
        MORE(">", ">"),
        AT_LEAST(">=", ">="),
        LIKE("LIKE", ""),
        UNLIKE("NOT LIKE", "");

        private static final Map<Operator, Operator> OPPOSITES = Map.of(
                EQUAL, DIFFERENT, DIFFERENT, EQUAL, LESS, AT_LEAST, AT_LEAST, LESS, MORE, AT_MOST, AT_MOST, MORE, LIKE,
                UNLIKE, UNLIKE, LIKE);

        private final String text;
        private final String cel;

        Operator(String text, String cel) {
            this.text = text;
            this.cel = cel;
        }

        String text() {
            return text;
        }

        Operator opposite() {
            return Objects.requireNonNull(OPPOSITES.get(this));
        }

        boolean isOrder() {
            return this == LESS || this == AT_MOST || this == MORE || this == AT_LEAST;
        }
    }

    /** @param value text, number or boolean */
    record Comparison(String parameter, Operator operator, Object value) implements Condition {
        @Override
        public String cel() throws Untranslatable {
            if (Subject.isTag(parameter)) {
                return tagged();
            }
            String subject = Subject.of(parameter);
            String comparison = compared(subject);
            return Subject.isIdentity(parameter)
                    ? comparison
                    : "(" + Subject.reported(parameter) + " in reported && " + comparison + ")";
        }

        private String tagged() throws Untranslatable {
            if (value instanceof Boolean set && (operator == Operator.EQUAL || operator == Operator.DIFFERENT)) {
                // a tag that is not there is neither true nor false, so only one of the four can hold
                return set == (operator == Operator.EQUAL) ? new Exists(parameter, true).cel() : "false";
            }
            throw new Untranslatable("compares the tag " + parameter + " with " + value);
        }

        private String compared(String subject) throws Untranslatable {
            if (operator == Operator.LIKE || operator == Operator.UNLIKE) {
                if (!(value instanceof String pattern)) {
                    throw new Untranslatable("has a pattern that is no text: " + value);
                }
                return (operator == Operator.LIKE ? "" : "!") + subject + ".matches(" + Subject.quoted(regex(pattern))
                        + ")";
            }
            return switch (value) {
                case Boolean truth
                when operator == Operator.EQUAL ->
                    subject + (truth ? " in [\"1\", \"true\"]" : " in [\"0\", \"false\"]");
                case Boolean truth
                when operator == Operator.DIFFERENT ->
                    subject + (truth ? " in [\"0\", \"false\"]" : " in [\"1\", \"true\"]");
                case Number number
                when operator.isOrder() -> "double(" + subject + ") " + operator.cel + " " + number.doubleValue();
                case Number number -> subject + " " + operator.cel + " " + Subject.quoted(number.toString());
                case String text -> subject + " " + operator.cel + " " + Subject.quoted(text);
                default -> throw new Untranslatable("compares " + parameter + " with " + value);
            };
        }

        /** Percent stands for anything, an underscore for any character. */
        private static String regex(String pattern) {
            String middle = pattern.codePoints()
                    .mapToObj(c -> switch (c) {
                        case '%' -> ".*";
                        case '_' -> ".";
                        default ->
                            Character.isLetterOrDigit(c)
                                    ? Character.toString(c)
                                    : "\\x{" + Integer.toHexString(c) + "}";
                    })
                    .collect(Collectors.joining());
            return "(?s)^" + middle + "$";
        }

        @Override
        public Condition negated() {
            return new Comparison(parameter, operator.opposite(), value);
        }
    }

    /** What conditions may ask about, under the names of either side. */
    final class Subject {

        private static final String TAG = "Tags.";
        private static final Map<String, String> IDENTITY = Map.of(
                "DeviceID.ID", "device.id",
                "DeviceID.OUI", "device.oui",
                "DeviceID.ProductClass", "device.productClass",
                "DeviceID.SerialNumber", "device.serialNumber",
                "DeviceID.Manufacturer", "device.manufacturer",
                "_deviceId._OUI", "device.oui",
                "_deviceId._ProductClass", "device.productClass",
                "_deviceId._SerialNumber", "device.serialNumber",
                "_deviceId._Manufacturer", "device.manufacturer",
                "_id", "device.id");

        private Subject() {}

        static boolean isTag(String parameter) {
            return parameter.startsWith(TAG);
        }

        static String tag(String parameter) {
            return quoted(parameter.substring(TAG.length()));
        }

        static boolean isIdentity(String parameter) {
            return IDENTITY.containsKey(parameter);
        }

        static String of(String parameter) throws Untranslatable {
            String identity = IDENTITY.get(parameter);
            return identity != null ? identity : "reported[" + reported(parameter) + "]";
        }

        static String reported(String parameter) throws Untranslatable {
            if (!Paths.isParameter(parameter)) {
                throw new Untranslatable("asks for " + parameter + ", which is no parameter of the device");
            }
            return quoted(parameter);
        }

        static String quoted(String text) {
            StringBuilder quoted = new StringBuilder("\"");
            text.chars().forEach(c -> {
                if (c == '"' || c == '\\') {
                    quoted.append('\\').append((char) c);
                } else if (c < 0x20) {
                    quoted.append(String.format(Locale.ROOT, "\\u%04x", c));
                } else {
                    quoted.append((char) c);
                }
            });
            return quoted.append('"').toString();
        }
    }

    /** The form that GenieACS had until 1.1: a query of MongoDB. */
    static Condition ofQuery(JsonNode query) throws Untranslatable {
        List<Condition> parts = new ArrayList<>();
        for (Map.Entry<String, JsonNode> field : query.properties()) {
            parts.add(ofField(field.getKey(), field.getValue()));
        }
        return parts.isEmpty() ? new Always(true) : parts.size() == 1 ? parts.getFirst() : new Several(true, parts);
    }

    private static Condition ofField(String name, JsonNode wanted) throws Untranslatable {
        if (name.equals("$and") || name.equals("$or")) {
            List<Condition> parts = new ArrayList<>();
            for (JsonNode part : wanted) {
                parts.add(ofQuery(part));
            }
            return new Several(name.equals("$and"), parts);
        }
        if (name.startsWith("$")) {
            throw new Untranslatable("has the operator " + name);
        }
        if (!wanted.isObject()) {
            return name.equals("_tags")
                    ? new Exists(Subject.TAG + wanted.asText(), true)
                    : new Comparison(name, Operator.EQUAL, literal(wanted));
        }
        List<Condition> parts = new ArrayList<>();
        for (Map.Entry<String, JsonNode> each : wanted.properties()) {
            parts.add(ofOperator(name, each.getKey(), each.getValue()));
        }
        return parts.size() == 1 ? parts.getFirst() : new Several(true, parts);
    }

    private static Condition ofOperator(String name, String operator, JsonNode value) throws Untranslatable {
        if (name.equals("_tags") && (operator.equals("$ne") || operator.equals("$eq"))) {
            return new Exists(Subject.TAG + value.asText(), operator.equals("$eq"));
        }
        return switch (operator) {
            case "$eq" -> new Comparison(name, Operator.EQUAL, literal(value));
            case "$ne" ->
                new Several(
                        false,
                        List.of(new Comparison(name, Operator.DIFFERENT, literal(value)), new Exists(name, false)));
            case "$lt" -> new Comparison(name, Operator.LESS, literal(value));
            case "$lte" -> new Comparison(name, Operator.AT_MOST, literal(value));
            case "$gt" -> new Comparison(name, Operator.MORE, literal(value));
            case "$gte" -> new Comparison(name, Operator.AT_LEAST, literal(value));
            default -> throw new Untranslatable("has the operator " + operator);
        };
    }

    private static Object literal(JsonNode value) throws Untranslatable {
        if (value.isTextual()) {
            return value.textValue();
        }
        if (value.isNumber()) {
            return value.numberValue();
        }
        if (value.isBoolean()) {
            return value.booleanValue();
        }
        throw new Untranslatable("compares with " + value);
    }
}
