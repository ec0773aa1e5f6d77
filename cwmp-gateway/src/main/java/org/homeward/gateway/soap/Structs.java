package org.homeward.gateway.soap;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import javax.xml.stream.XMLStreamException;
import org.homeward.contracts.rpc.DeploymentUnitResult;
import org.homeward.contracts.rpc.ParameterAttributes;
import org.homeward.contracts.rpc.ParameterFault;
import org.homeward.contracts.rpc.ParameterInfo;
import org.homeward.contracts.rpc.ParameterValue;
import org.homeward.contracts.rpc.QueuedTransfer;
import org.homeward.contracts.rpc.RpcResult;
import org.homeward.contracts.rpc.ValueType;

/** Reads the structs and lists of TR-069 Annex A. What an array says of its length is not looked at: CPEs lie. */
final class Structs {

    private static final int MAX_PATH = 256;
    /** A value larger than this fits no event. */
    private static final int MAX_VALUE = 128 * 1024;
    /** What people read of a fault. */
    static final int MAX_FAULT_TEXT = 1024;
    /** Entries of a list that none has as many of: methods, transfers, faults. What is more is passed over. */
    static final int MAX_ENTRIES = 1_000;

    /** Of one deployment unit. */
    private static final int MAX_EXECUTION_UNITS = 8;

    private Structs() {}

    /** Reads one struct whose element is open. */
    @FunctionalInterface
    interface Item<T> {
        T read(XmlCursor in) throws XMLStreamException;
    }

    /** The items of the list with this name among the children of the open element. */
    static <T> List<T> list(XmlCursor in, String name, Item<T> item) throws XMLStreamException {
        List<T> items = new ArrayList<>();
        while (in.nextChild()) {
            if (in.name().equals(name)) {
                items(in, item, items);
            } else {
                in.skip();
            }
        }
        return items;
    }

    static <T> void items(XmlCursor in, Item<T> item, List<T> items) throws XMLStreamException {
        while (in.nextChild()) {
            items.add(item.read(in));
        }
    }

    /** The first strings of a list whose element is open. @param longest to which each is cut */
    static List<String> strings(XmlCursor in, int longest) throws XMLStreamException {
        List<String> strings = new ArrayList<>();
        while (in.nextChild()) {
            String text = in.text();
            if (strings.size() < MAX_ENTRIES) {
                strings.add(Fields.cut(text.strip(), longest));
            }
        }
        return strings;
    }

    /** ParameterList of an Inform or a GetParameterValuesResponse. */
    static List<ParameterValue> values(XmlCursor in) throws XMLStreamException {
        List<ParameterValue> values = new ArrayList<>();
        Map<String, Integer> places = new HashMap<>();
        while (in.nextChild()) {
            ParameterValue value = value(in);
            if (value.path().isEmpty()) {
                continue;
            }
            Integer earlier = places.putIfAbsent(value.path(), values.size());
            if (earlier == null) {
                values.add(value);
            } else {
                values.set(earlier, value);
            }
        }
        return values;
    }

    private static ParameterValue value(XmlCursor in) throws XMLStreamException {
        String path = "";
        String value = "";
        ValueType type = ValueType.UNKNOWN;
        while (in.nextChild()) {
            switch (in.name()) {
                case "Name" -> path = path(in, in.text());
                case "Value" -> {
                    type = in.type();
                    value = in.text();
                    if (value.length() > MAX_VALUE) {
                        throw in.refuse(8004, "a parameter's value is longer than " + MAX_VALUE + " characters");
                    }
                }
                default -> in.skip();
            }
        }
        return new ParameterValue(path, value, type);
    }

    private static String path(XmlCursor in, String text) throws XMLStreamException {
        String path = text.strip();
        if (path.length() > MAX_PATH) {
            throw in.refuse(8003, "a parameter's name is longer than " + MAX_PATH + " characters");
        }
        return path;
    }

    static ParameterInfo name(XmlCursor in) throws XMLStreamException {
        Fields fields = in.fields("Name", "Writable");
        return new ParameterInfo(path(in, fields.text(0)), fields.bool(1));
    }

    static ParameterAttributes attributes(XmlCursor in) throws XMLStreamException {
        Fields fields = new Fields(2);
        List<String> accessList = List.of();
        while (in.nextChild()) {
            switch (in.name()) {
                case "Name" -> fields.set(0, path(in, in.text()));
                case "Notification" -> fields.set(1, in.text());
                case "AccessList" -> accessList = strings(in, 64);
                default -> in.skip();
            }
        }
        return new ParameterAttributes(fields.text(0), fields.integer(1, 0), accessList);
    }

    static QueuedTransfer transfer(XmlCursor in) throws XMLStreamException {
        Fields fields = in.fields("CommandKey", "State", "IsDownload", "FileType", "FileSize", "TargetFileName");
        return new QueuedTransfer(
                fields.text(0, 256),
                fields.integer(1, 0),
                fields.has(2) ? fields.bool(2) : null,
                fields.has(3) ? fields.text(3, 64) : null,
                fields.has(4) ? fields.number(4, 0) : null,
                fields.has(5) ? fields.text(5, 256) : null);
    }

    /** OpResultStruct or AutonOpResultStruct. */
    static DeploymentUnitResult deploymentUnit(XmlCursor in) throws XMLStreamException {
        Fields own = new Fields(9);
        Fields fault = new Fields(2);
        while (in.nextChild()) {
            switch (in.name()) {
                case "UUID" -> own.set(0, in.text());
                case "DeploymentUnitRef" -> own.set(1, in.text());
                case "Version" -> own.set(2, in.text());
                case "CurrentState" -> own.set(3, in.text());
                case "Resolved" -> own.set(4, in.text());
                case "ExecutionUnitRefList" -> own.set(5, in.text());
                case "StartTime" -> own.set(6, in.text());
                case "CompleteTime" -> own.set(7, in.text());
                case "OperationPerformed" -> own.set(8, in.text());
                case "Fault" -> fault = in.fields("FaultCode", "FaultString");
                default -> in.skip();
            }
        }
        return new DeploymentUnitResult(
                own.has(8) ? own.text(8, 64) : null,
                own.text(0, 64),
                own.text(1, MAX_PATH),
                own.text(2, 64),
                own.text(3, 64),
                own.bool(4),
                paths(own.text(5)),
                own.text(6, 64),
                own.text(7, 64),
                fault.integer(0, 0),
                fault.text(1, 256));
    }

    /** Of a comma-separated list. */
    private static List<String> paths(String list) {
        return Arrays.stream(list.split(","))
                .map(String::strip)
                .filter(path -> !path.isEmpty() && path.length() <= MAX_PATH)
                .limit(MAX_EXECUTION_UNITS)
                .toList();
    }

    /** A SOAP fault with the CWMP fault in its detail, or a CWMP fault that lacks the SOAP fault around it. */
    static RpcResult.Fault fault(XmlCursor in, Consumer<String> namespace) throws XMLStreamException {
        FaultParts parts = new FaultParts();
        fault(in, parts, namespace);
        return new RpcResult.Fault(
                parts.fields.integer(0, 0),
                parts.fields.text(parts.fields.has(1) ? 1 : 2, MAX_FAULT_TEXT),
                parts.parameters);
    }

    private static final class FaultParts {
        /** FaultCode, FaultString, faultstring. */
        final Fields fields = new Fields(3);

        final List<ParameterFault> parameters = new ArrayList<>();
    }

    private static void fault(XmlCursor in, FaultParts parts, Consumer<String> namespace) throws XMLStreamException {
        if (CwmpNamespace.isSpoken(in.namespace())) {
            namespace.accept(in.namespace());
        }
        while (in.nextChild()) {
            part(in, parts, namespace);
        }
    }

    /** One C stack in the field puts the detail into the faultstring. */
    private static void part(XmlCursor in, FaultParts parts, Consumer<String> namespace) throws XMLStreamException {
        switch (in.name()) {
            case "detail", "Detail", "Fault" -> fault(in, parts, namespace);
            case "FaultCode" -> parts.fields.set(0, in.text());
            case "FaultString" -> parts.fields.set(1, in.text());
            case "faultstring" -> parts.fields.set(2, in.text(() -> part(in, parts, namespace)));
            case "SetParameterValuesFault" -> {
                Fields fields = in.fields("ParameterName", "FaultCode", "FaultString");
                if (parts.parameters.size() < MAX_ENTRIES) {
                    parts.parameters.add(new ParameterFault(
                            path(in, fields.text(0)), fields.integer(1, 0), fields.text(2, MAX_FAULT_TEXT)));
                }
            }
            default -> in.skip();
        }
    }
}
