package org.homeward.registry.subscriber.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.homeward.contracts.DeviceId;
import org.homeward.kit.rest.Problem;
import org.homeward.kit.rest.ProblemException;
import org.homeward.registry.subscriber.Claim;
import org.homeward.registry.subscriber.ServiceId;
import org.homeward.registry.subscriber.SubscriberId;
import org.jspecify.annotations.Nullable;

/** What callers say about subscribers, checked. Each method's problem is HTTP 400 and names the field. */
final class SubscriberInput {

    private SubscriberInput() {}

    static SubscriberId subscriber(String field, @Nullable String text) {
        return read(field, text, SubscriberId::new);
    }

    static ServiceId service(String field, @Nullable String text) {
        return read(field, text, ServiceId::new);
    }

    private static <T> T read(String field, @Nullable String text, Function<String, T> reader) {
        if (text == null || text.isEmpty()) {
            throw Problem.invalid(field, "is required").exception();
        }
        try {
            return reader.apply(text);
        } catch (IllegalArgumentException e) {
            ProblemException problem =
                    Problem.invalid(field, String.valueOf(e.getMessage())).exception();
            problem.addSuppressed(e);
            throw problem;
        }
    }

    /** The body as an object that has these properties and no others. */
    static ObjectNode body(@Nullable JsonNode body, Set<String> known) {
        if (!(body instanceof ObjectNode object)) {
            throw Problem.invalid("body", "is a JSON object").exception();
        }
        for (Map.Entry<String, JsonNode> each : object.properties()) {
            if (!known.contains(each.getKey())) {
                throw Problem.invalid(each.getKey(), "is not known here; known are " + String.join(", ", known))
                        .exception();
            }
        }
        return object;
    }

    static @Nullable String text(ObjectNode body, String field) {
        JsonNode value = body.get(field);
        if (value == null || value.isNull()) {
            return null;
        }
        if (!value.isTextual()) {
            throw Problem.invalid(field, "is a text").exception();
        }
        return value.textValue();
    }

    /** Attributes of the body; none where it has none. */
    static ObjectNode attributes(ObjectNode body) {
        JsonNode attributes = body.get("attributes");
        if (attributes == null) {
            return JsonNodeFactory.instance.objectNode();
        }
        if (!(attributes instanceof ObjectNode object)) {
            throw Problem.invalid("attributes", "is a JSON object").exception();
        }
        return object;
    }

    /** The one claim that a body makes. */
    static Claim claim(ObjectNode body) {
        List<Claim> claims = claims(
                text(body, "deviceId"),
                text(body, "oui"),
                text(body, "serialNumber"),
                text(body, "mac"),
                text(body, "circuitId"));
        if (claims.size() != 1) {
            throw Problem.invalid("body", "names one of deviceId, serialNumber with oui, mac, circuitId")
                    .exception();
        }
        return claims.getFirst();
    }

    /** What a file's line or a body names, of each kind at most one. */
    static List<Claim> claims(
            @Nullable String deviceId,
            @Nullable String oui,
            @Nullable String serialNumber,
            @Nullable String mac,
            @Nullable String circuitId) {
        List<Claim> claims = new ArrayList<>();
        if (deviceId != null && !deviceId.isEmpty()) {
            claims.add(read("deviceId", deviceId, text -> Claim.device(DeviceId.parse(text))));
        }
        if (serialNumber != null && !serialNumber.isEmpty()) {
            if (oui == null || oui.isEmpty()) {
                throw Problem.invalid("oui", "is required with serialNumber").exception();
            }
            claims.add(read("serialNumber", serialNumber, text -> Claim.serial(oui, text)));
        } else if (oui != null && !oui.isEmpty()) {
            throw Problem.invalid("serialNumber", "is required with oui").exception();
        }
        if (mac != null && !mac.isEmpty()) {
            claims.add(read("mac", mac, Claim::mac));
        }
        if (circuitId != null && !circuitId.isEmpty()) {
            claims.add(read("circuitId", circuitId, Claim::circuit));
        }
        return claims;
    }
}
