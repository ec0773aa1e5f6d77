package org.homeward.gateway.soap;

import com.ctc.wstx.api.WstxInputProperties;
import com.ctc.wstx.exc.WstxException;
import com.ctc.wstx.stax.WstxInputFactory;
import java.io.ByteArrayInputStream;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.xml.stream.Location;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.codehaus.stax2.XMLInputFactory2;
import org.homeward.contracts.rpc.DeploymentUnitResult;
import org.homeward.contracts.rpc.ParameterValue;
import org.homeward.contracts.rpc.RpcResult;
import org.homeward.contracts.session.DeviceIdentity;
import org.homeward.contracts.session.InformEvent;
import org.jspecify.annotations.Nullable;

/**
 * Reads what CPEs send. Lenient by what real stacks force on an ACS: any prefixes, no header, wrong array types, types
 * of any namespace, CDATA, a byte order mark, any encoding that the prolog names, missing elements. Where the XML itself
 * is broken it is mended once ({@link EnvelopeRepair}). Refused are document types, what is nested too deep or has too
 * many parts, more than 64 events, and devices that can't be named.
 */
public final class EnvelopeReader {

    private static final int MAX_EVENTS = 64;
    private static final int MAX_EVENT_CODE = 64;
    private static final int MAX_COMMAND_KEY = 256;
    private static final int MAX_ID = 256;
    private static final int MAX_METHOD = 64;
    private static final int MAX_MANUFACTURER = 256;
    private static final int MAX_TIME = 64;
    private static final int MAX_URL = 1024;
    private static final int MAX_FILE_TYPE = 64;
    private static final int MAX_FILE_NAME = 256;
    /** So many fit into one event. What is more is passed over. */
    private static final int MAX_DEPLOYMENT_UNITS = 64;

    static final XMLInputFactory2 STAX = stax();

    private static XMLInputFactory2 stax() {
        WstxInputFactory factory = new WstxInputFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        factory.setProperty(XMLInputFactory2.P_LAZY_PARSING, false);
        factory.setProperty(WstxInputProperties.P_MAX_ELEMENT_DEPTH, 32);
        // the largest trees seen have 8,000 parameters: three elements each
        factory.setProperty(WstxInputProperties.P_MAX_ELEMENT_COUNT, 120_000L);
        factory.setProperty(WstxInputProperties.P_MAX_CHILDREN_PER_ELEMENT, 30_000);
        factory.setProperty(WstxInputProperties.P_MAX_ATTRIBUTES_PER_ELEMENT, 32);
        factory.setProperty(WstxInputProperties.P_MAX_ATTRIBUTE_SIZE, 4096);
        factory.setProperty(WstxInputProperties.P_MAX_TEXT_LENGTH, 256 * 1024);
        return factory;
    }

    private EnvelopeReader() {}

    /** Reads a whole envelope; its encoding stands in its byte order mark or prolog, else it is UTF-8. */
    public static Reading read(byte[] envelope) {
        Attempt attempt = new Attempt(EnvelopeFacts.unknown());
        try {
            CpeMessage message = attempt.envelope(STAX.createXMLStreamReader(new ByteArrayInputStream(envelope)));
            return new Reading.Read(attempt.facts, message, false);
        } catch (WstxException e) {
            // not well-formed; limits and our own refusals are other exceptions
            String mended = EnvelopeRepair.mend(envelope);
            return mended == null ? attempt.unreadable(e) : readMended(mended, attempt.unreadable(e));
        } catch (XMLStreamException e) {
            return attempt.unreadable(e);
        }
    }

    private static Reading readMended(String envelope, Reading broken) {
        Attempt attempt = new Attempt(EnvelopeFacts.unknown());
        try {
            CpeMessage message = attempt.envelope(STAX.createXMLStreamReader(new StringReader(envelope)));
            return new Reading.Read(attempt.facts, message, true);
        } catch (WstxException e) {
            return broken; // names the place in what the CPE sent
        } catch (XMLStreamException e) {
            return attempt.unreadable(e);
        }
    }

    /** One pass over an envelope; remembers the facts around the message, so that a refusal can be answered. */
    private static final class Attempt {

        private EnvelopeFacts facts;

        Attempt(EnvelopeFacts facts) {
            this.facts = facts;
        }

        Reading unreadable(XMLStreamException e) {
            int code = e instanceof XmlCursor.Refusal refusal ? refusal.faultCode() : 8003;
            String reason = e instanceof XmlCursor.Refusal refusal ? refusal.reason() : "not well-formed XML";
            if (!(e instanceof XmlCursor.Refusal || e instanceof WstxException)) {
                code = 8004;
                reason = "XML beyond the bounds: " + e.getMessage();
            }
            @Nullable Location place = e.getLocation();
            return place == null
                    ? new Reading.Unreadable(facts, reason, code, 0, 0)
                    : new Reading.Unreadable(
                            facts,
                            reason,
                            code,
                            Math.max(0, place.getLineNumber()),
                            Math.max(0, place.getColumnNumber()));
        }

        CpeMessage envelope(XMLStreamReader reader) throws XMLStreamException {
            XmlCursor in = new XmlCursor(reader);
            if (!in.nextChild() || !in.name().equals("Envelope")) {
                throw in.refuse(8003, "not a SOAP envelope");
            }
            @Nullable CpeMessage message = null;
            while (in.nextChild()) {
                switch (in.name()) {
                    case "Header" -> header(in);
                    case "Body" -> message = message == null ? body(in) : skipped(in, message);
                    default -> in.skip();
                }
            }
            in.finish();
            if (message == null) {
                throw in.refuse(8003, "the envelope has no body");
            }
            return message;
        }

        private static CpeMessage skipped(XmlCursor in, CpeMessage message) throws XMLStreamException {
            in.skip();
            return message;
        }

        private void header(XmlCursor in) throws XMLStreamException {
            String namespace = facts.namespace();
            @Nullable String id = null;
            @Nullable Integer timeout = null;
            List<String> versions = List.of();
            while (in.nextChild()) {
                switch (in.name()) {
                    case "ID" -> {
                        if (CwmpNamespace.isSpoken(in.namespace())) {
                            namespace = in.namespace();
                        }
                        id = in.text();
                        if (id.length() > MAX_ID) {
                            throw in.refuse(8003, "header ID is longer than " + MAX_ID + " characters");
                        }
                    }
                    case "SessionTimeout" -> timeout = seconds(in.text());
                    case "SupportedCWMPVersions" -> versions = versions(in.text());
                    default -> in.skip(); // NoMoreRequests of CWMP 1.0 among them
                }
            }
            facts = new EnvelopeFacts(namespace, id, timeout, versions);
        }

        private static @Nullable Integer seconds(String text) {
            Fields field = new Fields(1);
            field.set(0, text);
            int seconds = field.integer(0, -1);
            return seconds < 0 ? null : seconds;
        }

        private static List<String> versions(String text) {
            return Arrays.stream(text.split(",", 16))
                    .map(String::strip)
                    .filter(version -> !version.isEmpty())
                    .toList();
        }

        private CpeMessage body(XmlCursor in) throws XMLStreamException {
            if (!in.nextChild()) {
                throw in.refuse(8003, "the body is empty");
            }
            CpeMessage message = message(in);
            while (in.nextChild()) {
                in.skip();
            }
            return message;
        }

        CpeMessage message(XmlCursor in) throws XMLStreamException {
            String method = in.name();
            if (method.equals("Fault")) {
                return new CpeMessage.Fault(Structs.fault(in, namespace -> facts = facts.in(namespace)));
            }
            String namespace = in.namespace();
            if (CwmpNamespace.isSpoken(namespace)) {
                facts = facts.in(namespace);
            } else if (namespace.startsWith(CwmpNamespace.FAMILY)) {
                facts = facts.in(CwmpNamespace.V1_2); // the oldest that knows the code
                throw in.refuse(8006, "a CWMP version that we don't speak");
            } else if (!namespace.isEmpty()) {
                throw in.refuse(8003, "the body holds no CWMP message");
            }
            return switch (method) {
                case "Inform" -> inform(in);
                case "TransferComplete" -> transferComplete(in);
                case "AutonomousTransferComplete" -> autonomousTransferComplete(in);
                case "DUStateChangeComplete" -> {
                    Fields own = new Fields(1);
                    List<DeploymentUnitResult> results = deploymentUnits(in, own);
                    yield new CpeMessage.DUStateChangeComplete(own.text(0, MAX_COMMAND_KEY), results);
                }
                case "AutonomousDUStateChangeComplete" ->
                    new CpeMessage.AutonomousDUStateChangeComplete(deploymentUnits(in, new Fields(1)));
                case "GetRPCMethods" -> {
                    in.skip();
                    yield new CpeMessage.GetRPCMethods();
                }
                default -> other(in, method);
            };
        }

        private static CpeMessage other(XmlCursor in, String method) throws XMLStreamException {
            if (method.endsWith("Response")) {
                String rpc = method.substring(0, method.length() - "Response".length());
                RpcResult result = RpcTable.answer(rpc, in);
                return result instanceof RpcResult.Fault fault
                        ? new CpeMessage.Fault(fault)
                        : new CpeMessage.RpcResponse(rpc, result);
            }
            if (method.length() > MAX_METHOD) {
                throw in.refuse(8003, "a method's name is longer than " + MAX_METHOD + " characters");
            }
            in.skip();
            return new CpeMessage.OtherRequest(method);
        }

        private static CpeMessage inform(XmlCursor in) throws XMLStreamException {
            @Nullable DeviceIdentity device = null;
            List<InformEvent> events = List.of();
            List<ParameterValue> parameters = List.of();
            Fields fields = new Fields(2);
            while (in.nextChild()) {
                switch (in.name()) {
                    case "DeviceId" -> device = device(in);
                    case "Event" -> events = events(in);
                    case "CurrentTime" -> fields.set(0, in.text());
                    case "RetryCount" -> fields.set(1, in.text());
                    case "ParameterList" -> parameters = Structs.values(in);
                    default -> in.skip();
                }
            }
            if (device == null) {
                throw in.refuse(8003, "the Inform has no DeviceId");
            }
            return new CpeMessage.Inform(
                    device, events, fields.text(0, MAX_TIME), Math.max(0, fields.integer(1, 0)), parameters);
        }

        private static DeviceIdentity device(XmlCursor in) throws XMLStreamException {
            Fields fields = in.fields("Manufacturer", "OUI", "ProductClass", "SerialNumber");
            DeviceIdentity device = new DeviceIdentity(fields.text(0), fields.text(1), fields.text(2), fields.text(3));
            if (device.manufacturer().length() > MAX_MANUFACTURER) {
                throw in.refuse(8003, "DeviceId: Manufacturer is longer than " + MAX_MANUFACTURER + " characters");
            }
            try {
                device.deviceId();
            } catch (IllegalArgumentException e) {
                throw in.refuse(8003, "DeviceId: " + e.getMessage());
            }
            return device;
        }

        private static List<InformEvent> events(XmlCursor in) throws XMLStreamException {
            List<InformEvent> events = new ArrayList<>(4);
            while (in.nextChild()) {
                Fields fields = in.fields("EventCode", "CommandKey");
                if (fields.text(0).length() > MAX_EVENT_CODE || fields.text(1).length() > MAX_COMMAND_KEY) {
                    throw in.refuse(8003, "an event's code or command key is too long");
                }
                if (fields.has(0)) {
                    events.add(new InformEvent(fields.text(0), fields.text(1)));
                }
                if (events.size() > MAX_EVENTS) {
                    throw in.refuse(8003, "more than " + MAX_EVENTS + " events");
                }
            }
            return events;
        }

        private static CpeMessage transferComplete(XmlCursor in) throws XMLStreamException {
            Fields own = new Fields(3);
            Fields fault = new Fields(2);
            while (in.nextChild()) {
                switch (in.name()) {
                    case "CommandKey" -> own.set(0, in.text());
                    case "StartTime" -> own.set(1, in.text());
                    case "CompleteTime" -> own.set(2, in.text());
                    case "FaultStruct" -> fault = in.fields("FaultCode", "FaultString");
                    default -> in.skip();
                }
            }
            return new CpeMessage.TransferComplete(
                    own.text(0, MAX_COMMAND_KEY),
                    fault.integer(0, 0),
                    fault.text(1, Structs.MAX_FAULT_TEXT),
                    own.text(1, MAX_TIME),
                    own.text(2, MAX_TIME));
        }

        private static List<DeploymentUnitResult> deploymentUnits(XmlCursor in, Fields own) throws XMLStreamException {
            List<DeploymentUnitResult> results = new ArrayList<>(4);
            while (in.nextChild()) {
                switch (in.name()) {
                    case "CommandKey" -> own.set(0, in.text());
                    case "Results" -> {
                        DeploymentUnitResult result = Structs.deploymentUnit(in);
                        if (results.size() < MAX_DEPLOYMENT_UNITS) {
                            results.add(result);
                        }
                    }
                    default -> in.skip();
                }
            }
            return results;
        }

        private static CpeMessage autonomousTransferComplete(XmlCursor in) throws XMLStreamException {
            Fields own = new Fields(8);
            Fields fault = new Fields(2);
            while (in.nextChild()) {
                switch (in.name()) {
                    case "AnnounceURL" -> own.set(0, in.text());
                    case "TransferURL" -> own.set(1, in.text());
                    case "IsDownload" -> own.set(2, in.text());
                    case "FileType" -> own.set(3, in.text());
                    case "FileSize" -> own.set(4, in.text());
                    case "TargetFileName" -> own.set(5, in.text());
                    case "StartTime" -> own.set(6, in.text());
                    case "CompleteTime" -> own.set(7, in.text());
                    case "FaultStruct" -> fault = in.fields("FaultCode", "FaultString");
                    default -> in.skip();
                }
            }
            return new CpeMessage.AutonomousTransferComplete(
                    own.text(0, MAX_URL),
                    own.text(1, MAX_URL),
                    own.bool(2),
                    own.text(3, MAX_FILE_TYPE),
                    own.number(4, 0),
                    own.text(5, MAX_FILE_NAME),
                    fault.integer(0, 0),
                    fault.text(1, Structs.MAX_FAULT_TEXT),
                    own.text(6, MAX_TIME),
                    own.text(7, MAX_TIME));
        }
    }
}
