package org.homeward.provisioning.selfcare;

import org.jspecify.annotations.Nullable;

/** What was done to a device, in the words of its subscriber; who of the operator's people it was is not told. */
public final class History {

    private History() {}

    public static String by(boolean selfCare, boolean onBehalf) {
        return selfCare ? onBehalf ? "support" : "you" : "operator";
    }

    /** @param what was written down of self-care; null for an order of the operator. @param type of the order */
    public static String what(@Nullable String what, String type) {
        if (what != null) {
            return what;
        }
        return switch (type) {
            case "reboot" -> "Restarted the box";
            case "factoryReset" -> "Reset the box to factory settings";
            case "download", "scheduleDownload" -> "Loaded a file, such as new software";
            case "upload" -> "Fetched a file, such as its log";
            case "changeDUState" -> "Changed software of the box";
            case "setParameterValues", "setParameterAttributes", "addObject", "deleteObject" -> "Changed settings";
            case "ping", "traceroute", "downloadTest", "uploadTest" -> "Measured the line";
            case "connectionRequest", "scheduleInform" -> "Had the box call";
            case "personalSettings" -> "Gave the box what was chosen before";
            default -> "Looked at settings";
        };
    }
}
