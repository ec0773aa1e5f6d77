package org.homeward.simulator.acs.script;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.PatternSyntaxException;
import org.homeward.simulator.acs.script.Step.Expected;

/**
 * What an ACS asks a CPE, step by step, and what the CPE should say; YAML or JSON, a list of steps. A step is one of
 *
 * <pre>
 * - inform: {events: ["0 BOOTSTRAP"], values: {"{root}DeviceInfo.SoftwareVersion": "1\\..*"}}
 * - ask: getParameterValues
 *   paths: ["{root}DeviceInfo."]
 *   expect: {values: {"{root}DeviceInfo.Manufacturer": ".+"}}
 * - transferComplete: {fault: 0}
 * </pre>
 *
 * {@code {root}} stands for the root of the device's data model, {@code Device.} or {@code InternetGatewayDevice.}, and
 * {@code {acs}} for the URL of this ACS with a slash at its end. Expected values are regular expressions.
 */
public record AcsScript(List<Step> steps) {

    public AcsScript {
        steps = List.copyOf(steps);
    }

    /**
     * Reads a script.
     *
     * @throws IllegalArgumentException when it makes no sense; the message names the step
     */
    public static AcsScript read(Path file) throws IOException {
        return parse(Files.readString(file));
    }

    static AcsScript parse(String text) {
        JsonNode list;
        try {
            list = YAMLMapper.builder().build().readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("neither YAML nor JSON: " + e.getMessage(), e);
        }
        if (!list.isArray() || list.isEmpty()) {
            throw new IllegalArgumentException("a script is a list of steps");
        }
        List<Step> steps = new ArrayList<>();
        for (JsonNode node : list) {
            Fields fields = new Fields("step " + (steps.size() + 1), node);
            try {
                steps.add(step(fields));
            } catch (PatternSyntaxException e) {
                throw fields.wrong("not a regular expression: " + e.getMessage());
            }
            fields.end();
        }
        return new AcsScript(steps);
    }

    private static Step step(Fields fields) {
        if (fields.has("ask")) {
            RpcReader.Rpc rpc = RpcReader.read(fields.text("ask"), fields);
            return new Step.Ask(rpc.method(), rpc.body(), expected(fields));
        }
        if (fields.has("inform")) {
            Fields inform = fields.inner("inform");
            Step step = new Step.AwaitInform(inform.texts("events"), inform.textMap("values"));
            inform.end();
            return step;
        }
        if (fields.has("transferComplete")) {
            Fields transfer = fields.inner("transferComplete");
            Step step = new Step.AwaitTransfer(transfer.number("fault", 0));
            transfer.end();
            return step;
        }
        throw fields.wrong("a step is one of inform, ask and transferComplete");
    }

    private static Expected expected(Fields fields) {
        if (!fields.has("expect")) {
            return Expected.response();
        }
        Fields expect = fields.inner("expect");
        Expected expected = new Expected(
                expect.number("fault", 0),
                expect.textMap("values"),
                expect.texts("names"),
                expect.has("status") ? expect.text("status") : null);
        expect.end();
        return expected;
    }
}
