package org.homeward.provisioning.plan;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.homeward.contracts.rpc.ParameterValue;
import org.homeward.contracts.rpc.SensitivePaths;
import org.homeward.contracts.rpc.ValueType;

/** Compares what was written with what the CPE then says. */
final class ReadBack {

    private ReadBack() {}

    /** Paths that read back otherwise than written. Secrets are left out: CPEs read them back empty. */
    static List<String> differing(List<ParameterValue> written, List<ParameterValue> read) {
        Map<String, ParameterValue> byPath = new HashMap<>();
        for (ParameterValue value : read) {
            byPath.put(value.path(), value);
        }
        return written.stream()
                .filter(value -> !value.sealed() && !SensitivePaths.isSensitive(value.path()))
                .filter(value -> {
                    ParameterValue now = byPath.get(value.path());
                    return now != null && !now.sealed() && !same(value, now);
                })
                .map(ParameterValue::path)
                .toList();
    }

    private static boolean same(ParameterValue written, ParameterValue read) {
        String a = written.value().trim();
        String b = read.value().trim();
        if (a.equals(b)) {
            return true;
        }
        ValueType type = written.type() == ValueType.UNKNOWN ? read.type() : written.type();
        return switch (type) {
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
}
