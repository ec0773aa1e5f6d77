package org.homeward.registry.twin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.homeward.contracts.rpc.ParameterInfo;
import org.junit.jupiter.api.Test;

class CompleteNamesTest {

    @Test
    void aListOfTheWholeTreeIsCompleteBelowTheRoot() {
        assertThat(below("Device.", "Device.DeviceInfo.", "Device.DeviceInfo.UpTime", "Device.WiFi.Radio.1.Channel"))
                .isEqualTo("Device.");
    }

    @Test
    void aListOfTheWholeTreeWithoutTheRootItselfIsToo() {
        assertThat(below("Device.DeviceInfo.UpTime", "Device.WiFi.Radio.1.Channel"))
                .isEqualTo("Device.");
    }

    @Test
    void theNextLevelAloneIsNot() {
        assertThat(below("Device.DeviceInfo.", "Device.WiFi.", "Device.RootDataModelVersion"))
                .isEmpty();
    }

    @Test
    void theNextLevelWithTheObjectItselfIsNotEither() {
        assertThat(below("Device.", "Device.DeviceInfo.", "Device.WiFi.")).isEmpty();
    }

    @Test
    void anObjectOfParametersAloneIsComplete() {
        assertThat(below("Device.Time.", "Device.Time.Enable", "Device.Time.Status"))
                .isEqualTo("Device.Time.");
    }

    @Test
    void oneBranchIsCompleteOnlyBelowItself() {
        assertThat(below("Device.WiFi.Radio.1.", "Device.WiFi.Radio.1.Stats.", "Device.WiFi.Radio.1.Stats.BytesSent"))
                .isEqualTo("Device.WiFi.Radio.1.");
    }

    @Test
    void nothingAndOneParameterTellNothing() {
        assertThat(below()).isEmpty();
        assertThat(below("Device.WiFi.Radio.1.Channel")).isEmpty();
    }

    private static String below(String... paths) {
        List<ParameterInfo> names =
                Arrays.stream(paths).map(path -> new ParameterInfo(path, false)).toList();
        return CompleteNames.below(names);
    }
}
