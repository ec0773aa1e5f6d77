package org.homeward.simulator.acs.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AcsScriptTest {

    @Test
    void readsStepsFromYaml() {
        AcsScript script = AcsScript.parse("""
                - inform: {events: ["1 BOOT"], values: {"{root}X": "a.*"}}
                - ask: getParameterValues
                  paths: ["{root}DeviceInfo."]
                  expect: {fault: 9005}
                - transferComplete:
                """);

        assertThat(script.steps())
                .hasSize(3)
                .startsWith(new Step.AwaitInform(List.of("1 BOOT"), Map.of("{root}X", "a.*")))
                .endsWith(new Step.AwaitTransfer(0));
        assertThat(script.steps().get(1)).isInstanceOfSatisfying(Step.Ask.class, ask -> {
            assertThat(ask.body()).contains("<string>{root}DeviceInfo.</string>");
            assertThat(ask.expected().fault()).isEqualTo(9005);
        });
    }

    @Test
    void readsTheSameFromJson() {
        assertThat(AcsScript.parse("[{\"inform\": {}}, {\"ask\": \"reboot\", \"commandKey\": \"k\"}]")
                        .steps())
                .extracting(Step::title)
                .containsExactly("Inform", "Reboot");
    }

    @Test
    void givesValuesTheTypeTheyAreWrittenIn() {
        AcsScript script = AcsScript.parse("""
                - ask: setParameterValues
                  values: {A: text, B: 5, C: true, D: {value: "2026-01-31T08:00:00Z", type: dateTime}}
                """);

        assertThat(((Step.Ask) script.steps().getFirst()).body())
                .contains(">text<", "xsd:string", "xsd:unsignedInt", "xsd:boolean", "xsd:dateTime");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ask                                        | a script is a list of steps",
                "[]                                         | a script is a list of steps",
                "'[{\"ask\": \"reboot\"'                    | neither YAML nor JSON",
                "'- wait: 5'                                | step 1: a step is one of inform, ask and transferComplete",
                "'- inform:\n- ask: fly'                    | step 2: there is no 'fly' to ask",
                "'- {ask: reboot, comandKey: k}'            | step 1: there is no field comandKey here",
                "'- {ask: getParameterValues, path: A}'     | step 1: paths is missing",
                "'- {ask: reboot, expect: {faullt: 1}}'     | step 1, expect: there is no field faullt here",
                "'- {ask: scheduleInform, delaySeconds: x}' | delaySeconds has to be a whole number, not x"
            })
    void namesTheStepThatMakesNoSense(String text, String reason) {
        assertThatThrownBy(() -> AcsScript.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(reason);
    }
}
