package org.homeward.gateway.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.homeward.contracts.rpc.ParameterFault;
import org.homeward.contracts.rpc.ParameterValue;
import org.homeward.contracts.rpc.Rpc;
import org.homeward.contracts.rpc.RpcResult;
import org.homeward.contracts.rpc.ValueType;
import org.junit.jupiter.api.Test;

class FaultTextsTest {

    private static final String WORDS = "invalid value 'hunter2'";

    private static RpcResult.Fault fault(ParameterFault... parameters) {
        return new RpcResult.Fault(9003, WORDS, List.of(parameters));
    }

    private static Rpc set(String path, boolean sealed) {
        return new Rpc.SetParameterValues(List.of(new ParameterValue(path, "v", ValueType.STRING, sealed)), "");
    }

    @Test
    void aFaultOfARpcThatWroteASecretIsToldInTheStandardsWords() {
        var refused = fault(new ParameterFault("Device.X.Name", 9007, WORDS));

        assertThat(FaultTexts.withoutSecrets(set("Device.X.KeyPassphrase", false), refused))
                .isEqualTo(new RpcResult.Fault(
                        9003,
                        "invalid arguments",
                        List.of(new ParameterFault("Device.X.Name", 9007, "invalid parameter value"))));
        assertThat(FaultTexts.withoutSecrets(set("Device.X.Y", true), refused).toString())
                .doesNotContain("hunter2");
    }

    @Test
    void aFaultThatSpeaksOfASecretIsToldInTheStandardsWords() {
        var refused = fault(new ParameterFault("Device.X.Password", 9899, WORDS));

        assertThat(FaultTexts.withoutSecrets(set("Device.X.Y", false), refused).toString())
                .contains("fault 9899")
                .doesNotContain("hunter2");
    }

    @Test
    void aFaultOfADownloadWithAPasswordIsToldInTheStandardsWords() {
        var download = new Rpc.Download("key", "1 Firmware Upgrade Image", "http://x/", "u", "v1.s", 0, "", 0, "", "");

        assertThat(FaultTexts.withoutSecrets(download, new RpcResult.Fault(9010, WORDS, List.of())))
                .isEqualTo(new RpcResult.Fault(9010, "download failure", List.of()));
    }

    @Test
    void otherFaultsKeepTheCpesWords() {
        var refused = fault(new ParameterFault("Device.X.Y", 9007, WORDS));

        assertThat(FaultTexts.withoutSecrets(set("Device.X.Y", false), refused)).isEqualTo(refused);
        assertThat(FaultTexts.withoutSecrets(new Rpc.Reboot("key"), fault())).isEqualTo(fault());
    }
}
