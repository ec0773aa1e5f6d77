package org.homeward.contracts.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SensitivePathsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Device.ManagementServer.Password",
                "Device.ManagementServer.ConnectionRequestPassword",
                "Device.ManagementServer.STUNPassword",
                "Device.WiFi.AccessPoint.1.Security.KeyPassphrase",
                "Device.WiFi.AccessPoint.1.Security.PreSharedKey",
                "Device.WiFi.AccessPoint.1.Security.SAEPassphrase",
                "Device.WiFi.AccessPoint.1.Security.RadiusSecret",
                "InternetGatewayDevice.LANDevice.1.WLANConfiguration.1.WEPKey.1.WEPKey",
                "InternetGatewayDevice.LANDevice.1.WLANConfiguration.1.PreSharedKey.1.KeyPassphrase",
                "InternetGatewayDevice.WANDevice.1.WANConnectionDevice.1.WANPPPConnection.1.Password",
                "Device.Services.VoiceService.1.VoiceProfile.1.Line.1.SIP.AuthPassword",
                "device.x.PASSWORD",
                "Device.X_ACME_Login.AdminPasswd",
                "Device.X_ACME_Login.UserPwd",
                "Device.X_ACME_VPN.PrivateKey",
                "Device.WiFi.AccessPoint.1.WPS.PIN",
                "Device.WiFi.AccessPoint.1.X_ACME_WPSPin",
                "Device.WiFi.AccessPoint.1.X_ACME_WPSPIN",
                "Device.Cellular.Interface.1.USIM.X_ACME_SimPIN",
                "Device.Cellular.Interface.1.USIM.X_ACME_pin",
                "Device.X_ACME_SNMP.ReadCommunity",
                "Device.X_ACME_SNMP.CommunityString",
                "Device.WiFi.AccessPoint.1.Security.X_ACME_WPAPSK",
                "Password"
            })
    void knowsSecrets(String path) {
        assertThat(SensitivePaths.isSensitive(path)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Device.",
                "Device.WiFi.SSID.1.SSID",
                "Device.ManagementServer.Username",
                "Device.DeviceInfo.UpTime",
                "Device.IP.Diagnostics.IPPing.Host",
                "Device.X_ACME_Fan.Spin",
                "Device.X_ACME_Fan.MotorSpin",
                "Device.X_ACME_Fan.SPIN",
                "Device.IP.Diagnostics.IPPing",
                "Device.X_ACME_Board.Pins",
                "Device.Password.Length.Minimum"
            })
    void leavesTheRestInClear(String path) {
        assertThat(SensitivePaths.isSensitive(path)).isFalse();
    }

    @Test
    void keepsSecretsOutOfText() {
        assertThat(new ParameterValue("Device.X.Password", "hunter2", ValueType.STRING).toString())
                .doesNotContain("hunter2");
        assertThat(new ParameterValue("Device.X.Y", "v1.sealed", ValueType.STRING, true).toString())
                .doesNotContain("v1.sealed");
        assertThat(new ParameterValue("Device.X.Y", "7", ValueType.INT)).hasToString("Device.X.Y=7 (int)");
    }

    @ParameterizedTest
    @CsvSource({
        "xsd:string,STRING",
        "xsd:unsignedInt,UNSIGNED_INT",
        "UNSIGNEDINT,UNSIGNED_INT",
        "boolean,BOOLEAN",
        "x:dateTime,DATE_TIME",
        "soapenc:base64,BASE64",
        "xsd:base64Binary,BASE64",
        "vendor:thing,UNKNOWN",
        "'',UNKNOWN"
    })
    void readsTypesAsCpesWriteThem(String text, ValueType type) {
        assertThat(ValueType.of(text)).isEqualTo(type);
        assertThat(ValueType.of(type.typeName())).isEqualTo(type);
    }
}
