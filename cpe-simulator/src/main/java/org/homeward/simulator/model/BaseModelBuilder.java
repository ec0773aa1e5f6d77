package org.homeward.simulator.model;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.homeward.simulator.model.BaseModel.TemplateNode;

/** Collects a base model, whatever file it comes from, and gives every model the parameters a CPE cannot do without. */
final class BaseModelBuilder {
    private static final Set<String> HIDDEN = Set.of(
            "Password",
            "ConnectionRequestPassword",
            "STUNPassword",
            "KeyPassphrase",
            "PreSharedKey",
            "SAEPassphrase",
            "WEPKey");
    private final String name;
    private final TreeMap<String, Node> nodes = new TreeMap<>();
    private final Map<String, List<TemplateNode>> templates = new HashMap<>();
    private boolean numericBooleans;

    BaseModelBuilder(String name) {
        this.name = name;
    }

    static boolean isSecretName(String path) {
        return HIDDEN.contains(path.substring(path.lastIndexOf('.') + 1));
    }

    void numericBooleans() {
        numericBooleans = true;
    }

    void parameter(String path, Node.Parameter parameter) {
        nodes.put(path, parameter);
        addAncestors(path);
    }

    void object(String path, Node.ObjectNode object) {
        nodes.put(path, object);
        addAncestors(path);
    }

    void template(String table, List<TemplateNode> content) {
        templates.put(BaseModel.pattern(table), List.copyOf(content));
    }

    /** Adds an instance with everything its table's template has. */
    void instance(String path) {
        String table = path.substring(0, path.lastIndexOf('.', path.length() - 2) + 1);
        List<TemplateNode> content = templates.get(BaseModel.pattern(table));
        if (content == null) {
            throw new IllegalArgumentException("instance of an unknown table: " + path);
        }
        boolean writable = nodes.get(table) instanceof Node.ObjectNode object && object.writable();
        object(path, new Node.ObjectNode(false, writable));
        content.forEach(entry -> nodes.put(path + entry.name(), entry.node()));
    }

    void value(String path, String value) {
        if (!(nodes.get(path) instanceof Node.Parameter parameter)) {
            throw new IllegalArgumentException("value for an unknown parameter: " + path);
        }
        nodes.put(path, parameter.withValue(value));
    }

    private void addAncestors(String path) {
        for (int dot = path.lastIndexOf('.', path.length() - 2); dot > 0; dot = path.lastIndexOf('.', dot - 1)) {
            nodes.putIfAbsent(path.substring(0, dot + 1), new Node.ObjectNode(false, false));
        }
    }

    BaseModel build() {
        if (nodes.isEmpty()) {
            throw new IllegalArgumentException("empty data model: " + name);
        }
        String first = nodes.firstKey();
        String root = first.substring(0, first.indexOf('.') + 1);
        String info = root + "DeviceInfo.";
        own(info + "Manufacturer", "string(64)", "r", "${manufacturer}");
        own(info + "ManufacturerOUI", "string(6)", "r", "${oui}");
        own(info + "ProductClass", "string(64)", "r", "${productClass}");
        own(info + "SerialNumber", "string(64)", "r", "${serial}");
        own(info + "UpTime", "unsignedInt", "r", "${uptime}");
        ensure(info + "HardwareVersion", "string(64)", "ri", "1.0");
        ensure(info + "SoftwareVersion", "string(64)", "ria", "1.0.0");
        ensure(info + "ProvisioningCode", "string(64)", "wia", "");
        if (root.equals("Device.")) {
            ensure("Device.RootDataModelVersion", "string(32)", "ri", "2.15");
        } else {
            ensure(root + "DeviceSummary", "string(1024)", "ri", root + "1.4[](Baseline:1)");
            ensure(info + "SpecVersion", "string(16)", "ri", "1.0");
        }
        if (root.equals("InternetGatewayDevice.")) {
            nodes.keySet().stream()
                    .filter(path -> path.matches("[^.]+\\.WANDevice\\..*\\.ExternalIPAddress"))
                    .findFirst()
                    .ifPresent(path -> ensure(path, "string", "ri", ""));
        }
        String server = root + "ManagementServer.";
        own(server + "URL", "string(256)", "w", "${acsUrl}");
        own(server + "Username", "string(256)", "w", "${acsUsername}");
        own(server + "Password", "string(256)", "wh", "${acsPassword}");
        own(server + "ConnectionRequestURL", "string(256)", "ria", "${connectionRequestUrl}");
        own(server + "ConnectionRequestUsername", "string(256)", "w", "${connectionRequestUsername}");
        own(server + "ConnectionRequestPassword", "string(256)", "wh", "${connectionRequestPassword}");
        own(server + "PeriodicInformEnable", "boolean", "w", numericBooleans ? "1" : "true");
        own(server + "PeriodicInformInterval", "unsignedInt[1:]", "w", "${periodicInformInterval}");
        own(server + "PeriodicInformTime", "dateTime", "w", "0001-01-01T00:00:00Z");
        own(server + "ParameterKey", "string(32)", "ri", "");
        ensure(server + "CWMPRetryMinimumWaitInterval", "unsignedInt[1:65535]", "w", "5");
        ensure(server + "CWMPRetryIntervalMultiplier", "unsignedInt[1000:65535]", "w", "2000");
        return new BaseModel(name, numericBooleans, nodes, templates);
    }

    /** Replaces whatever the file said: these belong to the device itself. */
    private void own(String path, String type, String access, String value) {
        parameter(path, parameter(type, access, value));
    }

    private void ensure(String path, String type, String access, String value) {
        Node.Parameter wanted = parameter(type, access, value);
        if (nodes.get(path) instanceof Node.Parameter there) {
            nodes.put(
                    path,
                    new Node.Parameter(
                            there.type(),
                            there.writable(),
                            there.hidden(),
                            wanted.notification(),
                            wanted.inInform(),
                            there.value()));
        } else {
            parameter(path, wanted);
        }
    }

    /** Access letters: r read only, w writable, h hidden on read, i in every Inform, p passive and a active notification. */
    static Node.Parameter parameter(String type, String access, String value) {
        if (!access.matches("[rw][hipa]*")) {
            throw new IllegalArgumentException("not an access: " + access);
        }
        int notification = access.contains("a") ? 2 : access.contains("p") ? 1 : 0;
        return new Node.Parameter(
                ParameterType.of(type),
                access.startsWith("w"),
                access.contains("h"),
                notification,
                access.contains("i"),
                value);
    }

    /** Makes templates for tables that came without one, from their first instance. */
    void deriveTemplates() {
        for (Map.Entry<String, Node> entry : new ArrayList<>(nodes.entrySet())) {
            String path = entry.getKey();
            if (!(entry.getValue() instanceof Node.ObjectNode) || !path.matches(".*\\.\\d+\\.")) {
                continue;
            }
            String table = path.substring(0, path.lastIndexOf('.', path.length() - 2) + 1);
            boolean writable = nodes.get(table) instanceof Node.ObjectNode object && object.writable();
            nodes.put(table, new Node.ObjectNode(true, writable));
            templates.computeIfAbsent(BaseModel.pattern(table), t -> templateOf(path));
        }
    }

    private List<TemplateNode> templateOf(String instance) {
        List<TemplateNode> content = new ArrayList<>();
        nodes.subMap(instance, false, instance + '\uffff', false).forEach((path, node) -> {
            String relative = path.substring(instance.length());
            // Instances of inner tables are not born with the outer one.
            if (!relative.matches(".*(^|\\.)\\d+\\..*")) {
                content.add(new TemplateNode(
                        relative,
                        node instanceof Node.Parameter p ? p.withValue(p.type().empty()) : node));
            }
        });
        return content;
    }
}
