package org.homeward.simulator;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.homeward.simulator.model.DeviceModel;
import org.homeward.simulator.model.DeviceModel.Assignment;
import org.homeward.simulator.model.DeviceModel.Entry;
import org.homeward.simulator.model.Node;
import org.homeward.simulator.soap.CwmpFault;
import org.homeward.simulator.soap.CwmpFault.ParameterFault;
import org.homeward.simulator.soap.Element;
import org.homeward.simulator.soap.XmlOut;

/** The RPCs on the data model: get, set, names, attributes, add, delete (TR-069 A.3.2.1 to A.3.2.7). */
final class ParameterRpcs {
    private static final int MAX_KEY = 32;
    private final SimulatedCpe cpe;
    private final DeviceModel model;
    private final int responseCap;
    private final SessionEffects effects;

    ParameterRpcs(SimulatedCpe cpe, SessionEffects effects) {
        this.cpe = cpe;
        this.model = cpe.model();
        this.responseCap = cpe.options().responseCap();
        this.effects = effects;
    }

    RpcAnswer setValues(Element request) {
        String key = request.childText("ParameterKey");
        List<Assignment> assignments = new ArrayList<>();
        Set<String> names = new HashSet<>();
        List<ParameterFault> twice = new ArrayList<>();
        for (Element struct : structs(request, "ParameterList", "ParameterValueStruct")) {
            String name = struct.childText("Name");
            Element value = struct.child("Value").orElse(null);
            if (value == null || key.length() > MAX_KEY) {
                return RpcAnswer.fault(9003);
            }
            String type = value.attributes().getOrDefault("type", "");
            assignments.add(new Assignment(name, type.substring(type.indexOf(':') + 1), value.text()));
            if (!names.add(name)) {
                twice.add(new ParameterFault(name, 9003, "Named twice"));
            }
        }
        if (!twice.isEmpty()) {
            return new RpcAnswer.Refusal(new CwmpFault(9003, "Invalid arguments", twice));
        }
        List<ParameterFault> faults = model.assign(assignments);
        if (!faults.isEmpty()) {
            return new RpcAnswer.Refusal(new CwmpFault(9003, "Invalid arguments", faults));
        }
        assignments.forEach(a -> cpe.happened(new Effect.Written(a.path(), a.value(), key)));
        names.forEach(this::noteEffect);
        keep(key);
        return new RpcAnswer.Response(
                "<cwmp:SetParameterValuesResponse><Status>0</Status></cwmp:SetParameterValuesResponse>");
    }

    private void noteEffect(String path) {
        String relative = path.substring(model.root().length());
        switch (relative) {
            case "ManagementServer.URL" -> effects.acsUrlChanged = true;
            case "ManagementServer.PeriodicInformEnable",
                    "ManagementServer.PeriodicInformInterval",
                    "ManagementServer.PeriodicInformTime",
                    "ManagementServer.HeartbeatPolicy.Enable",
                    "ManagementServer.HeartbeatPolicy.ReportingInterval",
                    "ManagementServer.HeartbeatPolicy.InitiationTime" -> effects.periodicInformChanged = true;
            case "ManagementServer.STUNEnable",
                    "ManagementServer.STUNServerAddress",
                    "ManagementServer.STUNServerPort",
                    "ManagementServer.STUNUsername",
                    "ManagementServer.STUNPassword",
                    "ManagementServer.STUNMinimumKeepAlivePeriod",
                    "ManagementServer.STUNMaximumKeepAlivePeriod" -> effects.stunChanged = true;
            case "ManagementServer.ConnReqXMPPConnection" -> effects.xmppChanged = true;
            default -> {
                if (relative.startsWith("XMPP.Connection.")) {
                    effects.xmppChanged = true;
                    return;
                }
                String object = path.substring(0, path.lastIndexOf('.') + 1);
                String state = object + "DiagnosticsState";
                if (model.node(state) == null) {
                    return;
                }
                if (model.value(state).orElse("").equals("Requested")) {
                    effects.diagnostics.add(object);
                } else if (!path.equals(state)) {
                    // A changed input makes an old result void.
                    model.put(state, "None");
                }
            }
        }
    }

    private void keep(String parameterKey) {
        model.put(model.root() + "ManagementServer.ParameterKey", parameterKey);
    }

    RpcAnswer getValues(Element request) {
        List<Entry> found = new ArrayList<>();
        for (String name : strings(request, "ParameterNames")) {
            Optional<List<Entry>> entries = parameters(name);
            if (entries.isEmpty()) {
                return RpcAnswer.fault(9005);
            }
            found.addAll(entries.get());
            if (responseCap > 0 && found.size() > responseCap) {
                return RpcAnswer.fault(9004);
            }
        }
        XmlOut out = new XmlOut().open("cwmp:GetParameterValuesResponse");
        out.openArray("ParameterList", "cwmp:ParameterValueStruct", found.size());
        for (Entry entry : found) {
            Node.Parameter parameter = (Node.Parameter) entry.node();
            out.open("ParameterValueStruct")
                    .text("Name", entry.path())
                    .typed("Value", cpe.typeOf(entry.path(), parameter), model.reported(entry.path(), parameter))
                    .close("ParameterValueStruct");
        }
        return response(out.close("ParameterList"), "GetParameterValues");
    }

    /** The parameters that a full name or partial path means; empty when there is nothing of that name. */
    private Optional<List<Entry>> parameters(String name) {
        if (!name.isEmpty() && !name.endsWith(".")) {
            Node node = model.node(name);
            return node instanceof Node.Parameter ? Optional.of(List.of(new Entry(name, node))) : Optional.empty();
        }
        if (!name.isEmpty() && model.node(name) == null) {
            return Optional.empty();
        }
        return Optional.of(model.subtree(name).stream()
                .filter(e -> e.node() instanceof Node.Parameter)
                .toList());
    }

    RpcAnswer getNames(Element request) {
        String path = request.childText("ParameterPath");
        boolean nextLevel = request.childFlag("NextLevel");
        List<Entry> entries;
        if (path.isEmpty() && nextLevel) {
            entries = List.of(new Entry(model.root(), new Node.ObjectNode(false, false)));
        } else if (path.isEmpty() || path.endsWith(".")) {
            entries = path.isEmpty() || model.node(path) != null
                    ? nextLevel ? model.children(path) : model.subtree(path)
                    : null;
        } else if (nextLevel) {
            return RpcAnswer.fault(9003);
        } else {
            Node node = model.node(path);
            entries = node instanceof Node.Parameter ? List.of(new Entry(path, node)) : null;
        }
        if (entries == null) {
            return RpcAnswer.fault(9005);
        }
        XmlOut out = new XmlOut().open("cwmp:GetParameterNamesResponse");
        out.openArray("ParameterList", "cwmp:ParameterInfoStruct", entries.size());
        for (Entry entry : entries) {
            out.open("ParameterInfoStruct")
                    .text("Name", entry.path())
                    .text("Writable", entry.node().writable() ? "1" : "0")
                    .close("ParameterInfoStruct");
        }
        return response(out.close("ParameterList"), "GetParameterNames");
    }

    RpcAnswer setAttributes(Element request) {
        record Change(String path, int notification) {}
        List<Change> changes = new ArrayList<>();
        for (Element struct : structs(request, "ParameterList", "SetParameterAttributesStruct")) {
            Optional<List<Entry>> entries = parameters(struct.childText("Name"));
            if (entries.isEmpty()) {
                return RpcAnswer.fault(9005);
            }
            if (struct.childFlag("NotificationChange")) {
                String notification = struct.childText("Notification");
                if (!notification.matches("[0-6]")) {
                    return RpcAnswer.fault(9003);
                }
                entries.get().forEach(e -> changes.add(new Change(e.path(), Integer.parseInt(notification))));
            }
        }
        changes.forEach(c -> {
            model.notification(c.path(), c.notification());
            cpe.happened(new Effect.AttributesSet(c.path(), c.notification()));
        });
        return RpcAnswer.empty("SetParameterAttributes");
    }

    RpcAnswer getAttributes(Element request) {
        List<Entry> found = new ArrayList<>();
        for (String name : strings(request, "ParameterNames")) {
            Optional<List<Entry>> entries = parameters(name);
            if (entries.isEmpty()) {
                return RpcAnswer.fault(9005);
            }
            found.addAll(entries.get());
        }
        XmlOut out = new XmlOut().open("cwmp:GetParameterAttributesResponse");
        out.openArray("ParameterList", "cwmp:ParameterAttributeStruct", found.size());
        for (Entry entry : found) {
            out.open("ParameterAttributeStruct")
                    .text("Name", entry.path())
                    .text("Notification", Integer.toString(model.notification(entry.path())))
                    .openArray("AccessList", "xsd:string", 1)
                    .text("string", "Subscriber")
                    .close("AccessList")
                    .close("ParameterAttributeStruct");
        }
        return response(out.close("ParameterList"), "GetParameterAttributes");
    }

    RpcAnswer addObject(Element request) {
        String name = request.childText("ObjectName");
        if (!name.endsWith(".") || model.node(name) == null) {
            return RpcAnswer.fault(9005);
        }
        if (request.childText("ParameterKey").length() > MAX_KEY) {
            return RpcAnswer.fault(9003);
        }
        int number = model.add(name);
        if (number == 0) {
            return RpcAnswer.fault(9005, "No instances can be added to " + name);
        }
        cpe.happened(new Effect.Added(name, number, request.childText("ParameterKey")));
        keep(request.childText("ParameterKey"));
        XmlOut out = new XmlOut().open("cwmp:AddObjectResponse");
        return response(out.text("InstanceNumber", Integer.toString(number)).text("Status", "0"), "AddObject");
    }

    RpcAnswer deleteObject(Element request) {
        if (!model.delete(request.childText("ObjectName"))) {
            return RpcAnswer.fault(9005);
        }
        if (request.childText("ObjectName").startsWith(model.root() + "XMPP.Connection.")) {
            effects.xmppChanged = true;
        }
        cpe.happened(new Effect.Deleted(request.childText("ObjectName"), request.childText("ParameterKey")));
        keep(request.childText("ParameterKey"));
        return response(new XmlOut().open("cwmp:DeleteObjectResponse").text("Status", "0"), "DeleteObject");
    }

    private static RpcAnswer response(XmlOut out, String method) {
        return new RpcAnswer.Response(out.close("cwmp:" + method + "Response").toString());
    }

    private static List<String> strings(Element request, String list) {
        return structs(request, list, "string").stream()
                .map(e -> e.text().strip())
                .toList();
    }

    private static List<Element> structs(Element request, String list, String element) {
        return request.child(list).map(l -> l.children(element)).orElse(List.of());
    }
}
