package org.homeward.provisioning.profile.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.homeward.kit.rest.Problem;
import org.homeward.kit.rest.Problem.FieldError;
import org.homeward.provisioning.profile.DocumentError;
import org.homeward.provisioning.profile.DocumentText;
import org.homeward.provisioning.profile.DocumentText.Syntax;
import org.jspecify.annotations.Nullable;

/** Reads the bodies of requests on profiles. */
final class ProfileBodies {

    static final String YAML = "application/yaml";

    private ProfileBodies() {}

    /** A document, in the syntax that the content type names. */
    static ObjectNode document(byte @Nullable [] body, @Nullable String contentType) {
        if (body == null || body.length == 0) {
            throw Problem.invalid("body", "is missing").exception();
        }
        Syntax syntax = contentType != null && contentType.contains("yaml") ? Syntax.YAML : Syntax.JSON;
        return parse(body, syntax);
    }

    private static ObjectNode parse(byte[] body, Syntax syntax) {
        List<DocumentError> errors = new ArrayList<>();
        ObjectNode document = DocumentText.parse(new String(body, StandardCharsets.UTF_8), syntax, errors);
        if (!errors.isEmpty()) {
            throw Problem.invalid(errors.stream()
                            .map(error -> new FieldError(error.field(), error.text()))
                            .toList())
                    .exception();
        }
        return document;
    }

    /** What is asked for when something is done with a profile; all of it may be left out. */
    record Action(String why, @Nullable Integer version) {

        static Action of(byte @Nullable [] body) {
            if (body == null || body.length == 0) {
                return new Action("", null);
            }
            ObjectNode json = parse(body, Syntax.JSON);
            json.fieldNames().forEachRemaining(field -> {
                if (!field.equals("why") && !field.equals("version")) {
                    throw Problem.invalid(field, "is not a field that there is here; there are why, version")
                            .exception();
                }
            });
            JsonNode version = json.path("version");
            if (!version.isMissingNode() && !version.isInt()) {
                throw Problem.invalid("version", "is the number of a version").exception();
            }
            return new Action(json.path("why").asText(""), version.isInt() ? version.intValue() : null);
        }
    }

    /** Whether activation takes another person than the one who wrote it. */
    record Settings(@Nullable Boolean fourEyes) {}
}
