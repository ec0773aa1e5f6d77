package org.homeward.registry.store;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * Rows for one statement, as the JSON array that {@code json_to_recordset} takes apart. One parameter carries a whole
 * poll, text arrays included, whatever the number of rows: the statement is prepared once.
 */
public final class JsonRows {

    private static final JsonFactory JSON = new JsonFactory();

    private final StringWriter text = new StringWriter();
    private final JsonGenerator json;
    private int rows;

    public JsonRows() {
        try {
            json = JSON.createGenerator(text);
            json.writeStartArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Begins the next row. */
    public JsonRows row() {
        return write(() -> {
            if (rows++ > 0) {
                json.writeEndObject();
            }
            json.writeStartObject();
        });
    }

    public JsonRows set(String column, @Nullable String value) {
        // PostgreSQL's text holds no NUL
        return write(() -> json.writeStringField(column, value == null ? null : value.replace("\0", "")));
    }

    public JsonRows set(String column, @Nullable Instant value) {
        return set(column, value == null ? null : value.toString());
    }

    public JsonRows set(String column, @Nullable Integer value) {
        return write(() -> {
            if (value == null) {
                json.writeNullField(column);
            } else {
                json.writeNumberField(column, value);
            }
        });
    }

    public JsonRows set(String column, @Nullable Collection<String> values) {
        return write(() -> {
            if (values == null) {
                json.writeNullField(column);
                return;
            }
            json.writeArrayFieldStart(column);
            for (String value : values) {
                json.writeString(value.replace("\0", ""));
            }
            json.writeEndArray();
        });
    }

    public boolean isEmpty() {
        return rows == 0;
    }

    /** The finished array. */
    public String json() {
        write(() -> {
            if (rows > 0) {
                json.writeEndObject();
            }
            json.writeEndArray();
            json.close();
        });
        return text.toString();
    }

    private JsonRows write(Writing writing) {
        try {
            writing.run();
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private interface Writing {
        void run() throws IOException;
    }
}
