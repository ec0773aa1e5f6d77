package org.homeward.gateway.soap;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;

/** Envelopes as CPEs write them, and what reading them gave. */
final class Envelopes {

    static final String EVENT = "<EventStruct><EventCode>2 PERIODIC</EventCode><CommandKey></CommandKey></EventStruct>";

    private Envelopes() {}

    static String envelope(String namespace, String header, String body) {
        return "<SOAP-ENV:Envelope xmlns:SOAP-ENV=\"http://schemas.xmlsoap.org/soap/envelope/\""
                + " xmlns:SOAP-ENC=\"http://schemas.xmlsoap.org/soap/encoding/\""
                + " xmlns:xsd=\"http://www.w3.org/2001/XMLSchema\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\""
                + " xmlns:cwmp=\"" + namespace + "\"><SOAP-ENV:Header>" + header
                + "</SOAP-ENV:Header><SOAP-ENV:Body>" + body + "</SOAP-ENV:Body></SOAP-ENV:Envelope>";
    }

    static String envelope(String body) {
        return envelope(CwmpNamespace.V1_0, "<cwmp:ID SOAP-ENV:mustUnderstand=\"1\">7</cwmp:ID>", body);
    }

    static String inform(String device, String events, String parameters) {
        return envelope("<cwmp:Inform><DeviceId>" + device + "</DeviceId>"
                + "<Event SOAP-ENC:arrayType=\"cwmp:EventStruct[1]\">" + events + "</Event>"
                + "<MaxEnvelopes>1</MaxEnvelopes><CurrentTime>2026-11-21T08:00:00Z</CurrentTime><RetryCount>3</RetryCount>"
                + "<ParameterList SOAP-ENC:arrayType=\"cwmp:ParameterValueStruct[1]\">" + parameters
                + "</ParameterList></cwmp:Inform>");
    }

    static String device(String oui, String productClass, String serial) {
        return "<Manufacturer>Acme</Manufacturer><OUI>" + oui + "</OUI><ProductClass>" + productClass
                + "</ProductClass><SerialNumber>" + serial + "</SerialNumber>";
    }

    static String parameter(String name, String type, String value) {
        return "<ParameterValueStruct><Name>" + name + "</Name><Value xsi:type=\"" + type + "\">" + value
                + "</Value></ParameterValueStruct>";
    }

    static String inform() {
        return inform(
                device("00256D", "Gateway", "S1"),
                EVENT,
                parameter("Device.DeviceInfo.SoftwareVersion", "xsd:string", "1.2"));
    }

    static Reading read(String envelope) {
        return EnvelopeReader.read(envelope.getBytes(StandardCharsets.UTF_8));
    }

    static CpeMessage.Inform informIn(Reading reading) {
        assertThat(reading).isInstanceOf(Reading.Read.class);
        assertThat(((Reading.Read) reading).message()).isInstanceOf(CpeMessage.Inform.class);
        return (CpeMessage.Inform) ((Reading.Read) reading).message();
    }

    static Reading.Unreadable unreadable(Reading reading) {
        assertThat(reading).isInstanceOf(Reading.Unreadable.class);
        return (Reading.Unreadable) reading;
    }
}
