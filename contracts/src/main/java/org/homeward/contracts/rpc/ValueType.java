package org.homeward.contracts.rpc;

import java.util.Locale;

/** The XML Schema types that parameter values have (TR-106 3.2). */
public enum ValueType {
    STRING("string"),
    INT("int"),
    UNSIGNED_INT("unsignedInt"),
    LONG("long"),
    UNSIGNED_LONG("unsignedLong"),
    BOOLEAN("boolean"),
    DATE_TIME("dateTime"),
    BASE64("base64"),
    HEX_BINARY("hexBinary"),
    /** Not said, or a type of the vendor's own. To be written as a string, or found out by reading first. */
    UNKNOWN("unknown");

    private final String typeName;

    ValueType(String typeName) {
        this.typeName = typeName;
    }

    /** The local name in XML Schema, and the name in REST and events. */
    public String typeName() {
        return typeName;
    }

    /** Reads a type name with or without prefix, in any case; {@link #UNKNOWN} for others. */
    public static ValueType of(String text) {
        String local = text.substring(text.indexOf(':') + 1).toLowerCase(Locale.ROOT);
        return switch (local) {
            case "string" -> STRING;
            case "int", "integer" -> INT;
            case "unsignedint" -> UNSIGNED_INT;
            case "long" -> LONG;
            case "unsignedlong" -> UNSIGNED_LONG;
            case "boolean" -> BOOLEAN;
            case "datetime" -> DATE_TIME;
            case "base64", "base64binary" -> BASE64;
            case "hexbinary" -> HEX_BINARY;
            default -> UNKNOWN;
        };
    }
}
