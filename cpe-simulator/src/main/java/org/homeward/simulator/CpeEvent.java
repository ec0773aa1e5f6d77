package org.homeward.simulator;

import java.util.Set;

/**
 * An event of an Inform (TR-069 3.7.1.5). Vendors may have others, {@code X 02A7C3 something}.
 *
 * @param commandKey empty unless the ACS's request had one
 */
public record CpeEvent(String code, String commandKey) {
    public static final String BOOTSTRAP = "0 BOOTSTRAP";
    public static final String BOOT = "1 BOOT";
    public static final String PERIODIC = "2 PERIODIC";
    public static final String SCHEDULED = "3 SCHEDULED";
    public static final String VALUE_CHANGE = "4 VALUE CHANGE";
    public static final String KICKED = "5 KICKED";
    public static final String CONNECTION_REQUEST = "6 CONNECTION REQUEST";
    public static final String TRANSFER_COMPLETE = "7 TRANSFER COMPLETE";
    public static final String DIAGNOSTICS_COMPLETE = "8 DIAGNOSTICS COMPLETE";
    public static final String REQUEST_DOWNLOAD = "9 REQUEST DOWNLOAD";
    public static final String AUTONOMOUS_TRANSFER_COMPLETE = "10 AUTONOMOUS TRANSFER COMPLETE";
    public static final String DU_STATE_CHANGE_COMPLETE = "11 DU STATE CHANGE COMPLETE";
    public static final String AUTONOMOUS_DU_STATE_CHANGE_COMPLETE = "12 AUTONOMOUS DU STATE CHANGE COMPLETE";
    public static final String WAKEUP = "13 WAKEUP";
    public static final String HEARTBEAT = "14 HEARTBEAT";
    public static final String M_REBOOT = "M Reboot";
    public static final String M_SCHEDULE_INFORM = "M ScheduleInform";
    public static final String M_DOWNLOAD = "M Download";
    public static final String M_SCHEDULE_DOWNLOAD = "M ScheduleDownload";
    public static final String M_UPLOAD = "M Upload";
    public static final String M_CHANGE_DU_STATE = "M ChangeDUState";

    private static final Set<String> LOST_ON_BOOT =
            Set.of(VALUE_CHANGE, KICKED, CONNECTION_REQUEST, DIAGNOSTICS_COMPLETE, REQUEST_DOWNLOAD, WAKEUP, HEARTBEAT);

    public static CpeEvent of(String code) {
        return new CpeEvent(code, "");
    }

    boolean survivesBoot() {
        return !LOST_ON_BOOT.contains(code);
    }
}
