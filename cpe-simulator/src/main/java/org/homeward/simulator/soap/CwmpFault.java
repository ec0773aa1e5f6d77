package org.homeward.simulator.soap;

import java.util.List;

/**
 * A CWMP fault (TR-069 A.5).
 *
 * @param code 8000..8899 from an ACS, 9000..9899 from a CPE
 * @param parameters the parameters that a refused SetParameterValues names
 */
public record CwmpFault(int code, String text, List<ParameterFault> parameters) {

    /** One SetParameterValuesFault. */
    public record ParameterFault(String name, int code, String text) {}

    public CwmpFault {
        parameters = List.copyOf(parameters);
    }

    public static CwmpFault of(int code) {
        return new CwmpFault(code, defaultText(code), List.of());
    }

    public static CwmpFault of(int code, String text) {
        return new CwmpFault(code, text, List.of());
    }

    /** The standard's name of a CPE fault. */
    public static String defaultText(int code) {
        return switch (code) {
            case 9000 -> "Method not supported";
            case 9001 -> "Request denied";
            case 9002 -> "Internal error";
            case 9003 -> "Invalid arguments";
            case 9004 -> "Resources exceeded";
            case 9005 -> "Invalid parameter name";
            case 9006 -> "Invalid parameter type";
            case 9007 -> "Invalid parameter value";
            case 9008 -> "Attempt to set a non-writable parameter";
            case 9009 -> "Notification request rejected";
            case 9010 -> "Download failure";
            case 9011 -> "Upload failure";
            case 9012 -> "File transfer server authentication failure";
            case 9013 -> "Unsupported protocol for file transfer";
            case 9015 -> "Unable to contact file server";
            case 9016 -> "Unable to access file";
            case 9017 -> "Unable to complete download";
            case 9018 -> "File corrupted";
            case 9020 -> "Unable to complete download within specified time windows";
            case 9021 -> "Cancelation of file transfer not permitted in current transfer state";
            default -> "CWMP fault";
        };
    }

    /** The SOAP Fault element, ready for a body. */
    public String toXml() {
        XmlOut out = new XmlOut().open("soap-env:Fault");
        // TR-069 A.5: the sender's mistakes are Client, ours are Server.
        out.text("faultcode", code == 9001 || code == 9002 || code == 9004 ? "Server" : "Client");
        out.text("faultstring", "CWMP fault").open("detail").open("cwmp:Fault");
        out.text("FaultCode", Integer.toString(code)).text("FaultString", text);
        for (ParameterFault parameter : parameters) {
            out.open("SetParameterValuesFault")
                    .text("ParameterName", parameter.name())
                    .text("FaultCode", Integer.toString(parameter.code()))
                    .text("FaultString", parameter.text())
                    .close("SetParameterValuesFault");
        }
        return out.close("cwmp:Fault").close("detail").close("soap-env:Fault").toString();
    }

    static CwmpFault read(Element soapFault) {
        Element detail = soapFault
                .child("detail")
                .flatMap(d -> d.child("Fault"))
                .orElseThrow(() -> new IllegalArgumentException("SOAP fault without cwmp:Fault in its detail"));
        List<ParameterFault> parameters = detail.children("SetParameterValuesFault").stream()
                .map(p -> new ParameterFault(
                        p.childText("ParameterName"),
                        Integer.parseInt(p.childText("FaultCode")),
                        p.childText("FaultString")))
                .toList();
        return new CwmpFault(
                Integer.parseInt(detail.childText("FaultCode")), detail.childText("FaultString"), parameters);
    }
}
