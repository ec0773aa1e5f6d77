package org.homeward.simulator;

import java.util.ArrayList;
import java.util.List;
import org.homeward.simulator.soap.Element;
import org.homeward.simulator.soap.XmlOut;

/** Answers what an ACS may ask of a CPE (TR-069 A.3 and A.4); what it does not know gets fault 9000. */
final class RpcAnswers {
    private static final List<String> METHODS = List.of(
            "GetRPCMethods",
            "SetParameterValues",
            "GetParameterValues",
            "GetParameterNames",
            "SetParameterAttributes",
            "GetParameterAttributes",
            "AddObject",
            "DeleteObject",
            "Reboot",
            "Download",
            "Upload",
            "FactoryReset",
            "ScheduleInform",
            "GetQueuedTransfers",
            "GetAllQueuedTransfers",
            "ScheduleDownload",
            "CancelTransfer",
            "GetOptions",
            "SetVouchers");
    private static final String CHANGE_DU_STATE = "ChangeDUState";
    private final SimulatedCpe cpe;
    private final SessionEffects effects;
    private final ParameterRpcs parameters;
    private final DeploymentUnits units;

    RpcAnswers(SimulatedCpe cpe, SessionEffects effects) {
        this.cpe = cpe;
        this.effects = effects;
        this.units = new DeploymentUnits(cpe);
        this.parameters = new ParameterRpcs(cpe, effects);
    }

    RpcAnswer answer(Element request) {
        return switch (request.name()) {
            case "GetRPCMethods" -> methods();
            case "SetParameterValues" -> parameters.setValues(request);
            case "GetParameterValues" -> parameters.getValues(request);
            case "GetParameterNames" -> parameters.getNames(request);
            case "SetParameterAttributes" -> parameters.setAttributes(request);
            case "GetParameterAttributes" -> parameters.getAttributes(request);
            case "AddObject" -> parameters.addObject(request);
            case "DeleteObject" -> parameters.deleteObject(request);
            case "Reboot" -> {
                effects.rebootKey = request.childText("CommandKey");
                cpe.happened(new Effect.RebootAsked(effects.rebootKey));
                yield RpcAnswer.empty("Reboot");
            }
            case "FactoryReset" -> {
                effects.factoryReset = true;
                cpe.happened(new Effect.FactoryResetAsked());
                yield RpcAnswer.empty("FactoryReset");
            }
            case "ScheduleInform" -> scheduleInform(request);
            case "Download" -> cpe.transfers().download(request);
            case "ScheduleDownload" -> cpe.transfers().scheduleDownload(request);
            case "Upload" -> cpe.transfers().upload(request);
            case "CancelTransfer" -> cpe.transfers().cancel(request);
            case "GetQueuedTransfers" -> cpe.transfers().queued();
            case "GetAllQueuedTransfers" -> cpe.transfers().allQueued();
            case CHANGE_DU_STATE -> units.isSupported() ? units.change(request, effects) : RpcAnswer.fault(9000);
            // Deprecated, and never more than this (TR-069 A.4.1.2, A.4.1.3).
            case "GetOptions" -> options();
            case "SetVouchers" -> RpcAnswer.empty("SetVouchers");
            default -> RpcAnswer.fault(9000);
        };
    }

    private static RpcAnswer options() {
        XmlOut out = new XmlOut().open("cwmp:GetOptionsResponse").openArray("OptionList", "cwmp:OptionStruct", 0);
        return new RpcAnswer.Response(
                out.close("OptionList").close("cwmp:GetOptionsResponse").toString());
    }

    private RpcAnswer methods() {
        List<String> methods = new ArrayList<>(METHODS);
        if (units.isSupported()) {
            methods.add(CHANGE_DU_STATE);
        }
        XmlOut out = new XmlOut().open("cwmp:GetRPCMethodsResponse");
        out.openArray("MethodList", "xsd:string", methods.size());
        methods.forEach(m -> out.text("string", m));
        return new RpcAnswer.Response(
                out.close("MethodList").close("cwmp:GetRPCMethodsResponse").toString());
    }

    private RpcAnswer scheduleInform(Element request) {
        String delay = request.childText("DelaySeconds");
        if (!delay.matches("\\d{1,9}") || Integer.parseInt(delay) == 0) {
            return RpcAnswer.fault(9003);
        }
        cpe.happened(new Effect.InformScheduled(request.childText("CommandKey")));
        cpe.scheduleInform(Integer.parseInt(delay), request.childText("CommandKey"));
        return RpcAnswer.empty("ScheduleInform");
    }
}
