package org.homeward.gateway.soap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.homeward.gateway.soap.Envelopes.envelope;
import static org.homeward.gateway.soap.Envelopes.parameter;
import static org.homeward.gateway.soap.Envelopes.read;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.List;
import java.util.stream.Stream;
import org.homeward.contracts.rpc.ParameterAttributes;
import org.homeward.contracts.rpc.ParameterFault;
import org.homeward.contracts.rpc.ParameterInfo;
import org.homeward.contracts.rpc.ParameterValue;
import org.homeward.contracts.rpc.QueuedTransfer;
import org.homeward.contracts.rpc.Rpc;
import org.homeward.contracts.rpc.RpcResult;
import org.homeward.contracts.rpc.ValueType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RpcAnswerTest {

    static Stream<Arguments> answers() {
        return Stream.of(
                arguments(
                        "GetRPCMethods",
                        "<MethodList SOAP-ENC:arrayType=\"xsd:string[9]\"><string>Reboot</string><string> X_A </string></MethodList>",
                        new RpcResult.MethodList(List.of("Reboot", "X_A"))),
                arguments("SetParameterValues", "<Status>1</Status>", new RpcResult.Applied(1)),
                arguments("SetParameterValues", "", new RpcResult.Applied(0)),
                arguments("DeleteObject", "<Status xsi:type=\"xsd:int\"> 0 </Status>", new RpcResult.Applied(0)),
                arguments(
                        "GetParameterValues",
                        "<ParameterList>" + parameter("A.B", "xsd:boolean", "true")
                                + parameter("A.C", "cwmp:X_Odd", " ")
                                + "<ParameterValueStruct/></ParameterList>",
                        new RpcResult.Values(List.of(
                                new ParameterValue("A.B", "true", ValueType.BOOLEAN),
                                new ParameterValue("A.C", " ", ValueType.UNKNOWN)))),
                arguments("GetParameterValues", "", new RpcResult.Values(List.of())),
                arguments(
                        "GetParameterNames",
                        "<ParameterList><ParameterInfoStruct><Name>A.</Name><Writable>true</Writable></ParameterInfoStruct>"
                                + "<ParameterInfoStruct><Name>A.B</Name><Writable>0</Writable></ParameterInfoStruct></ParameterList>",
                        new RpcResult.Names(List.of(new ParameterInfo("A.", true), new ParameterInfo("A.B", false)))),
                arguments("SetParameterAttributes", "", new RpcResult.Done()),
                arguments(
                        "GetParameterAttributes",
                        "<ParameterList><ParameterAttributeStruct><Name>A.B</Name><Notification>2</Notification>"
                                + "<AccessList><string>Subscriber</string></AccessList></ParameterAttributeStruct></ParameterList>",
                        new RpcResult.Attributes(List.of(new ParameterAttributes("A.B", 2, List.of("Subscriber"))))),
                arguments(
                        "AddObject",
                        "<Status>0</Status><InstanceNumber>4294967295</InstanceNumber>",
                        new RpcResult.ObjectAdded(4294967295L, 0)),
                arguments(
                        "AddObject",
                        "<Status>0</Status>",
                        new RpcResult.Unanswered("AddObjectResponse names no instance")),
                arguments(
                        "Download",
                        "<Status>0</Status><StartTime>s</StartTime><CompleteTime/>",
                        new RpcResult.TransferStarted(0, "s", null)),
                arguments("Upload", "", new RpcResult.TransferStarted(1, null, null)),
                arguments("Reboot", "<Anything><At>all</At></Anything>", new RpcResult.Done()),
                arguments("ScheduleInform", "", new RpcResult.Done()),
                arguments("FactoryReset", "", new RpcResult.Done()),
                arguments("ScheduleDownload", "", new RpcResult.Done()),
                arguments("CancelTransfer", "", new RpcResult.Done()),
                arguments("ChangeDUState", "", new RpcResult.Done()),
                arguments(
                        "GetQueuedTransfers",
                        "<TransferList><QueuedTransferStruct><CommandKey>k</CommandKey><State>2</State></QueuedTransferStruct></TransferList>",
                        new RpcResult.Transfers(List.of(new QueuedTransfer("k", 2, null, null, null, null)))),
                arguments(
                        "GetAllQueuedTransfers",
                        "<TransferList><AllQueuedTransferStruct><CommandKey>k</CommandKey><State>1</State><IsDownload>1</IsDownload>"
                                + "<FileType>t</FileType><FileSize>9</FileSize><TargetFileName>f</TargetFileName>"
                                + "</AllQueuedTransferStruct></TransferList>",
                        new RpcResult.Transfers(List.of(new QueuedTransfer("k", 1, true, "t", 9L, "f")))),
                arguments("SetVouchers", "<a/>", new RpcResult.Unanswered("the ACS calls no method SetVouchers")));
    }

    @ParameterizedTest
    @MethodSource("answers")
    void readsTheAnswerOf(String method, String content, RpcResult expected) {
        Reading reading = read(envelope("<cwmp:" + method + "Response>" + content + "</cwmp:" + method + "Response>"));

        assertThat(((Reading.Read) reading).message()).isEqualTo(new CpeMessage.RpcResponse(method, expected));
    }

    @Test
    void readsTheAnswerOfEveryMethodThatTheAcsCalls() {
        assertThat(Stream.of(Rpc.class.getPermittedSubclasses()).map(Class::getSimpleName))
                .filteredOn(name -> !name.equals("Unrepeatable"))
                .isSubsetOf(answers().map(each -> (String) each.get()[0]).toList());
    }

    @Test
    void readsAFaultWithTheParametersItNames() {
        Reading reading = read(envelope("<SOAP-ENV:Fault><faultcode>SOAP-ENV:Client</faultcode>"
                + "<faultstring>CWMP fault</faultstring><detail><cwmp:Fault><FaultCode>9003</FaultCode>"
                + "<FaultString>Invalid arguments</FaultString><SetParameterValuesFault><ParameterName>A.B</ParameterName>"
                + "<FaultCode>9008</FaultCode><FaultString>read only</FaultString></SetParameterValuesFault>"
                + "<SetParameterValuesFault><ParameterName>A.C</ParameterName><FaultCode>9007</FaultCode>"
                + "</SetParameterValuesFault></cwmp:Fault></detail></SOAP-ENV:Fault>"));

        assertThat(((Reading.Read) reading).message())
                .isEqualTo(new CpeMessage.Fault(new RpcResult.Fault(
                        9003,
                        "Invalid arguments",
                        List.of(new ParameterFault("A.B", 9008, "read only"), new ParameterFault("A.C", 9007, "")))));
    }

    @Test
    void readsAFaultWhoseDetailStandsInItsFaultstring() {
        Reading reading =
                read(envelope("<SOAP-ENV:Fault><faultcode>Client</faultcode><faultstring>\n<detail><cwmp:Fault>"
                        + "<FaultCode>9003</FaultCode><FaultString>Invalid arguments</FaultString><SetParameterValuesFault>"
                        + "<ParameterName>A.B</ParameterName><FaultCode>9008</FaultCode><FaultString>read only</FaultString>"
                        + "</SetParameterValuesFault></cwmp:Fault></detail>\n</faultstring></SOAP-ENV:Fault>"));

        assertThat(((Reading.Read) reading).message())
                .isEqualTo(new CpeMessage.Fault(new RpcResult.Fault(
                        9003, "Invalid arguments", List.of(new ParameterFault("A.B", 9008, "read only")))));
    }

    @Test
    void givesCode0ToASoapFaultWithoutACwmpFault() {
        Reading reading = read(
                envelope(
                        "<SOAP-ENV:Fault><faultcode>Server</faultcode><faultstring>out of memory</faultstring></SOAP-ENV:Fault>"));

        assertThat(((Reading.Read) reading).message())
                .isEqualTo(new CpeMessage.Fault(new RpcResult.Fault(0, "out of memory", List.of())));
    }

    @ParameterizedTest
    @ValueSource(strings = {"AddObject", "DeleteObject", "SetParameterValues", "Download", "Upload"})
    void takesAFaultCodeGivenAsStatusForTheFaultItIs(String method) {
        Reading reading = read(envelope("<cwmp:" + method + "Response><InstanceNumber>0</InstanceNumber>"
                + "<Status>9005</Status></cwmp:" + method + "Response>"));

        assertThat(((Reading.Read) reading).message())
                .isInstanceOfSatisfying(
                        CpeMessage.Fault.class,
                        fault -> assertThat(fault.fault().code()).isEqualTo(9005));
    }

    @Test
    void readsACwmpFaultWithoutTheSoapFaultAroundIt() {
        Reading reading =
                read(envelope("<cwmp:Fault><FaultCode>9005</FaultCode><FaultString>no</FaultString></cwmp:Fault>"));

        assertThat(((Reading.Read) reading).message())
                .isEqualTo(new CpeMessage.Fault(new RpcResult.Fault(9005, "no", List.of())));
    }

    @Test
    void readsAWholeTreeInOneEnvelope() {
        StringBuilder parameters = new StringBuilder();
        for (int i = 0; i < 8000; i++) {
            parameters.append(
                    parameter("Device.Hosts.Host." + i + ".X_ACME_Something.HostName", "xsd:string", "h" + i));
        }

        Reading reading = read(envelope("<cwmp:GetParameterValuesResponse><ParameterList>" + parameters
                + "</ParameterList></cwmp:GetParameterValuesResponse>"));

        CpeMessage.RpcResponse response = (CpeMessage.RpcResponse) ((Reading.Read) reading).message();
        assertThat(((RpcResult.Values) response.result()).parameters())
                .hasSize(8000)
                .last()
                .isEqualTo(new ParameterValue(
                        "Device.Hosts.Host.7999.X_ACME_Something.HostName", "h7999", ValueType.STRING));
    }
}
