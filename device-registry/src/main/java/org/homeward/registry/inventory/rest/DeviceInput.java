package org.homeward.registry.inventory.rest;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.homeward.contracts.DeviceId;
import org.homeward.kit.rest.Problem;
import org.homeward.kit.rest.ProblemException;
import org.homeward.registry.inventory.DeviceEdit;
import org.homeward.registry.inventory.Registration;
import org.homeward.registry.inventory.Registration.Credentials;
import org.jspecify.annotations.Nullable;

/** What callers say about devices, checked. */
final class DeviceInput {

    private static final Pattern TAG = Pattern.compile("[^\\s,;()'\"<>=!*]{1,64}");
    private static final int MOST_TAGS = 100;
    private static final int LONGEST = 128;

    private DeviceInput() {}

    /** Body of POST. */
    record NewDevice(
            @Nullable String oui,
            @Nullable String productClass,
            @Nullable String serialNumber,
            @Nullable String manufacturer,
            @Nullable List<String> tags,
            @Nullable String subscriberId,
            @Nullable Boolean trace,
            @Nullable NewCredentials credentials) {

        /** @throws ProblemException HTTP 400 that names the field */
        Registration registration() {
            DeviceId device = device(oui, productClass, serialNumber);
            NewCredentials given = credentials;
            return new Registration(
                    device,
                    limited("manufacturer", manufacturer == null ? "" : manufacturer),
                    DeviceInput.tags(tags == null ? List.of() : tags),
                    subscriberId == null || subscriberId.isEmpty() ? null : limited("subscriberId", subscriberId),
                    trace != null && trace,
                    given == null ? null : given.credentials(device));
        }
    }

    record NewCredentials(
            @Nullable String username, @Nullable String password) {
        Credentials credentials(DeviceId device) {
            if (password == null || password.isEmpty() || password.length() > 256) {
                throw Problem.invalid("credentials.password", "has 1 to 256 characters")
                        .exception();
            }
            return new Credentials(
                    username == null || username.isEmpty()
                            ? device.toString()
                            : limited("credentials.username", username),
                    password);
        }

        @Override
        public String toString() {
            return "(secret)";
        }
    }

    private static DeviceId device(@Nullable String oui, @Nullable String productClass, @Nullable String serialNumber) {
        required("oui", oui);
        required("serialNumber", serialNumber);
        try {
            return new DeviceId(
                    oui == null ? "" : oui,
                    productClass == null ? "" : productClass,
                    serialNumber == null ? "" : serialNumber);
        } catch (IllegalArgumentException e) {
            String message = String.valueOf(e.getMessage());
            String field =
                    message.startsWith("OUI") ? "oui" : message.startsWith("Serial") ? "serialNumber" : "productClass";
            throw Problem.invalid(field, message).exception();
        }
    }

    private static void required(String field, @Nullable String value) {
        if (value == null || value.isBlank()) {
            throw Problem.invalid(field, "is required").exception();
        }
    }

    private static String limited(String field, String value) {
        if (value.length() > LONGEST || value.chars().anyMatch(Character::isISOControl)) {
            throw Problem.invalid(field, "has at most " + LONGEST + " characters, none of them control characters")
                    .exception();
        }
        return value;
    }

    static List<String> tags(List<String> tags) {
        if (tags.size() > MOST_TAGS) {
            throw Problem.invalid("tags", "has at most " + MOST_TAGS + " entries")
                    .exception();
        }
        for (int i = 0; i < tags.size(); i++) {
            if (!TAG.matcher(String.valueOf(tags.get(i))).matches()) {
                throw Problem.invalid(
                                "tags[" + i + "]",
                                "has 1 to 64 characters, no spaces and none of , ; ( ) ' \" < > = ! *")
                        .exception();
            }
        }
        return tags;
    }

    /** A JSON merge patch (RFC 7396) of tags, subscriberId and trace. */
    static DeviceEdit edit(JsonNode patch) {
        if (!patch.isObject()) {
            throw Problem.invalid("body", "is not a JSON object").exception();
        }
        List<String> tags = null;
        String subscriber = null;
        Boolean trace = null;
        for (Map.Entry<String, JsonNode> field : patch.properties()) {
            JsonNode value = field.getValue();
            switch (field.getKey()) {
                case "tags" -> tags = tags(texts(value));
                case "subscriberId" ->
                    subscriber = value.isNull() ? "" : limited("subscriberId", text("subscriberId", value));
                case "trace" -> {
                    if (!value.isBoolean() && !value.isNull()) {
                        throw Problem.invalid("trace", "is true or false").exception();
                    }
                    trace = value.asBoolean(false);
                }
                default ->
                    throw Problem.invalid(field.getKey(), "can't be changed; tags, subscriberId and trace can")
                            .exception();
            }
        }
        return new DeviceEdit(tags, subscriber, trace);
    }

    private static List<String> texts(JsonNode value) {
        if (value.isNull()) {
            return List.of();
        }
        if (!value.isArray()) {
            throw Problem.invalid("tags", "is a list of strings").exception();
        }
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < value.size(); i++) {
            texts.add(text("tags[" + i + "]", value.get(i)));
        }
        return texts;
    }

    private static String text(String field, JsonNode value) {
        if (!value.isTextual()) {
            throw Problem.invalid(field, "is a string").exception();
        }
        return value.textValue();
    }
}
