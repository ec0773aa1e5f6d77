package org.homeward.standalone.migration;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A provision or virtual parameter of GenieACS, which is a program in JavaScript. Many say nothing but values: a row of
 * {@code declare("Device.X", {value: now}, {value: 5});}. Those are data; a program in which anything else stands is a
 * person's to read.
 */
final class ProvisionScript {

    private static final Pattern COMMENT = Pattern.compile("/\\*[\\s\\S]*?\\*/|(?<=^|\\s|;)//.*$", Pattern.MULTILINE);
    /** Names for a moment; every value is as old as it may be. */
    private static final Pattern MOMENT =
            Pattern.compile("(?:const|let|var)\\s+([A-Za-z_$][\\w$]*)\\s*=\\s*Date\\.now\\([^()]*\\)");

    private static final Pattern DECLARE = Pattern.compile(
            "declare\\(\\s*(?<path>\"[^\"]*\"|'[^']*')\\s*(?:,\\s*(?<get>null|\\{[^{}]*})\\s*)?(?:,\\s*(?<set>null|\\{[^{}]*})\\s*)?\\)");
    private static final Pattern LOG = Pattern.compile("log\\((?:\"[^\"]*\"|'[^']*')\\)");
    private static final JsonMapper LITERAL = JsonMapper.builder()
            .enable(JsonReadFeature.ALLOW_UNQUOTED_FIELD_NAMES)
            .enable(JsonReadFeature.ALLOW_SINGLE_QUOTES)
            .enable(JsonReadFeature.ALLOW_TRAILING_COMMA)
            .build();

    private ProvisionScript() {}

    /** What it declares, in its order; empty where it does more than declare literals. */
    static Optional<Map<String, JsonNode>> values(String script) {
        Map<String, JsonNode> values = new LinkedHashMap<>();
        for (String statement : statements(COMMENT.matcher(script).replaceAll(" "))) {
            Matcher declared = DECLARE.matcher(statement);
            if (MOMENT.matcher(statement).matches() || LOG.matcher(statement).matches()) {
                continue;
            }
            if (!declared.matches()) {
                return Optional.empty();
            }
            String set = declared.group("set");
            if (set == null || set.equals("null")) {
                // reads something for a while; Homeward reads what its profiles name
                continue;
            }
            String path = declared.group("path");
            Optional<JsonNode> value = value(set);
            if (value.isEmpty()) {
                return Optional.empty();
            }
            values.put(path.substring(1, path.length() - 1), value.get());
        }
        return Optional.of(values);
    }

    private static List<String> statements(String program) {
        List<String> statements = new ArrayList<>();
        StringBuilder statement = new StringBuilder();
        char quote = 0;
        int depth = 0;
        for (char c : program.toCharArray()) {
            if (quote != 0) {
                quote = c == quote ? 0 : quote;
            } else if (c == '"' || c == '\'' || c == '`') {
                quote = c;
            } else {
                depth += c == '(' || c == '{' ? 1 : c == ')' || c == '}' ? -1 : 0;
            }
            if (quote == 0 && depth == 0 && (c == ';' || c == '\n')) {
                add(statements, statement);
            } else {
                statement.append(c);
            }
        }
        add(statements, statement);
        return statements;
    }

    private static void add(List<String> statements, StringBuilder statement) {
        String text = statement.toString().strip();
        if (!text.isEmpty()) {
            statements.add(text);
        }
        statement.setLength(0);
    }

    /** The literal of {@code {value: literal}} or {@code {value: [literal, type]}}. */
    private static Optional<JsonNode> value(String set) {
        try {
            JsonNode object = LITERAL.readTree(set);
            JsonNode value = object.path("value");
            JsonNode literal = value.isArray() && !value.isEmpty() ? value.get(0) : value;
            return object.size() == 1 && literal.isValueNode() && !literal.isNull()
                    ? Optional.of(literal)
                    : Optional.empty();
        } catch (JsonProcessingException e) {
            // an expression, not a literal
            return Optional.empty();
        }
    }
}
