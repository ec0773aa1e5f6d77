package org.homeward.standalone.bench.cpe;

import static org.homeward.standalone.bench.cpe.HomeGateway.ascii;

import java.util.ArrayList;
import java.util.List;

/**
 * What a CPE of the load says: an Inform of about 3.5 KB with ten parameters, and answers to what an ACS may ask. Written
 * straight into the buffer that is sent.
 */
final class Envelopes {

    private static final String NAMESPACE = "urn:dslforum-org:cwmp-1-0";
    private static final String OPEN = """
            <?xml version="1.0" encoding="UTF-8"?>
            <soap-env:Envelope xmlns:soap-env="http://schemas.xmlsoap.org/soap/envelope/"
                xmlns:soap-enc="http://schemas.xmlsoap.org/soap/encoding/"
                xmlns:xsd="http://www.w3.org/2001/XMLSchema"
                xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
                xmlns:cwmp="%s">
              <soap-env:Header>
                <cwmp:ID soap-env:mustUnderstand="1">""".formatted(NAMESPACE);
    private static final byte[] HEAD = ascii(OPEN);
    private static final byte[] BODY = ascii("</cwmp:ID>\n  </soap-env:Header>\n  <soap-env:Body>\n    ");
    private static final byte[] CLOSE = ascii("\n  </soap-env:Body>\n</soap-env:Envelope>\n");
    private static final byte[] STRUCT = ascii("            <ParameterValueStruct>\n                <Name>");
    private static final byte[] STRUCT_VALUE = ascii("</Name>\n                <Value xsi:type=\"xsd:");
    private static final byte[] STRUCT_END = ascii("</Value>\n            </ParameterValueStruct>\n");
    private static final byte[] VALUE_END = ascii("</Value></ParameterValueStruct>");

    /** The parameters of every Inform: those that TR-098 forces, and some that models of the field add. */
    private static final List<String> INFORMED = List.of(
            "InternetGatewayDevice.DeviceSummary",
            "InternetGatewayDevice.DeviceInfo.SpecVersion",
            "InternetGatewayDevice.DeviceInfo.HardwareVersion",
            "InternetGatewayDevice.DeviceInfo.SoftwareVersion",
            "InternetGatewayDevice.DeviceInfo.ProvisioningCode",
            "InternetGatewayDevice.DeviceInfo.ModelName",
            "InternetGatewayDevice.ManagementServer.ConnectionRequestURL",
            "InternetGatewayDevice.ManagementServer.ParameterKey",
            "InternetGatewayDevice.WANDevice.1.WANConnectionDevice.1.WANPPPConnection.1.ExternalIPAddress",
            "InternetGatewayDevice.WANDevice.1.WANConnectionDevice.1.WANPPPConnection.1.MACAddress");

    private final HomeGateway model;
    private final byte[] device;
    private final List<HomeGateway.Entry> informed = new ArrayList<>();

    Envelopes(HomeGateway model) {
        this.model = model;
        device = ascii("""
                <cwmp:Inform>
                      <DeviceId>
                        <Manufacturer>Homeward Bench</Manufacturer>
                        <OUI>%s</OUI>
                        <ProductClass>%s</ProductClass>
                        <SerialNumber>""".formatted(LoadCpe.oui(), LoadCpe.productClass()));
        for (String path : INFORMED) {
            HomeGateway.Entry entry = model.at(path);
            if (entry == null) {
                throw new IllegalStateException("the model has no " + path);
            }
            informed.add(entry);
        }
    }

    /** @param events as {@code 2 PERIODIC} @param now xsd:dateTime */
    void inform(Bytes out, LoadCpe cpe, List<String> events, String id, String now) {
        out.add(HEAD).add(id).add(BODY).add(device).add(cpe.serial());
        out.add("</SerialNumber>\n      </DeviceId>\n      <Event soap-enc:arrayType=\"cwmp:EventStruct["
                + events.size() + "]\">\n");
        for (String event : events) {
            out.add("        <EventStruct>\n          <EventCode>").add(event);
            out.add("</EventCode>\n          <CommandKey></CommandKey>\n        </EventStruct>\n");
        }
        out.add("      </Event>\n      <MaxEnvelopes>1</MaxEnvelopes>\n      <CurrentTime>")
                .add(now);
        out.add("</CurrentTime>\n      <RetryCount>").add(Integer.toString(cpe.retries()));
        out.add("</RetryCount>\n      <ParameterList soap-enc:arrayType=\"cwmp:ParameterValueStruct[" + informed.size()
                + "]\">\n");
        for (HomeGateway.Entry entry : informed) {
            out.add(STRUCT).add(entry.path()).add(STRUCT_VALUE).add(entry.type());
            out.add("\">").escaped(cpe.value(entry)).add(STRUCT_END);
        }
        out.add("      </ParameterList>\n    </cwmp:Inform>").add(CLOSE);
    }

    /** Answers a request, and writes to the CPE what it says to write. */
    void answer(Bytes out, LoadCpe cpe, AcsRequest request) {
        out.add(HEAD).escaped(request.text("ID")).add(BODY);
        switch (request.method()) {
            case "GetParameterNames" -> names(out, request);
            case "GetParameterValues" -> values(out, cpe, request);
            case "SetParameterValues" -> write(out, cpe, request);
            case "GetParameterAttributes" -> attributes(out, request);
            case "SetParameterAttributes" ->
                out.add("<cwmp:SetParameterAttributesResponse></cwmp:SetParameterAttributesResponse>");
            case "GetRPCMethods" -> methods(out);
            default -> fault(out, 9000, "Method not supported");
        }
        out.add(CLOSE);
    }

    private void names(Bytes out, AcsRequest request) {
        String path = request.text("ParameterPath");
        String level = request.text("NextLevel").strip();
        boolean nextLevel = level.equals("1") || level.equals("true");
        List<HomeGateway.Entry> found = path.isEmpty() && nextLevel
                ? model.subtree("").subList(0, 1)
                : path.isEmpty() || path.endsWith(".") ? model.subtree(path) : one(path);
        if (found.isEmpty()) {
            fault(out, 9005, "Invalid parameter name");
            return;
        }
        if (nextLevel && !path.isEmpty()) {
            found = found.stream()
                    .filter(entry -> isRightBelow(path, entry.path()))
                    .toList();
        }
        out.add("<cwmp:GetParameterNamesResponse><ParameterList soap-enc:arrayType=\"cwmp:ParameterInfoStruct["
                + found.size() + "]\">");
        found.forEach(entry -> out.add(entry.name()));
        out.add("</ParameterList></cwmp:GetParameterNamesResponse>");
    }

    private List<HomeGateway.Entry> one(String path) {
        HomeGateway.Entry entry = model.at(path);
        return entry == null ? List.of() : List.of(entry);
    }

    private static boolean isRightBelow(String object, String path) {
        int dot = path.indexOf('.', object.length());
        return path.length() > object.length() && (dot < 0 || dot == path.length() - 1);
    }

    private void values(Bytes out, LoadCpe cpe, AcsRequest request) {
        List<HomeGateway.Entry> found = parameters(request);
        if (found.isEmpty()) {
            fault(out, 9005, "Invalid parameter name");
            return;
        }
        out.add("<cwmp:GetParameterValuesResponse><ParameterList soap-enc:arrayType=\"cwmp:ParameterValueStruct["
                + found.size() + "]\">");
        for (HomeGateway.Entry entry : found) {
            out.add(entry.head()).escaped(cpe.value(entry)).add(VALUE_END);
        }
        out.add("</ParameterList></cwmp:GetParameterValuesResponse>");
    }

    /** All parameters that are asked for; none if one of the names is wrong. */
    private List<HomeGateway.Entry> parameters(AcsRequest request) {
        List<HomeGateway.Entry> found = new ArrayList<>();
        for (String name : request.texts("string")) {
            List<HomeGateway.Entry> meant = name.isEmpty() || name.endsWith(".") ? model.subtree(name) : one(name);
            if (meant.isEmpty()) {
                return List.of();
            }
            for (HomeGateway.Entry entry : meant) {
                if (!entry.object()) {
                    found.add(entry);
                }
            }
        }
        return found;
    }

    private void write(Bytes out, LoadCpe cpe, AcsRequest request) {
        List<String> names = request.texts("Name");
        List<String> values = request.texts("Value");
        for (String name : names) {
            HomeGateway.Entry entry = model.at(name);
            if (entry == null || !entry.writable()) {
                fault(out, 9003, "Invalid arguments", name, entry == null ? 9005 : 9008);
                return;
            }
        }
        for (int i = 0; i < names.size(); i++) {
            cpe.write(names.get(i), values.get(i));
        }
        cpe.write(model.root() + "ManagementServer.ParameterKey", request.text("ParameterKey"));
        out.add("<cwmp:SetParameterValuesResponse><Status>0</Status></cwmp:SetParameterValuesResponse>");
    }

    private void attributes(Bytes out, AcsRequest request) {
        List<HomeGateway.Entry> found = parameters(request);
        out.add("<cwmp:GetParameterAttributesResponse>"
                + "<ParameterList soap-enc:arrayType=\"cwmp:ParameterAttributeStruct[" + found.size() + "]\">");
        for (HomeGateway.Entry entry : found) {
            out.add("<ParameterAttributeStruct><Name>").add(entry.path());
            out.add("</Name><Notification>0</Notification><AccessList soap-enc:arrayType=\"xsd:string[1]\">"
                    + "<string>Subscriber</string></AccessList></ParameterAttributeStruct>");
        }
        out.add("</ParameterList></cwmp:GetParameterAttributesResponse>");
    }

    private static void methods(Bytes out) {
        List<String> all = List.of(
                "GetRPCMethods",
                "GetParameterNames",
                "GetParameterValues",
                "SetParameterValues",
                "GetParameterAttributes",
                "SetParameterAttributes");
        out.add("<cwmp:GetRPCMethodsResponse><MethodList soap-enc:arrayType=\"xsd:string[" + all.size() + "]\">");
        all.forEach(method -> out.add("<string>" + method + "</string>"));
        out.add("</MethodList></cwmp:GetRPCMethodsResponse>");
    }

    private static void fault(Bytes out, int code, String text) {
        out.add("<soap-env:Fault><faultcode>Client</faultcode><faultstring>CWMP fault</faultstring><detail>"
                + "<cwmp:Fault><FaultCode>" + code + "</FaultCode><FaultString>" + text
                + "</FaultString></cwmp:Fault></detail></soap-env:Fault>");
    }

    private static void fault(Bytes out, int code, String text, String parameter, int parameterCode) {
        out.add("<soap-env:Fault><faultcode>Client</faultcode><faultstring>CWMP fault</faultstring><detail>"
                + "<cwmp:Fault><FaultCode>" + code + "</FaultCode><FaultString>" + text
                + "</FaultString><SetParameterValuesFault><ParameterName>" + parameter + "</ParameterName><FaultCode>"
                + parameterCode + "</FaultCode><FaultString>refused</FaultString></SetParameterValuesFault>"
                + "</cwmp:Fault></detail></soap-env:Fault>");
    }
}
