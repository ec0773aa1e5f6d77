package org.homeward.simulator.acs;

import java.util.Map;
import org.homeward.simulator.soap.XmlOut;

/** Writes the bodies of RPCs that an ACS sends (TR-069 A.3.2, A.4.1). */
public final class Rpcs {
    private Rpcs() {}

    public static String getRpcMethods() {
        return "<cwmp:GetRPCMethods/>";
    }

    /** All values as {@code xsd:string}; see {@link #setParameterValue} for others. */
    public static String setParameterValues(Map<String, String> values, String parameterKey) {
        XmlOut out = new XmlOut().open("cwmp:SetParameterValues");
        out.openArray("ParameterList", "cwmp:ParameterValueStruct", values.size());
        values.forEach((name, value) -> struct(out, name, "xsd:string", value));
        return out.close("ParameterList")
                .text("ParameterKey", parameterKey)
                .close("cwmp:SetParameterValues")
                .toString();
    }

    /** One value; name, XML Schema type such as {@code xsd:boolean}, value. */
    public static String setParameterValue(String name, String type, String value) {
        return setTypedValues("", new String[] {name, type, value});
    }

    /** Several values, each as name, type and value. */
    public static String setTypedValues(String parameterKey, String[]... values) {
        XmlOut out = new XmlOut().open("cwmp:SetParameterValues");
        out.openArray("ParameterList", "cwmp:ParameterValueStruct", values.length);
        for (String[] value : values) {
            struct(out, value[0], value[1], value[2]);
        }
        return out.close("ParameterList")
                .text("ParameterKey", parameterKey)
                .close("cwmp:SetParameterValues")
                .toString();
    }

    private static void struct(XmlOut out, String name, String type, String value) {
        out.open("ParameterValueStruct")
                .text("Name", name)
                .typed("Value", type, value)
                .close("ParameterValueStruct");
    }

    public static String getParameterValues(String... names) {
        return names("GetParameterValues", names);
    }

    public static String getParameterAttributes(String... names) {
        return names("GetParameterAttributes", names);
    }

    private static String names(String method, String... names) {
        XmlOut out = new XmlOut().open("cwmp:" + method);
        out.openArray("ParameterNames", "xsd:string", names.length);
        for (String name : names) {
            out.text("string", name);
        }
        return out.close("ParameterNames").close("cwmp:" + method).toString();
    }

    public static String getParameterNames(String path, boolean nextLevel) {
        return arguments("GetParameterNames", "ParameterPath", path, "NextLevel", nextLevel ? "1" : "0");
    }

    public static String setNotification(String name, int notification) {
        return new XmlOut()
                .open("cwmp:SetParameterAttributes")
                .openArray("ParameterList", "cwmp:SetParameterAttributesStruct", 1)
                .open("SetParameterAttributesStruct")
                .text("Name", name)
                .text("NotificationChange", "1")
                .text("Notification", Integer.toString(notification))
                .text("AccessListChange", "0")
                .raw("<AccessList/>")
                .close("SetParameterAttributesStruct")
                .close("ParameterList")
                .close("cwmp:SetParameterAttributes")
                .toString();
    }

    public static String addObject(String table) {
        return arguments("AddObject", "ObjectName", table, "ParameterKey", "");
    }

    public static String deleteObject(String instance) {
        return arguments("DeleteObject", "ObjectName", instance, "ParameterKey", "");
    }

    public static String reboot(String commandKey) {
        return arguments("Reboot", "CommandKey", commandKey);
    }

    public static String factoryReset() {
        return "<cwmp:FactoryReset/>";
    }

    public static String scheduleInform(int delaySeconds, String commandKey) {
        return arguments("ScheduleInform", "DelaySeconds", Integer.toString(delaySeconds), "CommandKey", commandKey);
    }

    public static String download(String commandKey, String fileType, String url) {
        return download(commandKey, fileType, url, "", "");
    }

    public static String download(String commandKey, String fileType, String url, String username, String password) {
        return arguments(
                "Download",
                "CommandKey",
                commandKey,
                "FileType",
                fileType,
                "URL",
                url,
                "Username",
                username,
                "Password",
                password,
                "FileSize",
                "0",
                "TargetFileName",
                "",
                "DelaySeconds",
                "0",
                "SuccessURL",
                "",
                "FailureURL",
                "");
    }

    public static String upload(String commandKey, String fileType, String url) {
        return arguments(
                "Upload",
                "CommandKey",
                commandKey,
                "FileType",
                fileType,
                "URL",
                url,
                "Username",
                "",
                "Password",
                "",
                "DelaySeconds",
                "0");
    }

    /** Any method of simple arguments: names and values by turns. */
    public static String arguments(String method, String... namesAndValues) {
        XmlOut out = new XmlOut().open("cwmp:" + method);
        for (int i = 0; i < namesAndValues.length; i += 2) {
            out.text(namesAndValues[i], namesAndValues[i + 1]);
        }
        return out.close("cwmp:" + method).toString();
    }
}
