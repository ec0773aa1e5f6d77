package org.homeward.simulator;

import java.util.Map;
import org.homeward.simulator.soap.CwmpFault;
import org.homeward.simulator.soap.XmlOut;

/** Writes the requests that a CPE makes of its ACS, but for Inform (TR-069 A.3.3, A.4.2). */
final class OwnMessages {
    static final String UNKNOWN_TIME = "0001-01-01T00:00:00Z";

    private OwnMessages() {}

    static String kicked(String command, String referer, String argument, String next) {
        return new XmlOut()
                .open("cwmp:Kicked")
                .text("Command", command)
                .text("Referer", referer)
                .text("Arg", argument)
                .text("Next", next)
                .close("cwmp:Kicked")
                .toString();
    }

    static String requestDownload(String fileType, Map<String, String> arguments) {
        XmlOut out = new XmlOut().open("cwmp:RequestDownload").text("FileType", fileType);
        out.openArray("FileTypeArg", "cwmp:ArgStruct", arguments.size());
        arguments.forEach((name, value) ->
                out.open("ArgStruct").text("Name", name).text("Value", value).close("ArgStruct"));
        return out.close("FileTypeArg").close("cwmp:RequestDownload").toString();
    }

    static String transferComplete(String commandKey, int fault, String started, String completed) {
        XmlOut out = new XmlOut().open("cwmp:TransferComplete").text("CommandKey", commandKey);
        return times(fault(out, "FaultStruct", fault), started, completed)
                .close("cwmp:TransferComplete")
                .toString();
    }

    static String autonomousTransferComplete(
            String url,
            boolean isDownload,
            String fileType,
            long fileSize,
            int fault,
            String started,
            String completed) {
        XmlOut out = new XmlOut()
                .open("cwmp:AutonomousTransferComplete")
                .text("AnnounceURL", "")
                .text("TransferURL", url)
                .text("IsDownload", isDownload ? "1" : "0")
                .text("FileType", fileType)
                .text("FileSize", Long.toString(fileSize))
                .text("TargetFileName", "");
        return times(fault(out, "FaultStruct", fault), started, completed)
                .close("cwmp:AutonomousTransferComplete")
                .toString();
    }

    static XmlOut fault(XmlOut out, String element, int fault) {
        return out.open(element)
                .text("FaultCode", Integer.toString(fault))
                .text("FaultString", fault == 0 ? "" : CwmpFault.defaultText(fault))
                .close(element);
    }

    private static XmlOut times(XmlOut out, String started, String completed) {
        return out.text("StartTime", started).text("CompleteTime", completed);
    }
}
