package org.homeward.simulator.acs.script;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.homeward.simulator.acs.Rpcs;

/** Turns a step's fields, named as in orders of the REST interface, into the body of an RPC. */
final class RpcReader {

    /** An RPC by its method's name. */
    record Rpc(String method, String body) {}

    private RpcReader() {}

    static Rpc read(String ask, Fields fields) {
        return switch (ask) {
            case "getRPCMethods" -> new Rpc("GetRPCMethods", Rpcs.getRpcMethods());
            case "getParameterNames" ->
                new Rpc(
                        "GetParameterNames",
                        Rpcs.getParameterNames(fields.text("path", ""), fields.flag("nextLevel", false)));
            case "getParameterValues" ->
                new Rpc(
                        "GetParameterValues",
                        Rpcs.getParameterValues(paths(fields).toArray(String[]::new)));
            case "getParameterAttributes" ->
                new Rpc(
                        "GetParameterAttributes",
                        Rpcs.getParameterAttributes(paths(fields).toArray(String[]::new)));
            case "setParameterValues" -> new Rpc("SetParameterValues", setValues(fields));
            case "setParameterAttributes" ->
                new Rpc(
                        "SetParameterAttributes",
                        Rpcs.setNotification(fields.text("path"), fields.number("notification", 2)));
            case "addObject" -> new Rpc("AddObject", Rpcs.addObject(fields.text("object")));
            case "deleteObject" -> new Rpc("DeleteObject", Rpcs.deleteObject(fields.text("object")));
            case "reboot" -> new Rpc("Reboot", Rpcs.reboot(fields.text("commandKey", "reboot")));
            case "factoryReset" -> new Rpc("FactoryReset", Rpcs.factoryReset());
            case "scheduleInform" ->
                new Rpc(
                        "ScheduleInform",
                        Rpcs.scheduleInform(fields.number("delaySeconds", 1), fields.text("commandKey", "inform")));
            case "download" ->
                new Rpc(
                        "Download",
                        Rpcs.download(
                                fields.text("commandKey", "download"),
                                fields.text("fileType", "1 Firmware Upgrade Image"),
                                fields.text("url"),
                                fields.text("username", ""),
                                fields.text("password", "")));
            case "upload" ->
                new Rpc(
                        "Upload",
                        Rpcs.upload(
                                fields.text("commandKey", "upload"),
                                fields.text("fileType", "1 Vendor Configuration File"),
                                fields.text("url")));
            case "raw" -> new Rpc(fields.text("method"), fields.text("xml"));
            default ->
                throw fields.wrong("there is no '" + ask + "' to ask; there are getRPCMethods, getParameterNames,"
                        + " getParameterValues, setParameterValues, getParameterAttributes, setParameterAttributes,"
                        + " addObject, deleteObject, reboot, factoryReset, scheduleInform, download, upload and raw");
        };
    }

    private static List<String> paths(Fields fields) {
        List<String> paths = fields.texts("paths");
        if (paths.isEmpty()) {
            throw fields.wrong("paths is missing");
        }
        return paths;
    }

    private static String setValues(Fields fields) {
        List<String[]> values = new ArrayList<>();
        for (Map.Entry<String, JsonNode> value : fields.map("values").entrySet()) {
            values.add(typed(value.getKey(), value.getValue(), fields));
        }
        if (values.isEmpty()) {
            throw fields.wrong("values is missing");
        }
        return Rpcs.setTypedValues(fields.text("parameterKey", ""), values.toArray(String[][]::new));
    }

    /** A text, a number or a truth; or {@code {value, type}} where the type is another. */
    private static String[] typed(String path, JsonNode value, Fields fields) {
        if (value.isObject()) {
            Fields typed = new Fields(path, value);
            String[] triple = {path, "xsd:" + typed.text("type"), typed.text("value")};
            typed.end();
            return triple;
        }
        if (!value.isValueNode() || value.isNull()) {
            throw fields.wrong(path + " has to be a text, a number, true or false, or {value, type}");
        }
        String type = value.isBoolean() ? "boolean" : value.isNumber() ? "unsignedInt" : "string";
        return new String[] {path, "xsd:" + type, value.asText()};
    }
}
