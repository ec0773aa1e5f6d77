package org.homeward.registry.subscriber.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.TreeMap;
import org.homeward.registry.subscriber.Attributes;
import org.homeward.registry.subscriber.Attributes.Secret;

/** Attributes as they stand in a row: what is plain, and what is sealed. */
final class AttributeColumns {

    private static final ObjectMapper JSON = JsonMapper.builder().build();

    private AttributeColumns() {}

    /** From the columns {@code attributes} and {@code secrets}. */
    static Attributes read(ResultSet row) throws SQLException {
        var secrets = new TreeMap<String, Secret>();
        object(row.getString("secrets"))
                .properties()
                .forEach(each -> secrets.put(
                        each.getKey(),
                        new Secret(
                                each.getValue().path("sealed").asText(),
                                Instant.parse(each.getValue().path("setAt").asText()))));
        return new Attributes(object(row.getString("attributes")), secrets);
    }

    static String secrets(Attributes attributes) {
        ObjectNode secrets = JsonNodeFactory.instance.objectNode();
        attributes
                .secrets()
                .forEach((path, secret) -> secrets.putObject(path)
                        .put("sealed", secret.sealed())
                        .put("setAt", secret.setAt().toString()));
        return secrets.toString();
    }

    static ObjectNode object(String json) {
        try {
            return (ObjectNode) JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the database holds no JSON object", e);
        }
    }

    static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
