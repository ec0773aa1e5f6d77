package org.homeward.gateway.soap;

import java.util.function.UnaryOperator;
import org.homeward.contracts.rpc.Rpc;
import org.jspecify.annotations.Nullable;

/**
 * Writes the ACS's envelopes, in the one style that every CPE stack seen can read: no XML declaration, the prefixes
 * {@code SOAP-ENV}, {@code SOAP-ENC}, {@code cwmp}, {@code xsd} and {@code xsi}, booleans as {@code 1} and {@code 0}. To be sent as
 * UTF-8. What it writes is valid by the schemas of the Broadband Forum, but for the lexical form of parameter values,
 * which is between the operator and the CPE.
 */
public final class EnvelopeWriter {

    private static final String NAMESPACES =
            " xmlns:SOAP-ENC=\"http://schemas.xmlsoap.org/soap/encoding/\" xmlns:xsd=\"http://www.w3.org/2001/XMLSchema\""
                    + " xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xmlns:cwmp=\"";
    private static final String ENVELOPE =
            "<SOAP-ENV:Envelope xmlns:SOAP-ENV=\"http://schemas.xmlsoap.org/soap/envelope/\"" + NAMESPACES;

    private final UnaryOperator<String> opener;

    /** @param opener makes the clear text of a sealed one; so no key is held here */
    public EnvelopeWriter(UnaryOperator<String> opener) {
        this.opener = opener;
    }

    /** The whole envelope of an answer. Characters that XML can't carry are replaced by U+FFFD. */
    public String response(EnvelopeHead head, AcsResponse response) {
        XmlOut out = begin(head, 640);
        responseElement(out, response);
        return end(out);
    }

    /** The whole envelope of an RPC. */
    public Rendering request(EnvelopeHead head, Rpc rpc) {
        XmlOut out = begin(head, 1024);
        requestElement(out, rpc);
        return rendering(out, end(out));
    }

    private static Rendering rendering(XmlOut out, String xml) {
        @Nullable String problem = out.problem();
        return problem == null ? new Rendering.Rendered(xml) : new Rendering.Refused(problem);
    }

    private XmlOut begin(EnvelopeHead head, int size) {
        XmlOut out = new XmlOut(size, opener);
        out.raw(ENVELOPE).escape("namespace", head.namespace());
        out.raw("\">");
        String id = head.id();
        if (id != null || head.holdRequests()) {
            out.raw("<SOAP-ENV:Header>");
            if (id != null) {
                out.raw("<cwmp:ID SOAP-ENV:mustUnderstand=\"1\">").escape("ID", id);
                out.raw("</cwmp:ID>");
            }
            if (head.holdRequests()) {
                out.raw("<cwmp:HoldRequests SOAP-ENV:mustUnderstand=\"1\">1</cwmp:HoldRequests>");
            }
            out.raw("</SOAP-ENV:Header>");
        }
        return out.raw("<SOAP-ENV:Body>");
    }

    private static String end(XmlOut out) {
        return out.raw("</SOAP-ENV:Body></SOAP-ENV:Envelope>").toString();
    }

    private static void requestElement(XmlOut out, Rpc rpc) {
        out.raw("<cwmp:").raw(rpc.method()).raw(">");
        RpcTable.rowOf(rpc).write(out, rpc);
        out.raw("</cwmp:").raw(rpc.method()).raw(">");
    }

    private static void responseElement(XmlOut out, AcsResponse response) {
        switch (response) {
            case AcsResponse.InformResponse inform ->
                out.raw("<cwmp:InformResponse><MaxEnvelopes>1</MaxEnvelopes></cwmp:InformResponse>");
            case AcsResponse.TransferCompleteResponse transfer -> empty(out, "TransferCompleteResponse");
            case AcsResponse.AutonomousTransferCompleteResponse transfer ->
                empty(out, "AutonomousTransferCompleteResponse");
            case AcsResponse.DUStateChangeCompleteResponse change -> empty(out, "DUStateChangeCompleteResponse");
            case AcsResponse.AutonomousDUStateChangeCompleteResponse change ->
                empty(out, "AutonomousDUStateChangeCompleteResponse");
            case AcsResponse.GetRPCMethodsResponse methods ->
                out.raw("<cwmp:GetRPCMethodsResponse>")
                        .strings("MethodList", methods.methods(), 64)
                        .raw("</cwmp:GetRPCMethodsResponse>");
            case AcsResponse.Fault fault -> fault(out, fault);
        }
    }

    private static void empty(XmlOut out, String name) {
        // with an end tag: what every stack seen can read
        out.raw("<cwmp:").raw(name).raw("></cwmp:").raw(name).raw(">");
    }

    private static void fault(XmlOut out, AcsResponse.Fault fault) {
        out.raw("<SOAP-ENV:Fault>")
                .text("faultcode", fault.faultCode())
                .text("faultstring", "CWMP fault")
                .raw("<detail><cwmp:Fault>")
                .number("FaultCode", fault.code())
                .text("FaultString", fault.text())
                .raw("</cwmp:Fault></detail></SOAP-ENV:Fault>");
    }
}
