package org.homeward.gateway.soap;

import java.util.ArrayList;
import java.util.List;
import javax.xml.stream.XMLStreamException;
import org.homeward.contracts.rpc.ParameterValue;
import org.homeward.contracts.session.DeviceIdentity;
import org.homeward.contracts.session.InformEvent;
import org.jspecify.annotations.Nullable;

/** Reads the calls of a CPE that we serve, the method's element being open (TR-069 A.3.3). */
final class CpeCalls {

    private static final int MAX_EVENTS = 64;
    private static final int MAX_EVENT_CODE = 64;
    private static final int MAX_COMMAND_KEY = 256;
    private static final int MAX_MANUFACTURER = 256;

    private CpeCalls() {}

    static CpeMessage inform(XmlCursor in) throws XMLStreamException {
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
        return new CpeMessage.Inform(device, events, fields.text(0), Math.max(0, fields.integer(1, 0)), parameters);
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

    static CpeMessage transferComplete(XmlCursor in) throws XMLStreamException {
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
                own.text(0), fault.integer(0, 0), fault.text(1), own.text(1), own.text(2));
    }

    static CpeMessage autonomousTransferComplete(XmlCursor in) throws XMLStreamException {
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
                own.text(0),
                own.text(1),
                own.bool(2),
                own.text(3),
                own.number(4, 0),
                own.text(5),
                fault.integer(0, 0),
                fault.text(1),
                own.text(6),
                own.text(7));
    }
}
