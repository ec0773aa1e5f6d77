package org.homeward.kit.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;
import org.homeward.contracts.Message;
import org.homeward.contracts.MessageTypes;
import org.homeward.contracts.session.SessionEvent.SessionClosed;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The schemas that are checked in are those of the records, and change only so that nobody breaks. Tested here and not
 * in {@code contracts}, because it is the kit's mapper that makes JSON of the records.
 *
 * <p>After a change of a record run with {@code -Dschemas.write=true} and look at the difference. What a release
 * publishes becomes the new baseline with {@code -Dschemas.publish=true}.
 */
class SchemasTest {

    private static final Path CHECKED_IN = Path.of("../contracts/src/main/resources/schemas");
    private static final Path PUBLISHED = CHECKED_IN.resolve("published");
    private static final ObjectMapper MAPPER =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    static Stream<Class<? extends Message>> messages() {
        return MessageTypes.all().stream();
    }

    @BeforeAll
    static void writeWhereAsked() throws IOException {
        for (Class<? extends Message> type : MessageTypes.all()) {
            if (Boolean.getBoolean("schemas.write")) {
                write(CHECKED_IN, type, RecordSchemas.of(type));
            }
            if (Boolean.getBoolean("schemas.publish")) {
                write(PUBLISHED, type, RecordSchemas.of(type));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("messages")
    void theCheckedInSchemaIsThatOfTheRecord(Class<? extends Message> type) throws IOException {
        ObjectNode schema = RecordSchemas.of(type);
        assertThat(read(CHECKED_IN, type))
                .as("%s has changed: run with -Dschemas.write=true and look at the difference", type.getSimpleName())
                .isEqualTo(MAPPER.readTree(schema.toString()));
    }

    @ParameterizedTest
    @MethodSource("messages")
    void nothingThatWasPublishedBreaks(Class<? extends Message> type) throws IOException {
        ObjectNode schema = RecordSchemas.of(type);
        // a message that no release knows yet can't break anybody
        assumeThat(PUBLISHED.resolve(file(type))).exists();
        assertThat(SchemaChanges.breaking(read(PUBLISHED, type), schema)).isEmpty();
    }

    @Test
    void noPublishedMessageIsGone() throws IOException {
        try (Stream<Path> files = Files.list(PUBLISHED)) {
            assertThat(files.map(each -> each.getFileName().toString()))
                    .isSubsetOf(messages().map(SchemasTest::file).toList());
        }
    }

    @ParameterizedTest
    @MethodSource("messages")
    void whatTheMapperWritesIsValid(Class<? extends Message> type) throws IOException {
        JsonSchema schema = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                .getSchema(
                        read(CHECKED_IN, type),
                        SchemaValidatorsConfig.builder()
                                .formatAssertionsEnabled(true)
                                .build());
        Samples samples = new Samples(11);
        for (int i = 0; i < 100; i++) {
            JsonNode json = MAPPER.readTree(ContractsJson.mapper().writeValueAsBytes(samples.of(type)));
            assertThat(schema.validate(json)).as("%s", json).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("messages")
    void whatTheSchemaAllowsToBeLeftOutTheMapperCanReadWithout(Class<? extends Message> type) throws IOException {
        Samples samples = new Samples(13);
        for (int i = 0; i < 20; i++) {
            ObjectNode json =
                    (ObjectNode) MAPPER.readTree(ContractsJson.mapper().writeValueAsBytes(samples.of(type)));
            Set<String> required = new HashSet<>();
            read(CHECKED_IN, type).path("required").forEach(each -> required.add(each.asText()));
            json.retain(required);
            assertThat((Object) ContractsJson.mapper().readValue(json.toString(), type))
                    .isInstanceOf(type);
        }
    }

    @Test
    void knowsAPropertyThatIsGoneRenamedOrOfAnotherType() throws IOException {
        JsonNode published = MAPPER.readTree("""
                {"type":"object","properties":{"a":{"type":"string"},"b":{"type":"integer"}}}""");
        JsonNode current = MAPPER.readTree("""
                {"type":"object","properties":{"a2":{"type":"string"},"b":{"type":"string"}}}""");
        assertThat(SchemaChanges.breaking(published, current))
                .containsExactly(".a is gone", ".b was \"integer\" and is \"string\"");
    }

    @Test
    void knowsANewRequirementAndALostConstantDeepInside() throws IOException {
        JsonNode published = RecordSchemas.of(SessionClosed.class);
        ObjectNode current = published.deepCopy();
        ((ArrayNode) current.path("properties").path("reason").path("enum")).remove(0);
        ((ArrayNode) current.path("required")).add("detail");
        assertThat(SchemaChanges.breaking(published, current))
                .containsExactlyInAnyOrder(
                        ".detail is now required; old events lack it", ".reason no longer knows COMPLETED");
    }

    @Test
    void letsNewOptionalPropertiesAndConstantsCome() throws IOException {
        JsonNode published = RecordSchemas.of(SessionClosed.class);
        ObjectNode current = published.deepCopy();
        ((ArrayNode) current.path("properties").path("reason").path("enum")).add("ABDUCTED");
        ((ObjectNode) current.path("properties")).putObject("weather").put("type", "string");
        assertThat(SchemaChanges.breaking(published, current)).isEmpty();
    }

    private static String file(Class<?> type) {
        return type.getSimpleName() + ".json";
    }

    private static JsonNode read(Path folder, Class<?> type) throws IOException {
        return MAPPER.readTree(Files.readString(folder.resolve(file(type))));
    }

    private static void write(Path folder, Class<?> type, ObjectNode schema) throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve(file(type)), MAPPER.writeValueAsString(schema) + "\n");
    }
}
