package org.homeward.contracts.session;

/**
 * EventStruct of an Inform (TR-069 3.7.1.5).
 *
 * @param code as the CPE wrote it, white space trimmed: {@code 0 BOOTSTRAP}, {@code M Reboot}; any vendor's own too
 * @param commandKey empty where there is none
 */
public record InformEvent(String code, String commandKey) {

    /** Compares without regard to case: CPEs send {@code 1 Boot}. */
    public boolean is(String eventCode) {
        return code.equalsIgnoreCase(eventCode);
    }
}
