package org.homeward.simulator;

import java.util.ArrayList;
import java.util.List;
import org.homeward.simulator.model.DeviceModel;
import org.homeward.simulator.model.Node;
import org.homeward.simulator.soap.XmlOut;

/** Writes an Inform (TR-069 A.3.3.1). */
final class InformBody {
    private static final int MAX_EVENTS = 64;

    private InformBody() {}

    static String write(SimulatedCpe cpe, PendingEvents.Told what, int retryCount) {
        CpeIdentity identity = cpe.identity();
        DeviceModel model = cpe.model();
        List<CpeEvent> events = what.events();
        XmlOut out = new XmlOut()
                .open("cwmp:Inform")
                .open("DeviceId")
                .text("Manufacturer", identity.manufacturer())
                .text("OUI", identity.oui())
                .text("ProductClass", identity.productClass())
                .text("SerialNumber", identity.serial())
                .close("DeviceId");
        List<CpeEvent> told = events.subList(0, Math.min(events.size(), MAX_EVENTS));
        out.openArray("Event", "cwmp:EventStruct", told.size());
        for (CpeEvent event : told) {
            out.open("EventStruct")
                    .text("EventCode", event.code())
                    .text("CommandKey", event.commandKey())
                    .close("EventStruct");
        }
        out.close("Event")
                .text("MaxEnvelopes", "1")
                .text("CurrentTime", cpe.now())
                .text("RetryCount", Integer.toString(retryCount));
        List<String> paths = new ArrayList<>(model.base().informPaths());
        what.changed().stream().filter(path -> !paths.contains(path)).forEach(paths::add);
        paths.removeIf(path -> !(model.node(path) instanceof Node.Parameter));
        out.openArray("ParameterList", "cwmp:ParameterValueStruct", paths.size());
        for (String path : paths) {
            if (model.node(path) instanceof Node.Parameter parameter) {
                out.open("ParameterValueStruct")
                        .text("Name", path)
                        .typed("Value", cpe.typeOf(path, parameter), model.reported(path, parameter))
                        .close("ParameterValueStruct");
            }
        }
        return out.close("ParameterList").close("cwmp:Inform").toString();
    }
}
