package org.homeward.provisioning.profile;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.homeward.contracts.rpc.SensitivePaths;

/** A document as text, JSON or YAML, and as the tree that is kept. Thread-safe. */
public final class DocumentText {

    /** In characters. */
    public static final int LONGEST = 256 * 1024;

    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    private static final ObjectMapper YAML = YAMLMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
            .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
            .build();

    private DocumentText() {}

    /** How a text is written. */
    public enum Syntax {
        JSON,
        YAML
    }

    /** The text as a tree; adds to {@code errors} and gives an empty one where that can't be. */
    public static ObjectNode parse(String text, Syntax syntax, List<DocumentError> errors) {
        ObjectNode nothing = JSON.createObjectNode();
        if (text.length() > LONGEST) {
            errors.add(new DocumentError("body", "has more than " + LONGEST + " characters"));
            return nothing;
        }
        try {
            JsonNode tree = mapper(syntax).readTree(text);
            if (tree instanceof ObjectNode document) {
                return document;
            }
            errors.add(new DocumentError("body", "is not a profile: it has to be an object with name and values"));
        } catch (JsonProcessingException e) {
            JsonLocation at = e.getLocation();
            String place = at == null ? "" : "line " + at.getLineNr() + ", column " + at.getColumnNr();
            errors.add(new DocumentError("body", place, firstLine(e.getOriginalMessage())));
        }
        return nothing;
    }

    private static String firstLine(String message) {
        return message.lines().findFirst().orElse("is not well-formed");
    }

    /** The tree as text. */
    public static String write(JsonNode document, Syntax syntax) {
        try {
            return mapper(syntax).writeValueAsString(document);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ObjectMapper mapper(Syntax syntax) {
        return switch (syntax) {
            case JSON -> JSON;
            case YAML -> YAML;
        };
    }

    /** The document with every secret that it holds in clear sealed, so that it may be kept and shown. */
    public static ObjectNode sealed(ObjectNode document, UnaryOperator<String> seal) {
        ObjectNode copy = document.deepCopy();
        List<JsonNode> places = new ArrayList<>();
        places.add(copy.path("values"));
        places.add(copy.path("connection"));
        copy.path("objects").forEach(table -> table.path("rows").forEach(places::add));
        for (JsonNode place : places) {
            if (place instanceof ObjectNode values) {
                for (Map.Entry<String, JsonNode> each : values.properties()) {
                    if (SensitivePaths.isSensitive(each.getKey())) {
                        each.setValue(sealed(each.getValue(), seal));
                    }
                }
            }
        }
        return copy;
    }

    private static JsonNode sealed(JsonNode value, UnaryOperator<String> seal) {
        if (value.isValueNode() && !value.isNull()) {
            return JSON.createObjectNode().put("sealed", seal.apply(value.asText()));
        }
        if (value instanceof ObjectNode setting && setting.path("value").isValueNode()) {
            setting.put("sealed", seal.apply(setting.remove("value").asText()));
        }
        return value;
    }
}
