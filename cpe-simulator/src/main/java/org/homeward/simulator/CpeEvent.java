package org.homeward.simulator;

import java.util.Set;

/**
 * An event of an Inform (TR-069 3.7.1.5).
 *
 * @param commandKey empty unless the ACS's request had one
 */
public record CpeEvent(String code, String commandKey) {
    public static final String BOOTSTRAP = "0 BOOTSTRAP";
    public static final String BOOT = "1 BOOT";
    public static final String PERIODIC = "2 PERIODIC";
    public static final String SCHEDULED = "3 SCHEDULED";
    public static final String VALUE_CHANGE = "4 VALUE CHANGE";
    public static final String CONNECTION_REQUEST = "6 CONNECTION REQUEST";
    public static final String TRANSFER_COMPLETE = "7 TRANSFER COMPLETE";
    public static final String DIAGNOSTICS_COMPLETE = "8 DIAGNOSTICS COMPLETE";
    private static final Set<String> BY_TRANSFER =
            Set.of(TRANSFER_COMPLETE, "M Download", "M ScheduleDownload", "M Upload");
    private static final Set<String> LOST_ON_BOOT = Set.of(VALUE_CHANGE, CONNECTION_REQUEST, DIAGNOSTICS_COMPLETE);

    public static CpeEvent of(String code) {
        return new CpeEvent(code, "");
    }

    /** Confirmed by TransferCompleteResponse, not by InformResponse. */
    boolean isOfTransfer() {
        return BY_TRANSFER.contains(code);
    }

    boolean survivesBoot() {
        return !LOST_ON_BOOT.contains(code);
    }
}
