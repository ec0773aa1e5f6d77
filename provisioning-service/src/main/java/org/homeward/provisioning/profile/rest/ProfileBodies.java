package org.homeward.provisioning.profile.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.homeward.kit.rest.Problem;
import org.homeward.kit.rest.Problem.FieldError;
import org.homeward.provisioning.profile.DocumentError;
import org.homeward.provisioning.profile.DocumentText;
import org.homeward.provisioning.profile.DocumentText.Syntax;
import org.homeward.provisioning.profile.Selection;
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

    /**
     * What a dry run is to look at; all of it may be left out.
     *
     * @param version null for the newest
     * @param where condition in CEL that chooses devices
     * @param details whether a line for each device is wanted
     */
    record Trial(@Nullable Integer version, Selection where, boolean details) {

        private static final Set<String> FIELDS = Set.of("version", "where", "details");

        static Trial of(byte @Nullable [] body) {
            ObjectNode json =
                    parse(body == null || body.length == 0 ? "{}".getBytes(StandardCharsets.UTF_8) : body, Syntax.JSON);
            List<FieldError> errors = new ArrayList<>();
            json.fieldNames().forEachRemaining(field -> {
                if (!FIELDS.contains(field)) {
                    errors.add(new FieldError(
                            field, "is not a field that there is here; there are details, version, where"));
                }
            });
            JsonNode version = json.path("version");
            if (!version.isMissingNode() && !version.isInt()) {
                errors.add(new FieldError("version", "is the number of a version"));
            }
            JsonNode details = json.path("details");
            if (!details.isMissingNode() && !details.isBoolean()) {
                errors.add(new FieldError("details", "is true or false"));
            }
            List<DocumentError> wrong = new ArrayList<>();
            Selection where = Selection.of(json.path("where").asText("true"), "where", wrong);
            wrong.forEach(each -> errors.add(new FieldError(each.field(), each.text())));
            if (!errors.isEmpty()) {
                throw Problem.invalid(errors).exception();
            }
            return new Trial(version.isInt() ? version.intValue() : null, where, details.asBoolean(true));
        }
    }

    /** Whether activation takes another person than the one who wrote it. */
    record Settings(@Nullable Boolean fourEyes) {}
}
