package org.homeward.gateway.soap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.homeward.gateway.soap.Envelopes.EVENT;
import static org.homeward.gateway.soap.Envelopes.device;
import static org.homeward.gateway.soap.Envelopes.envelope;
import static org.homeward.gateway.soap.Envelopes.inform;
import static org.homeward.gateway.soap.Envelopes.parameter;

import java.util.List;
import org.homeward.contracts.rpc.DeploymentUnitOperation;
import org.homeward.contracts.rpc.ParameterValue;
import org.homeward.contracts.rpc.Rpc;
import org.homeward.contracts.rpc.ValueType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecretMaskTest {

    private static final String CLEAR = "hunter2!";

    @Test
    void leavesAnEnvelopeWithoutSecretsAsItIs() {
        String xml = inform();

        assertThat(SecretMask.mask(xml)).isSameAs(xml);
    }

    @Test
    void masksTheValueOfASensitiveParameterAndNothingElse() {
        String before = parameter("Device.A", "xsd:string", "shown\r\n&amp; kept");
        String after = parameter("Device.B", "xsd:string", "shown too");

        String masked = SecretMask.mask("\uFEFF\r\n"
                + inform(
                        device("00256D", "G\uD83D\uDE00", "S1"),
                        EVENT,
                        before
                                + parameter("Device.WiFi.AccessPoint.1.Security.KeyPassphrase", "xsd:string", CLEAR)
                                + after));

        assertThat(masked)
                .isEqualTo("\uFEFF\r\n"
                        + inform(
                                device("00256D", "G\uD83D\uDE00", "S1"),
                                EVENT,
                                before
                                        + parameter(
                                                "Device.WiFi.AccessPoint.1.Security.KeyPassphrase",
                                                "xsd:string",
                                                SecretMask.MASK)
                                        + after));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<Name> A.Password\n</Name><Value>" + CLEAR + "</Value>",
                "<Value a='1' xsi:type = 'xsd:string' >" + CLEAR + "</Value ><Name>A.Password</Name>",
                "<c:Name xmlns:c='x'>A.Password</c:Name><c:Value xmlns:c='x'>" + CLEAR + "</c:Value>",
                "<Name><![CDATA[A.Pass]]>word</Name><Value><![CDATA[" + CLEAR + "]]></Value>",
                "<Name>A.Pass&#119;ord</Name><Value>" + CLEAR + "</Value>",
                "<Name>A.P<!-- -->in</Name><Value>" + CLEAR + "</Value>",
                "<Name>A.Password</Name><Value>hunter&#50;!" + CLEAR + "<b>" + CLEAR + "</b></Value>",
                "<Name>A.Password</Name><Value>" + CLEAR + "</Value><Value>" + CLEAR + "</Value>",
                "<Name>A.Password</Name><Value>a & " + CLEAR + "</Value>",
            })
    void masksHoweverItIsWritten(String struct) {
        String masked = SecretMask.mask(inform(
                device("00256D", "G", "S1"), EVENT, "<ParameterValueStruct>" + struct + "</ParameterValueStruct>"));

        assertThat(masked).doesNotContain("hunter").contains(SecretMask.MASK).contains("<OUI>00256D</OUI>");
        assertThat(Envelopes.read(masked)).isInstanceOf(Reading.Read.class);
    }

    @Test
    void showsThatASecretIsEmpty() {
        String xml = inform(
                device("00256D", "G", "S1"),
                EVENT,
                "<ParameterValueStruct><Name>A.Password</Name><Value/></ParameterValueStruct>");

        assertThat(SecretMask.mask(xml)).isEqualTo(xml);
    }

    @Test
    void masksAFaultTextThatMayRepeatTheSecret() {
        String masked = SecretMask.mask(envelope("<SOAP-ENV:Fault><detail><cwmp:Fault><FaultCode>9003</FaultCode>"
                + "<SetParameterValuesFault><ParameterName>A.Password</ParameterName><FaultCode>9007</FaultCode>"
                + "<FaultString>too short: " + CLEAR
                + "</FaultString></SetParameterValuesFault></cwmp:Fault></detail></SOAP-ENV:Fault>"));

        assertThat(masked).doesNotContain(CLEAR).contains("<FaultCode>9007</FaultCode>");
    }

    static List<Rpc> callsWithSecrets() {
        return List.of(
                new Rpc.SetParameterValues(
                        List.of(
                                new ParameterValue(
                                        "Device.ManagementServer.Password", "sealed", ValueType.STRING, true),
                                new ParameterValue("Device.X.Enable", "true", ValueType.BOOLEAN)),
                        "k"),
                new Rpc.Download("k", "1 Firmware Upgrade Image", "http://f", "u", "sealed", 0, "", 0, "", ""),
                new Rpc.Upload("k", "2 Vendor Log File", "http://f", "u", "sealed", 0),
                new Rpc.ScheduleDownload("k", "1 Firmware Upgrade Image", "u", "u", "sealed", 0, "", List.of()),
                new Rpc.ChangeDUState(
                        List.of(
                                new DeploymentUnitOperation.Install("http://f", null, "u", "sealed", null),
                                new DeploymentUnitOperation.Update(null, null, "http://f", "u", "sealed")),
                        "k"));
    }

    @ParameterizedTest
    @MethodSource("callsWithSecrets")
    void masksWhatTheAcsSends(Rpc rpc) {
        XmlOut out = new XmlOut(512, closed -> CLEAR);
        RpcTable.rowOf(rpc).write(out.raw("<cwmp:" + rpc.method() + ">"), rpc);
        String xml = envelope(out.raw("</cwmp:" + rpc.method() + ">").toString());

        String masked = SecretMask.mask(xml);

        assertThat(xml).contains(CLEAR);
        assertThat(masked).isEqualTo(xml.replace(CLEAR, SecretMask.MASK));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<Envelope><Name>A.Password</Name><Value>" + CLEAR,
                "<!DOCTYPE a [<!ENTITY w 'word'>]><Envelope><Name>A.Pass&w;</Name><Value>" + CLEAR
                        + "</Value></Envelope>",
                "Password=" + CLEAR,
                "<Envelope><Name>A.Pass&#119;ord</Name><Value>" + CLEAR + "</Valu></Envelope>",
            })
    void withholdsWhatItCannotRead(String text) {
        assertThat(SecretMask.mask(text)).doesNotContain(CLEAR).contains("withheld");
    }

    private static final String STRUCT =
            "<ParameterValueStruct>\n <Name>A.Password</Name>\n <Value xsi:type=\"xsd:string\">" + CLEAR
                    + "</Value>\n</ParameterValueStruct>";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<Name>A.Password</Name><Value>" + CLEAR + "</Value>",
                "<Name>A.Password</Name><Value xsi:type=\"xsd:string\">" + CLEAR + "</Value>",
                "\r\n <Name>A.Password</Name>\t<Value>" + CLEAR + "</Value> ",
                "<Name>A.Password</Name><Value a=\"a>b\">" + CLEAR + "</Value>",
                "<Name>A.Password</Name><Value a=\"/\">" + CLEAR + "</Value>",
                "<Name>A.Password</Name><Value></Value>",
                "<Name>A.Password</Name><Value />",
                "<Name>A.Password</Name><Value/><Value>" + CLEAR + "</Value>",
                "<Name>A.Password</Name><Value>" + CLEAR + "</Value><Value>" + CLEAR + "</Value>",
                "<Value>" + CLEAR + "</Value><Name>A.Password</Name><Value>" + CLEAR + "</Value>",
                "<Value>" + CLEAR + "</Value><Name>A.Password</Name>",
                "<Name>A.Password</Name><Values>" + CLEAR + "</Values>",
                "<Name>A.Password</Name><Value><b>" + CLEAR + "</b></Value>",
                "<Name>A.Passwort</Name><Value>" + CLEAR + "</Value>",
                "<Name>A.Password.B</Name><Value>" + CLEAR + "</Value>",
                "<Name>A.WPSPIN</Name><Value>" + CLEAR + "</Value>",
                "<Name>A.Ping</Name><Value>" + CLEAR + "</Value>",
                "<Name>A.Spin</Name><Value>PIN</Value>",
                "<Name>A.Ps\u212A</Name><Value>" + CLEAR + "</Value>",
                "<Name>A.Community</Name><Value>" + CLEAR + "</Value>",
                "<Name>A.sEcReT</Name><Value>" + CLEAR + "</Value>",
                "<Name>A.WEPKey</Name><Value>" + CLEAR + "</Value>",
                "<Name>A.X_privateKEY</Name><Value>" + CLEAR + "</Value>",
                "<Name>A.Pwd</Name><Value>" + CLEAR + "</Value>",
                "<string>A.Password</string><string>B.PreSharedKey</string>",
                "<Password>" + CLEAR + "</Password>",
                "<A><Password>" + CLEAR + "</Password></A>",
            })
    void theQuickLookHidesNoLessThanTheCloseOne(String struct) {
        String xml = inform(device("00256D", "G", "S1"), EVENT, "<Struct>" + struct + "</Struct>" + STRUCT);

        String quick = QuickMask.mask(xml);

        assertThat(SecretMask.mask(xml)).isEqualTo(SecretMask.closeLook(xml));
        assertThat(quick == null || quick.equals(SecretMask.closeLook(xml))).isTrue();
    }

    @Test
    void needsNoParserForWhatNearlyAllEnvelopesLookLike() {
        assertThat(QuickMask.mask(inform(device("00256D", "G", "S1"), EVENT, STRUCT)))
                .contains("A.Password")
                .doesNotContain(CLEAR);
    }
}
