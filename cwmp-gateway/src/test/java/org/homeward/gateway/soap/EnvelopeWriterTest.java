package org.homeward.gateway.soap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.homeward.contracts.rpc.AttributeChange;
import org.homeward.contracts.rpc.DeploymentUnitOperation;
import org.homeward.contracts.rpc.ParameterValue;
import org.homeward.contracts.rpc.Rpc;
import org.homeward.contracts.rpc.TimeWindow;
import org.homeward.contracts.rpc.ValueType;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class EnvelopeWriterTest {

    /** All that has a meaning in XML, or loses it there. */
    private static final String HOSTILE = "<a>&amp;&\"'\r\n\t]]> \uD83D\uDE00\u00E9\u2028";

    private static final String PATH_256 = "Device." + "P".repeat(248) + ".";

    private final EnvelopeWriter writer = new EnvelopeWriter(text -> text.substring("sealed:".length()));

    private static final Map<String, List<String>> METHODS_SINCE = Map.of(
            "1-1", List.of("GetAllQueuedTransfers"),
            "1-2", List.of("ScheduleDownload", "CancelTransfer", "ChangeDUState"));

    static List<Rpc> calls() {
        String uuid = "11111111-2222-3333-4444-555555555555";
        return List.of(
                new Rpc.GetRPCMethods(),
                new Rpc.SetParameterValues(
                        List.of(
                                new ParameterValue(PATH_256, HOSTILE, ValueType.STRING),
                                new ParameterValue("Device.A", "-1", ValueType.INT),
                                new ParameterValue("Device.B", "4294967295", ValueType.UNSIGNED_INT),
                                new ParameterValue("Device.C", "-1", ValueType.LONG),
                                new ParameterValue("Device.D", "1", ValueType.UNSIGNED_LONG),
                                new ParameterValue("Device.E", "true", ValueType.BOOLEAN),
                                new ParameterValue("Device.F", "2026-11-21T08:00:00Z", ValueType.DATE_TIME),
                                new ParameterValue("Device.G", "aGVsbG8=", ValueType.BASE64),
                                new ParameterValue("Device.H", "0aff", ValueType.HEX_BINARY),
                                new ParameterValue("Device.I", "", ValueType.UNKNOWN),
                                new ParameterValue("Device.Password", "sealed:" + HOSTILE, ValueType.STRING, true)),
                        HOSTILE),
                new Rpc.SetParameterValues(List.of(), ""),
                new Rpc.GetParameterValues(List.of("Device.", HOSTILE, PATH_256)),
                new Rpc.GetParameterNames("", false),
                new Rpc.GetParameterNames(PATH_256, true),
                new Rpc.SetParameterAttributes(List.of(
                        new AttributeChange(HOSTILE, 2, List.of("Subscriber")),
                        new AttributeChange("Device.B", null, List.of()),
                        new AttributeChange("Device.C", 0, null))),
                new Rpc.GetParameterAttributes(List.of("Device.A")),
                new Rpc.AddObject(PATH_256, HOSTILE),
                new Rpc.DeleteObject("Device.A.1.", ""),
                new Rpc.Download(
                        HOSTILE,
                        "1 Firmware Upgrade Image",
                        "http://a/?" + HOSTILE,
                        HOSTILE,
                        "sealed:" + HOSTILE,
                        4294967295L,
                        HOSTILE,
                        0,
                        HOSTILE,
                        HOSTILE),
                new Rpc.Download("", "X 00256D Script", "", "", null, 0, "", 60, "", ""),
                new Rpc.Reboot(HOSTILE),
                new Rpc.GetQueuedTransfers(),
                new Rpc.ScheduleInform(1, HOSTILE),
                new Rpc.Upload(HOSTILE, "1 Vendor Configuration File", HOSTILE, HOSTILE, "sealed:" + HOSTILE, 0),
                new Rpc.FactoryReset(),
                new Rpc.GetAllQueuedTransfers(),
                new Rpc.ScheduleDownload(
                        HOSTILE,
                        "1 Firmware Upgrade Image",
                        HOSTILE,
                        HOSTILE,
                        "sealed:" + HOSTILE,
                        7,
                        HOSTILE,
                        List.of(
                                new TimeWindow(0, 60, "1 At Any Time", HOSTILE, -1),
                                new TimeWindow(61, 120, "4 Confirmation Needed", "", 3))),
                new Rpc.CancelTransfer(HOSTILE),
                new Rpc.ChangeDUState(
                        List.of(
                                new DeploymentUnitOperation.Install(
                                        "http://a/b", uuid, HOSTILE, "sealed:" + HOSTILE, HOSTILE),
                                new DeploymentUnitOperation.Install("http://a/b", null, null, null, null),
                                new DeploymentUnitOperation.Update(
                                        uuid, "1", "http://a/b", HOSTILE, "sealed:" + HOSTILE),
                                new DeploymentUnitOperation.Update(null, null, null, null, null),
                                new DeploymentUnitOperation.Uninstall(uuid, "1", HOSTILE),
                                new DeploymentUnitOperation.Uninstall(uuid, null, null)),
                        HOSTILE));
    }

    static List<AcsResponse> responses() {
        List<AcsResponse> responses = new ArrayList<>(List.of(
                new AcsResponse.InformResponse(),
                new AcsResponse.TransferCompleteResponse(),
                new AcsResponse.AutonomousTransferCompleteResponse(),
                new AcsResponse.DUStateChangeCompleteResponse(),
                new AcsResponse.AutonomousDUStateChangeCompleteResponse(),
                new AcsResponse.GetRPCMethodsResponse(List.of("Inform", "GetRPCMethods", "TransferComplete"))));
        for (int code = 8000; code <= 8006; code++) {
            responses.add(new AcsResponse.Fault(code, HOSTILE));
        }
        return responses;
    }

    private String rendered(String namespace, Rpc rpc) {
        return rendered(writer.request(EnvelopeHead.asking(namespace, "hw-1").holdingRequests(), rpc));
    }

    private static String rendered(Rendering rendering) {
        assertThat(rendering).isInstanceOf(Rendering.Rendered.class);
        return ((Rendering.Rendered) rendering).xml();
    }

    private static Element parse(String xml) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultInstance();
        factory.setNamespaceAware(true);
        return factory.newDocumentBuilder()
                .parse(new InputSource(new StringReader(xml)))
                .getDocumentElement();
    }

    private static List<String> leaves(String xml) throws Exception {
        List<String> texts = new ArrayList<>();
        NodeList all = parse(xml).getElementsByTagName("*");
        for (int i = 0; i < all.getLength(); i++) {
            Element element = (Element) all.item(i);
            if (element.getElementsByTagName("*").getLength() == 0) {
                texts.add(element.getTextContent());
            }
        }
        return texts;
    }

    @Test
    void hasARowForEveryMethod() {
        List<String> methods = calls().stream().map(Rpc::method).distinct().toList();

        assertThat(Stream.of(Rpc.class.getPermittedSubclasses()).map(Class::getSimpleName))
                .filteredOn(name -> !name.equals("Unrepeatable"))
                .containsExactlyInAnyOrderElementsOf(methods);
    }

    @ParameterizedTest
    @MethodSource("calls")
    void writesWhatEveryStackCanRead(Rpc rpc) throws Exception {
        String xml = rendered(CwmpNamespace.V1_0, rpc);

        assertThat(xml)
                .startsWith("<SOAP-ENV:Envelope xmlns:SOAP-ENV=\"http://schemas.xmlsoap.org/soap/envelope/\""
                        + " xmlns:SOAP-ENC=\"http://schemas.xmlsoap.org/soap/encoding/\""
                        + " xmlns:xsd=\"http://www.w3.org/2001/XMLSchema\""
                        + " xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\""
                        + " xmlns:cwmp=\"urn:dslforum-org:cwmp-1-0\"><SOAP-ENV:Header>"
                        + "<cwmp:ID SOAP-ENV:mustUnderstand=\"1\">hw-1</cwmp:ID>"
                        + "<cwmp:HoldRequests SOAP-ENV:mustUnderstand=\"1\">1</cwmp:HoldRequests>"
                        + "</SOAP-ENV:Header><SOAP-ENV:Body><cwmp:" + rpc.method() + '>')
                .doesNotContain(">true<", ">false<");
        assertThat(parse(xml).getLocalName()).isEqualTo("Envelope");
    }

    @ParameterizedTest
    @MethodSource("calls")
    void bringsHostileTextBackUnchanged(Rpc rpc) throws Exception {
        List<String> written = leaves(rendered(CwmpNamespace.V1_2, rpc));

        long hostile = occurrences(rpc.toString().replace("(secret)", HOSTILE), HOSTILE);
        assertThat(written.stream().filter(text -> text.endsWith(HOSTILE)).count())
                .isEqualTo(hostile);
        assertThat(written).filteredOn(text -> text.contains("\uD83D\uDE00")).allMatch(text -> text.endsWith(HOSTILE));
    }

    private static long occurrences(String text, String part) {
        return (text.length() - text.replace(part, "").length()) / part.length();
    }

    @TestFactory
    Stream<DynamicTest> isValidByTheSchemaOfEachVersion() {
        Shared.folder("cwmp/bbf");
        return Stream.of("1-0", "1-1", "1-2", "1-3", "1-4").flatMap(version -> {
            String namespace = namespace(version);
            return Stream.concat(
                    calls().stream()
                            .filter(rpc -> exists(rpc, version))
                            .map(rpc -> valid(version, rpc.method(), rendered(namespace, rpc))),
                    responses().stream()
                            .filter(response -> exists(response, version))
                            .map(response -> valid(
                                    version,
                                    response.toString(),
                                    writer.response(new EnvelopeHead(namespace, HOSTILE, false), response))));
        });
    }

    /** Versions 1.3 and 1.4 are written in the namespace of 1.2. */
    private static String namespace(String version) {
        return version.compareTo("1-2") > 0 ? CwmpNamespace.V1_2 : CwmpNamespace.FAMILY + version;
    }

    private static boolean exists(Rpc rpc, String version) {
        return METHODS_SINCE.entrySet().stream()
                .noneMatch(since -> since.getValue().contains(rpc.method())
                        && since.getKey().compareTo(version) > 0);
    }

    private static boolean exists(AcsResponse response, String version) {
        return switch (response) {
            case AcsResponse.AutonomousTransferCompleteResponse transfer -> !version.equals("1-0");
            case AcsResponse.DUStateChangeCompleteResponse change -> version.compareTo("1-2") >= 0;
            case AcsResponse.AutonomousDUStateChangeCompleteResponse change -> version.compareTo("1-2") >= 0;
            case AcsResponse.Fault fault -> fault.code() != 8006 || !version.equals("1-0");
            case AcsResponse.InformResponse inform -> true;
            case AcsResponse.TransferCompleteResponse transfer -> true;
            case AcsResponse.GetRPCMethodsResponse methods -> true;
        };
    }

    private static DynamicTest valid(String version, String name, String envelope) {
        return DynamicTest.dynamicTest(
                version + ' ' + name.lines().findFirst().orElse(""),
                () -> assertThat(CwmpSchemas.problems(version, envelope)).isEmpty());
    }

    @Test
    void noticesAnInvalidEnvelope() throws Exception {
        String invalid = rendered(CwmpNamespace.V1_0, new Rpc.Reboot("k"))
                .replace("CommandKey>", "cwmp:CommandKey>")
                .replace(">hw-1<", ">1<")
                .replace("HoldRequests SOAP-ENV:mustUnderstand=\"1\"", "HoldRequests");

        assertThat(CwmpSchemas.problems("1-0", invalid)).hasSizeGreaterThanOrEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1-3", "1-4"})
    void writesInANamespaceThatNoSchemaHasAsInThatOf12(String version) {
        String namespace = CwmpNamespace.FAMILY + version;

        assertThat(rendered(namespace, calls().get(1)))
                .isEqualTo(rendered(CwmpNamespace.V1_2, calls().get(1)).replace(CwmpNamespace.V1_2, namespace));
    }

    @Test
    void answersWithTheIdOfTheCallAndWithoutWhereItHadNone() {
        EnvelopeFacts with = new EnvelopeFacts(CwmpNamespace.V1_1, " a&b ", null, List.of());
        EnvelopeFacts without = new EnvelopeFacts(CwmpNamespace.V1_1, null, null, List.of());

        String answer = writer.response(EnvelopeHead.answering(with), new AcsResponse.InformResponse());
        String bare = writer.response(EnvelopeHead.answering(without), new AcsResponse.InformResponse());

        assertThat(answer)
                .endsWith("xmlns:cwmp=\"urn:dslforum-org:cwmp-1-1\"><SOAP-ENV:Header>"
                        + "<cwmp:ID SOAP-ENV:mustUnderstand=\"1\"> a&amp;b </cwmp:ID></SOAP-ENV:Header><SOAP-ENV:Body>"
                        + "<cwmp:InformResponse><MaxEnvelopes>1</MaxEnvelopes></cwmp:InformResponse>"
                        + "</SOAP-ENV:Body></SOAP-ENV:Envelope>");
        assertThat(bare).doesNotContain("Header").doesNotContain("ID");
    }

    @Test
    void writesAFaultAsTheStandardWants() {
        String xml = writer.response(
                new EnvelopeHead(CwmpNamespace.V1_0, null, false), new AcsResponse.Fault(8000, "Method not supported"));

        assertThat(xml)
                .contains(
                        "<SOAP-ENV:Body><SOAP-ENV:Fault><faultcode>Server</faultcode><faultstring>CWMP fault</faultstring>"
                                + "<detail><cwmp:Fault><FaultCode>8000</FaultCode><FaultString>Method not supported</FaultString>"
                                + "</cwmp:Fault></detail></SOAP-ENV:Fault></SOAP-ENV:Body>");
    }

    @Test
    void replacesInAnAnswerWhatXmlCannotCarry() throws Exception {
        String xml = writer.response(
                new EnvelopeHead(CwmpNamespace.V1_0, null, false),
                new AcsResponse.Fault(8002, "a\u0000b\uD83Dc\uFFFE"));

        assertThat(leaves(xml)).contains("a\uFFFDb\uFFFDc\uFFFD");
    }

    static List<Rpc> unspeakable() {
        return List.of(
                new Rpc.SetParameterValues(List.of(new ParameterValue("A", "\u0001", ValueType.STRING)), ""),
                new Rpc.SetParameterValues(List.of(new ParameterValue("A", "\uDE00x", ValueType.STRING)), ""),
                new Rpc.SetParameterValues(List.of(new ParameterValue("A".repeat(257), "", ValueType.STRING)), ""),
                new Rpc.SetParameterValues(List.of(), "k".repeat(33)),
                new Rpc.GetParameterValues(List.of()),
                new Rpc.GetParameterAttributes(List.of()),
                new Rpc.SetParameterAttributes(List.of()),
                new Rpc.SetParameterAttributes(List.of(new AttributeChange("A", 7, null))),
                new Rpc.SetParameterAttributes(List.of(new AttributeChange("A", 1, List.of("Everybody")))),
                new Rpc.AddObject("Device.A", ""),
                new Rpc.Download("", "firmware", "", "", null, 0, "", 0, "", ""),
                new Rpc.Download("", "1 Firmware Upgrade Image", "", "", null, -1, "", 0, "", ""),
                new Rpc.ScheduleInform(1L << 32, ""),
                new Rpc.ScheduleDownload("", "1 Firmware Upgrade Image", "", "", null, 0, "", List.of()),
                new Rpc.ChangeDUState(List.of(), ""),
                new Rpc.ChangeDUState(List.of(new DeploymentUnitOperation.Uninstall("7", null, null)), ""));
    }

    @ParameterizedTest
    @MethodSource("unspeakable")
    void refusesWhatCwmpCannotSay(Rpc rpc) {
        Rendering rendering = writer.request(EnvelopeHead.asking(CwmpNamespace.V1_2, "1"), rpc);

        assertThat(rendering).isInstanceOf(Rendering.Refused.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "ä", "123456789012345678901234567890123"})
    void takesNoIdThatACpeMightNotEcho(String id) {
        assertThatIllegalArgumentException().isThrownBy(() -> EnvelopeHead.asking(CwmpNamespace.V1_0, id));
    }

    @Test
    void keepsSecretsOutOfWhatIsLogged() {
        assertThat(writer.request(EnvelopeHead.asking(CwmpNamespace.V1_2, "1"), new Rpc.Reboot("k")))
                .asString()
                .doesNotContain("CommandKey");
    }
}
