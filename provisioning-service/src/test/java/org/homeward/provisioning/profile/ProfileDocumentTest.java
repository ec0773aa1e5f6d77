package org.homeward.provisioning.profile;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProfileDocumentTest {

    private static JsonNode tree(String yaml) {
        List<DocumentError> errors = new ArrayList<>();
        JsonNode tree = DocumentText.parse(yaml, DocumentText.Syntax.YAML, errors);
        assertThat(errors).isEmpty();
        return tree;
    }

    private static JsonSchema schema() throws IOException {
        try (InputStream in = ProfileDocumentTest.class.getResourceAsStream("/schemas/profile.schema.json")) {
            return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                    .getSchema(in);
        }
    }

    @Test
    void theExampleOfTheDocumentationIsOne() throws IOException {
        String example = Files.readString(Path.of("..", "docs", "profiles", "residential-gateway.yaml"));

        Profile profile = Given.profile(example);

        assertThat(profile.name()).isEqualTo("residential-gateway");
        assertThat(schema().validate(tree(example))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "name: Upper Case",
                "{name: a, priority: 1001}",
                "{name: a, priority: high}",
                "{name: a, value: {}}",
                "{name: a, values: {Device.X: null}}",
                "{name: a, values: {Device.X: {value: 1, expression: '1'}}}",
                "{name: a, values: {Device.X: {type: string}}}",
                "{name: a, values: {Device.X: {value: 1, type: colour}}}",
                "{name: a, values: {Device.X: {value: 1, userChange: perhaps}}}",
                "{name: a, values: {Device.X.: 1}}",
                "{name: a, values: {X: 1}}",
                "{name: a, objects: [{table: Device.T, key: [A], rows: []}]}",
                "{name: a, objects: [{table: Device.T., key: [], rows: []}]}",
                "{name: a, objects: [{table: Device.T., key: [A], extra: burn, rows: []}]}",
                "{name: a, attributes: {Device.X: {notification: loud}}}",
                "{name: a, attributes: {Device.X: {}}}",
                "{name: a, connection: {Password: p}}",
                "{name: a, reboot: always}",
                "{name: a, tags: {add: [x, x]}}",
                "{name: a, files: [' ']}"
            })
    void whatTheSchemaRefusesTheReaderRefusesToo(String yaml) throws IOException {
        assertThat(schema().validate(tree(yaml))).as("by schema").isNotEmpty();
        assertThat(Given.errors(yaml)).as("by reader").isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {name: a, condition: device.modle == "x"}                      | condition: line 1, column 1: there is no such thing of a device
                    {name: a, condition: device.oui == 1}                          | condition: line 1, column 12: found no matching overload
                    {name: a, condition: '"a"'}                                    | condition: gives a string, but a condition gives true or false
                    {name: a, values: {Device.X: {expression: 1 +}}}               | values.Device.X.expression: line 1, column 4
                    {name: a, values: {Device.X: {expression: device.tags}}}       | values.Device.X.expression: gives a list
                    {name: a, condition: 'reported[device.oui] == "1"'}            | condition: line 1, column 1: reported takes the full path
                    {name: a, values: {'capability:wifi.ssid': x}}                 | values.capability:wifi.ssid: no catalogue of capabilities is installed
                    {name: a, objects: [{table: Device.T., key: [A], rows: [{B: 1}]}]} | objects[0].rows[0].A: is missing, though it is part of the key
                    {name: a, values: {Device.X: {sealed: v1.abc}}}                | values.Device.X.sealed: is what Homeward made of a secret
                    """)
    void anErrorNamesFieldAndPlace(String yaml, String beginning) {
        assertThat(Given.errors(yaml)).singleElement().asString().startsWith(beginning);
    }

    @Test
    void allErrorsAreToldAtOnce() {
        assertThat(Given.errors("{name: A, priority: -1, condition: nope, values: {x: 1}}"))
                .hasSize(4);
    }

    @Test
    void textThatIsNoYamlIsToldWithItsPlace() {
        assertThat(Given.errors("name: a\nvalues: {Device.X: ["))
                .singleElement()
                .asString()
                .startsWith("body: line ");
        assertThat(Given.errors("name: a\nname: b")).singleElement().asString().contains("Duplicate field 'name'");
    }

    @Test
    void aSecretIsSealedBeforeItIsKept() {
        ObjectNode written = (ObjectNode) tree("""
                name: a
                values:
                  Device.WiFi.AccessPoint.1.Security.KeyPassphrase: geheim
                  Device.PPP.Interface.1.Password: {value: auch geheim, userChange: keep}
                  Device.X: open
                objects:
                  - {table: Device.Users.User., key: [Username], rows: [{Username: admin, Password: root}]}
                """);

        ObjectNode kept = DocumentText.sealed(written, clear -> "v1." + clear.length());

        assertThat(DocumentText.write(kept, DocumentText.Syntax.JSON))
                .doesNotContain("geheim", "root")
                .contains("\"sealed\":\"v1.6\"", "\"userChange\":\"keep\"", "open", "\"sealed\":\"v1.4\"");
        assertThat(Profile.compile(kept, 1, new RawPaths())).isInstanceOf(Profile.Compilation.Good.class);
        assertThat(DocumentText.sealed(kept, clear -> "again")).isEqualTo(kept);
    }

    @Test
    void yamlAndJsonSayTheSame() throws IOException {
        String yaml = Files.readString(Path.of("..", "docs", "profiles", "residential-gateway.yaml"));
        JsonNode tree = tree(yaml);

        String json = DocumentText.write(tree, DocumentText.Syntax.JSON);

        List<DocumentError> errors = new ArrayList<>();
        assertThat(DocumentText.parse(json, DocumentText.Syntax.JSON, errors)).isEqualTo(tree);
        assertThat(tree(DocumentText.write(tree, DocumentText.Syntax.YAML))).isEqualTo(tree);
    }
}
