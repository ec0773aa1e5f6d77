package org.homeward.provisioning.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClashesTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {name: b, values: {Device.A: 2}}                                     | true
                    {name: b, condition: '"x" in device.tags', values: {Device.A: 2}}    | true
                    {name: b, values: {Device.A: 1}}                                     | false
                    {name: b, values: {Device.B: 2}}                                     | false
                    {name: b, priority: 101, values: {Device.A: 2}}                      | false
                    {name: b, values: {Device.A: {expression: device.oui}}}              | false
                    {name: a, values: {Device.A: 2}}                                     | false
                    """)
    void whatIsSureToClashIsAnError(String candidate, boolean clashes) {
        Profile active = Given.profile("{name: a, values: {Device.A: 1}}");

        List<DocumentError> errors = Clashes.between(Given.profile(candidate), List.of(active));

        assertThat(errors.isEmpty()).isEqualTo(!clashes);
        assertThat(errors).allSatisfy(error -> {
            assertThat(error.field()).isEqualTo("values.Device.A");
            assertThat(error.message()).contains("the active profile a version 1");
        });
    }
}
