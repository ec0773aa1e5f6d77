package org.homeward.contracts.rpc;

import java.util.Locale;

/**
 * A parameter and its value as text.
 *
 * @param path full path, at most 256 characters
 * @param value as the CPE wrote it or shall read it; the sealed text when {@code sealed}
 * @param sealed whether {@code value} is encrypted: values of {@link SensitivePaths} never travel in clear
 */
public record ParameterValue(String path, String value, ValueType type, boolean sealed) {

    public ParameterValue(String path, String value, ValueType type) {
        this(path, value, type, false);
    }

    /** Whether two texts say the same in the type of this value: CPEs write {@code true} for {@code 1}, moments without zone. */
    public boolean meansTheSameAs(ParameterValue other) {
        if (value.equals(other.value)) {
            return true;
        }
        String a = value.trim();
        String b = other.value.trim();
        return switch (type == ValueType.UNKNOWN ? other.type : type) {
            case BOOLEAN -> truth(a).equals(truth(b));
            case DATE_TIME -> moment(a).equals(moment(b));
            case HEX_BINARY -> a.equalsIgnoreCase(b);
            case INT, UNSIGNED_INT, LONG, UNSIGNED_LONG -> number(a).equals(number(b));
            case STRING, BASE64, UNKNOWN -> false;
        };
    }

    private static String truth(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "1", "true" -> "true";
            case "0", "false" -> "false";
            default -> text;
        };
    }

    /** CPEs write no zone, or an offset of zero, or fractions of zero, for the same moment. */
    private static String moment(String text) {
        return text.replaceFirst("(\\.0+)?(Z|[+-]00:?00)?$", "");
    }

    private static String number(String text) {
        String digits = text.replaceFirst("^\\+", "").replaceFirst("^(-?)0+(?=\\d)", "$1");
        return digits.equals("-0") ? "0" : digits;
    }

    @Override
    public String toString() {
        return path + '=' + (sealed || SensitivePaths.isSensitive(path) ? "(secret)" : value) + " (" + type.typeName()
                + ')';
    }
}
