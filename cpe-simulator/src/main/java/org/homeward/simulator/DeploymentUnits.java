package org.homeward.simulator;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.homeward.simulator.model.DeviceModel;
import org.homeward.simulator.soap.Element;
import org.homeward.simulator.soap.XmlOut;

/**
 * The software modules of a CPE whose model has them (TR-069 A.4.1.10, TR-157): installs what it fetches, updates,
 * uninstalls, and tells the results in the order of the operations.
 */
final class DeploymentUnits {
    private static final Duration RUN = Duration.ofMillis(50);
    private static final int MAX_KEY = 32;
    private final SimulatedCpe cpe;
    private final DeviceModel model;
    private final String table;

    DeploymentUnits(SimulatedCpe cpe) {
        this.cpe = cpe;
        this.model = cpe.model();
        this.table = model.root() + "SoftwareModules.DeploymentUnit.";
    }

    boolean isSupported() {
        return model.node(table) != null;
    }

    RpcAnswer change(Element request, SessionEffects effects) {
        String key = request.childText("CommandKey");
        List<Element> operations = request.children("Operations");
        if (operations.isEmpty() || key.length() > MAX_KEY) {
            return RpcAnswer.fault(9003);
        }
        cpe.happened(new Effect.DeploymentUnitsChanged(key, operations.size()));
        effects.afterwards.add(() -> cpe.after(RUN, () -> carryOut(operations, key)));
        return RpcAnswer.empty("ChangeDUState");
    }

    private void carryOut(List<Element> operations, String commandKey) {
        String started = cpe.now();
        String key = cpe.told(commandKey);
        String results = operations.stream().map(o -> result(o, started)).collect(Collectors.joining());
        String body = new XmlOut()
                .open("cwmp:DUStateChangeComplete")
                .raw(results)
                .text("CommandKey", key)
                .close("cwmp:DUStateChangeComplete")
                .toString();
        List<CpeEvent> events =
                List.of(CpeEvent.of(CpeEvent.DU_STATE_CHANGE_COMPLETE), new CpeEvent(CpeEvent.M_CHANGE_DU_STATE, key));
        cpe.outbox().add(new Outbox.OwnRequest("DUStateChangeComplete", body, events, () -> {}));
        cpe.life().wakeUnlessRetrying();
    }

    /** How one operation ended. */
    private record Outcome(String uuid, String reference, String version, String state, int fault) {
        static Outcome failed(String uuid, int fault) {
            return new Outcome(uuid, "", "", "Failed", fault);
        }
    }

    private String result(Element operation, String started) {
        String type = operation.attributes().getOrDefault("type", "");
        Outcome outcome = switch (type.substring(type.indexOf(':') + 1)) {
            case "InstallOpStruct" -> install(operation);
            case "UpdateOpStruct" -> update(operation);
            case "UninstallOpStruct" -> uninstall(operation);
            default -> Outcome.failed(operation.childText("UUID"), 9003);
        };
        XmlOut out = new XmlOut()
                .open("Results")
                .text("UUID", outcome.uuid())
                .text("DeploymentUnitRef", outcome.reference())
                .text("Version", outcome.version())
                .text("CurrentState", outcome.state())
                .text("Resolved", outcome.fault() == 0 ? "1" : "0")
                .text("ExecutionUnitRefList", "")
                .text("StartTime", started)
                .text("CompleteTime", cpe.now());
        return OwnMessages.fault(out, "Fault", outcome.fault()).close("Results").toString();
    }

    private Outcome install(Element operation) {
        String url = operation.childText("URL");
        String given = operation.childText("UUID");
        String uuid = given.isEmpty()
                ? UUID.nameUUIDFromBytes(url.getBytes(StandardCharsets.UTF_8)).toString()
                : given;
        if (unit(uuid).isPresent()) {
            return Outcome.failed(uuid, 9026);
        }
        int fault = fetch(operation, url);
        if (fault != 0) {
            return Outcome.failed(uuid, fault);
        }
        String path = table + model.grow(table) + ".";
        model.put(path + "UUID", uuid);
        model.put(path + "Name", url.replaceFirst("^.*/", ""));
        model.put(path + "URL", url);
        model.put(path + "Status", "Installed");
        model.put(path + "Version", Firmware.versionIn(url).orElse("1.0"));
        return installed(uuid, path);
    }

    private Outcome update(Element operation) {
        String uuid = operation.childText("UUID");
        String url = operation.childText("URL");
        Optional<String> unit = unit(uuid);
        if (unit.isEmpty()) {
            return Outcome.failed(uuid, 9028);
        }
        String source = url.isEmpty() ? model.value(unit.get() + "URL").orElse("") : url;
        int fault = fetch(operation, source);
        if (fault != 0) {
            return Outcome.failed(uuid, fault);
        }
        String version = operation.childText("Version");
        String found = version.isEmpty() ? Firmware.versionIn(source).orElse("1.0") : version;
        model.put(unit.get() + "URL", source);
        model.put(unit.get() + "Version", found);
        return installed(uuid, unit.get());
    }

    private Outcome installed(String uuid, String path) {
        return new Outcome(uuid, path, model.value(path + "Version").orElse(""), "Installed", 0);
    }

    private Outcome uninstall(Element operation) {
        String uuid = operation.childText("UUID");
        Optional<String> unit = unit(uuid);
        if (unit.isEmpty()) {
            return Outcome.failed(uuid, 9028);
        }
        String version = model.value(unit.get() + "Version").orElse("");
        model.shrink(unit.get());
        return new Outcome(uuid, unit.get(), version, "Uninstalled", 0);
    }

    /** @return the fault, 0 for none */
    private int fetch(Element operation, String url) {
        URI uri = Urls.parse(url);
        if (uri == null || uri.getUserInfo() != null) {
            return 9003;
        }
        if (!uri.getScheme().matches("(?i)https?")) {
            return 9013;
        }
        FileTransport.Login login =
                new FileTransport.Login(operation.childText("Username"), operation.childText("Password"));
        return new FileTransport(cpe.options()).get(url, login, 0, false)
                        instanceof FileTransport.Outcome.Fault(int code)
                ? code == 9010 ? 9016 : code
                : 0;
    }

    private Optional<String> unit(String uuid) {
        return model.instances(table).stream()
                .map(i -> table + i + ".")
                .filter(path -> model.value(path + "UUID").orElse("").equals(uuid))
                .findFirst();
    }
}
