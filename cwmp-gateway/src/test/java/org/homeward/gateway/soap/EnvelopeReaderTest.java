package org.homeward.gateway.soap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.homeward.gateway.soap.Envelopes.EVENT;
import static org.homeward.gateway.soap.Envelopes.device;
import static org.homeward.gateway.soap.Envelopes.envelope;
import static org.homeward.gateway.soap.Envelopes.inform;
import static org.homeward.gateway.soap.Envelopes.informIn;
import static org.homeward.gateway.soap.Envelopes.parameter;
import static org.homeward.gateway.soap.Envelopes.read;
import static org.homeward.gateway.soap.Envelopes.unreadable;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.homeward.contracts.rpc.DeploymentUnitResult;
import org.homeward.contracts.rpc.ParameterValue;
import org.homeward.contracts.rpc.ValueType;
import org.homeward.contracts.session.DeviceIdentity;
import org.homeward.contracts.session.InformEvent;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EnvelopeReaderTest {

    @Test
    void readsAnInformWithAllItSays() {
        String xml = envelope(
                CwmpNamespace.V1_2,
                "<cwmp:ID SOAP-ENV:mustUnderstand=\"1\"> id 7 </cwmp:ID><cwmp:SessionTimeout>90</cwmp:SessionTimeout>"
                        + "<cwmp:SupportedCWMPVersions>1.0, 1.4</cwmp:SupportedCWMPVersions>"
                        + "<cwmp:NoMoreRequests>1</cwmp:NoMoreRequests>",
                "<cwmp:Inform><DeviceId>" + device("00256D", "Gate-way", "S 1")
                        + "</DeviceId><Event><EventStruct><EventCode>M Reboot</EventCode><CommandKey>k1</CommandKey></EventStruct></Event>"
                        + "<CurrentTime>2026-11-21T08:00:00Z</CurrentTime><RetryCount>3</RetryCount><ParameterList>"
                        + parameter("Device.A", "xsd:unsignedInt", "5") + "</ParameterList></cwmp:Inform>");

        Reading reading = read(xml);

        assertThat(reading)
                .isEqualTo(new Reading.Read(
                        new EnvelopeFacts(CwmpNamespace.V1_2, " id 7 ", 90, List.of("1.0", "1.4")),
                        new CpeMessage.Inform(
                                new DeviceIdentity("Acme", "00256D", "Gate-way", "S 1"),
                                List.of(new InformEvent("M Reboot", "k1")),
                                "2026-11-21T08:00:00Z",
                                3,
                                List.of(new ParameterValue("Device.A", "5", ValueType.UNSIGNED_INT))),
                        false));
    }

    @Test
    void readsAnInformWithoutHeaderInSingleQuotes() {
        String xml = "<e:Envelope xmlns:e='http://schemas.xmlsoap.org/soap/envelope/'><e:Body>"
                + "<x:Inform xmlns:x='urn:dslforum-org:cwmp-1-3'><DeviceId>" + device("00256d", "", "S1")
                + "</DeviceId></x:Inform></e:Body></e:Envelope>";

        Reading reading = read(xml);

        assertThat(reading.facts()).isEqualTo(new EnvelopeFacts("urn:dslforum-org:cwmp-1-3", null, null, List.of()));
        assertThat(informIn(reading).device().deviceId()).hasToString("00256D-S1");
        assertThat(informIn(reading).events()).isEmpty();
    }

    @Test
    void keepsAnEmptyIdApartFromNone() {
        assertThat(read(envelope(CwmpNamespace.V1_0, "<cwmp:ID/>", "<cwmp:GetRPCMethods/>"))
                        .facts()
                        .id())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1-0", "1-1", "1-2", "1-3", "1-4"})
    void mirrorsEveryNamespaceSeen(String version) {
        String namespace = "urn:dslforum-org:cwmp-" + version;

        Reading reading = read(envelope(namespace, "", "<cwmp:GetRPCMethods/>"));

        assertThat(reading)
                .isEqualTo(new Reading.Read(
                        new EnvelopeFacts(namespace, null, null, List.of()), new CpeMessage.GetRPCMethods(), false));
    }

    @Test
    void refusesAVersionThatNobodySpeaks() {
        Reading.Unreadable refused =
                unreadable(read(envelope("urn:dslforum-org:cwmp-2-0", "", "<cwmp:GetRPCMethods/>")));

        assertThat(refused.faultCode()).isEqualTo(8006);
    }

    @Test
    void keepsValuesExactlyAndTrimsNames() {
        String xml = inform(
                device("00256D", "G", "S1"),
                "<EventStruct><EventCode>\n 1 Boot </EventCode></EventStruct>",
                parameter(" Device.A\n", "string", "  two\n lines <![CDATA[& <more>]]> &#x1F600;"));

        CpeMessage.Inform inform = informIn(read(xml));

        assertThat(inform.events()).containsExactly(new InformEvent("1 Boot", ""));
        assertThat(inform.parameters())
                .containsExactly(
                        new ParameterValue("Device.A", "  two\n lines & <more> \uD83D\uDE00", ValueType.STRING));
    }

    @Test
    void takesTheLastOfARepeatedParameterAtItsFirstPlace() {
        String xml = inform(
                device("00256D", "G", "S1"),
                EVENT,
                parameter("A", "xsd:int", "1") + parameter("B", "xsd:int", "2") + parameter("A", "xsd:int", "3"));

        assertThat(informIn(read(xml)).parameters())
                .containsExactly(
                        new ParameterValue("A", "3", ValueType.INT), new ParameterValue("B", "2", ValueType.INT));
    }

    @Test
    void readsLatin1WhereThePrologSaysSo() {
        byte[] xml = ("<?xml version='1.0' encoding='ISO-8859-1'?>"
                        + inform(device("00256D", "Bücherei", "S1"), EVENT, ""))
                .getBytes(StandardCharsets.ISO_8859_1);

        assertThat(informIn(EnvelopeReader.read(xml)).device().productClass()).isEqualTo("Bücherei");
    }

    @Test
    void readsThroughAByteOrderMark() {
        assertThat(read("\uFEFF" + inform())).isInstanceOf(Reading.Read.class);
    }

    @Test
    void mendsAnAmpersandThatIsNotEscaped() {
        String xml = inform(
                device("00256D", "G&amp;B", "S1"),
                EVENT,
                parameter("Device.URL", "xsd:string", "http://a/?b=1&c=2&amp;d=3<![CDATA[&]]>"));

        Reading reading = read(xml);

        assertThat(((Reading.Read) reading).repaired()).isTrue();
        assertThat(informIn(reading).parameters().getFirst().value()).isEqualTo("http://a/?b=1&c=2&d=3&");
        assertThat(informIn(reading).device().productClass()).isEqualTo("G&B");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n<?xml version='1.0'?>%s", "%s\0", "%s trailing words", "%s\u0007"})
    void mendsWhatStandsAroundTheEnvelope(String frame) {
        Reading reading = read(frame.formatted(inform()));

        assertThat(informIn(reading).device().serialNumber()).isEqualTo("S1");
    }

    @Test
    void mendsBytesThatAreNoUtf8AndCharactersThatXmlForbids() {
        byte[] xml = inform(device("00256D", "G", "S1"), EVENT, parameter("A", "xsd:string", "Büro\u0001&#2;"))
                .getBytes(StandardCharsets.ISO_8859_1);

        assertThat(informIn(EnvelopeReader.read(xml)).parameters().getFirst().value())
                .isEqualTo("Büro\uFFFD\uFFFD");
    }

    @Test
    void mendsPrefixesThatNobodyDeclared() {
        String xml = inform().replaceAll(" xmlns:(xsi|xsd|SOAP-ENC)=\"[^\"]*\"", "");

        assertThat(informIn(read(xml)).parameters())
                .containsExactly(new ParameterValue("Device.DeviceInfo.SoftwareVersion", "1.2", ValueType.STRING));
    }

    @Test
    void namesThePlaceOfBrokenXml() {
        Reading.Unreadable refused = unreadable(read("<Envelope>\n<b></Envelope>"));

        assertThat(refused.explain()).matches("not well-formed XML \\(line 2, column \\d+\\)");
        assertThat(refused.faultCode()).isEqualTo(8003);
    }

    @Test
    void answersARefusedInformWithItsOwnId() {
        Reading reading = read(inform(device("00256D", "G", ""), EVENT, ""));

        assertThat(unreadable(reading).reason()).isEqualTo("DeviceId: SerialNumber is empty");
        assertThat(reading.facts().id()).isEqualTo("7");
    }

    @Test
    void refusesADeviceIdThatIsTooLong() {
        assertThat(unreadable(read(inform(device("00256D", "x".repeat(65), "S1"), EVENT, "")))
                        .reason())
                .isEqualTo("DeviceId: ProductClass is longer than 64 characters");
    }

    @Test
    void refusesMoreThan64EventsAndTakes64() {
        String device = device("00256D", "G", "S1");

        assertThat(informIn(read(inform(device, EVENT.repeat(64), ""))).events())
                .hasSize(64);
        assertThat(unreadable(read(inform(device, EVENT.repeat(65), ""))).reason())
                .isEqualTo("more than 64 events");
    }

    @ParameterizedTest
    @ValueSource(strings = {"RequestDownload", "Kicked", "X_ACME_Hello"})
    void namesACallThatWeDoNotServe(String method) {
        Reading reading = read(envelope("<cwmp:" + method + "><FileType>1</FileType></cwmp:" + method + ">"));

        assertThat(((Reading.Read) reading).message()).isEqualTo(new CpeMessage.OtherRequest(method));
    }

    @Test
    void readsATransferComplete() {
        Reading reading = read(envelope("<cwmp:TransferComplete><CommandKey>k</CommandKey><FaultStruct>"
                + "<FaultCode>9010</FaultCode><FaultString>no route</FaultString></FaultStruct>"
                + "<StartTime>0001-01-01T00:00:00Z</StartTime><CompleteTime/></cwmp:TransferComplete>"));

        assertThat(((Reading.Read) reading).message())
                .isEqualTo(new CpeMessage.TransferComplete("k", 9010, "no route", "0001-01-01T00:00:00Z", ""));
    }

    private static final String RESULT = "<UUID>6f1c1d0e-3f7c-4a55-9a3a-0d4b5a6c7d8e</UUID>"
            + "<DeploymentUnitRef>Device.SoftwareModules.DeploymentUnit.3</DeploymentUnitRef><Version>1.2</Version>"
            + "<CurrentState>Installed</CurrentState><Resolved>1</Resolved>"
            + "<ExecutionUnitRefList>Device.A.1, Device.A.2,</ExecutionUnitRefList>"
            + "<StartTime>2026-11-21T10:00:00Z</StartTime><CompleteTime>2026-11-21T10:01:00Z</CompleteTime>"
            + "<Fault><FaultCode>9022</FaultCode><FaultString>no such</FaultString></Fault>";

    private static DeploymentUnitResult result(@Nullable String operation) {
        return new DeploymentUnitResult(
                operation,
                "6f1c1d0e-3f7c-4a55-9a3a-0d4b5a6c7d8e",
                "Device.SoftwareModules.DeploymentUnit.3",
                "1.2",
                "Installed",
                true,
                List.of("Device.A.1", "Device.A.2"),
                "2026-11-21T10:00:00Z",
                "2026-11-21T10:01:00Z",
                9022,
                "no such");
    }

    @Test
    void readsADuStateChangeComplete() {
        Reading reading = read(envelope("<cwmp:DUStateChangeComplete><Results>" + RESULT + "</Results><Results>"
                + RESULT + "</Results><CommandKey> k </CommandKey></cwmp:DUStateChangeComplete>"));

        assertThat(((Reading.Read) reading).message())
                .isEqualTo(new CpeMessage.DUStateChangeComplete("k", List.of(result(null), result(null))));
    }

    @Test
    void readsAnAutonomousDuStateChangeComplete() {
        Reading reading = read(envelope("<cwmp:AutonomousDUStateChangeComplete><Results>" + RESULT
                + "<OperationPerformed>Install</OperationPerformed></Results></cwmp:AutonomousDUStateChangeComplete>"));

        assertThat(((Reading.Read) reading).message())
                .isEqualTo(new CpeMessage.AutonomousDUStateChangeComplete(List.of(result("Install"))));
    }

    @Test
    void takesOfDeploymentUnitsNoMoreThanFitIntoAnEvent() {
        Reading reading =
                read(envelope("<cwmp:DUStateChangeComplete>" + ("<Results>" + RESULT + "</Results>").repeat(900)
                        + "<CommandKey>k</CommandKey></cwmp:DUStateChangeComplete>"));

        CpeMessage.DUStateChangeComplete read = (CpeMessage.DUStateChangeComplete) ((Reading.Read) reading).message();
        assertThat(read.commandKey()).isEqualTo("k");
        assertThat(read.results()).hasSize(64);
    }

    @Test
    void readsAnAutonomousTransferComplete() {
        Reading reading = read(envelope("<cwmp:AutonomousTransferComplete><AnnounceURL>a</AnnounceURL>"
                + "<TransferURL>t</TransferURL><IsDownload>true</IsDownload><FileType>1 Firmware Upgrade Image</FileType>"
                + "<FileSize>4294967295</FileSize><TargetFileName>f</TargetFileName><FaultStruct><FaultCode>0</FaultCode>"
                + "<FaultString/></FaultStruct><StartTime>s</StartTime><CompleteTime>c</CompleteTime>"
                + "</cwmp:AutonomousTransferComplete>"));

        assertThat(((Reading.Read) reading).message())
                .isEqualTo(new CpeMessage.AutonomousTransferComplete(
                        "a", "t", true, "1 Firmware Upgrade Image", 4294967295L, "f", 0, "", "s", "c"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "   ",
                "hello",
                "<html/>",
                "<e:Envelope xmlns:e='http://schemas.xmlsoap.org/soap/envelope/'/>",
                "<e:Envelope xmlns:e='http://schemas.xmlsoap.org/soap/envelope/'><e:Body/></e:Envelope>",
                "<e:Envelope xmlns:e='http://schemas.xmlsoap.org/soap/envelope/'><e:Body><a xmlns='urn:b'/></e:Body></e:Envelope>",
                "{\"json\": true}"
            })
    void refusesWhatIsNoCwmpEnvelope(String text) {
        assertThat(unreadable(read(text)).faultCode()).isEqualTo(8003);
    }
}
