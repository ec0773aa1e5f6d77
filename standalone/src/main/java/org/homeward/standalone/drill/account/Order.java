package org.homeward.standalone.drill.account;

/**
 * An order that REST has taken in.
 *
 * @param id as REST names it
 * @param device device id
 * @param path of the parameter for the kinds that write, of the table for those that add; else empty
 * @param value what is written; else empty
 */
public record Order(String id, String device, Kind kind, String path, String value) {

    /** What is ordered; the kinds differ in what their repetition shows. */
    public enum Kind {
        /** SetParameterValues with a value that no other order writes. */
        WRITE,
        /** AddObject. */
        ADD,
        /** AddObject and SetParameterValues on the new instance. */
        ADD_WITH_VALUES,
        /** Reboot. */
        REBOOT,
        /** GetParameterValues. */
        READ,
        /** SetParameterValues on a parameter that the device does not have. */
        IMPOSSIBLE
    }

    /** ParameterKey or CommandKey of the order's RPCs: its id without hyphens. */
    public String key() {
        return id.replace("-", "");
    }
}
