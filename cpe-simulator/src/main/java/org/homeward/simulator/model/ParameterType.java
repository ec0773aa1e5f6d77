package org.homeward.simulator.model;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The type of a parameter and what of it is legal.
 *
 * @param name XML Schema local name: {@code string}, {@code unsignedInt}, {@code boolean}, ...
 * @param maxLength characters, {@link Integer#MAX_VALUE} for no limit
 * @param min smallest number, meaningless for others
 * @param allowed the legal values, empty for any
 */
public record ParameterType(String name, int maxLength, BigInteger min, BigInteger max, List<String> allowed) {
    private static final Pattern SPEC =
            Pattern.compile("(\\w+)(?:\\((\\d+)\\))?(?:\\[(-?\\d*):(-?\\d*)])?(?:\\{([^}]*)})?");
    private static final Pattern DATE_TIME =
            Pattern.compile("-?\\d{4,}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?(Z|[+-]\\d\\d:\\d\\d)?");
    private static final Pattern BASE64 = Pattern.compile("[A-Za-z0-9+/\\s]*={0,2}\\s*");
    private static final Pattern HEX = Pattern.compile("(?:[0-9A-Fa-f]{2})*");

    public ParameterType {
        allowed = List.copyOf(allowed);
    }

    /**
     * Reads a type as model files write it: {@code string}, {@code string(32)}, {@code unsignedInt[1:255]}, {@code
     * string{None,WPA2-Personal}}.
     */
    public static ParameterType of(String spec) {
        Matcher matcher = SPEC.matcher(spec);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("not a type: " + spec);
        }
        String name = matcher.group(1);
        int length = matcher.group(2) == null ? Integer.MAX_VALUE : Integer.parseInt(matcher.group(2));
        BigInteger min = bound(matcher.group(3), smallest(name));
        BigInteger max = bound(matcher.group(4), largest(name));
        List<String> allowed = matcher.group(5) == null
                ? List.of()
                : Arrays.asList(matcher.group(5).split(","));
        return new ParameterType(name, length, min, max, allowed);
    }

    private static BigInteger bound(@org.jspecify.annotations.Nullable String text, BigInteger otherwise) {
        return text == null || text.isEmpty() ? otherwise : new BigInteger(text);
    }

    private static BigInteger smallest(String name) {
        return switch (name) {
            case "int" -> BigInteger.valueOf(Integer.MIN_VALUE);
            case "long" -> BigInteger.valueOf(Long.MIN_VALUE);
            default -> BigInteger.ZERO;
        };
    }

    private static BigInteger largest(String name) {
        return switch (name) {
            case "int" -> BigInteger.valueOf(Integer.MAX_VALUE);
            case "long" -> BigInteger.valueOf(Long.MAX_VALUE);
            case "unsignedInt" -> BigInteger.TWO.pow(32).subtract(BigInteger.ONE);
            default -> BigInteger.TWO.pow(64).subtract(BigInteger.ONE);
        };
    }

    public boolean isBoolean() {
        return name.equals("boolean");
    }

    public boolean isNumber() {
        return switch (name) {
            case "int", "unsignedInt", "long", "unsignedLong" -> true;
            default -> false;
        };
    }

    /** Whether a value is legal here. */
    public boolean accepts(String value) {
        if (value.length() > maxLength || !allowed.isEmpty() && !allowed.contains(value)) {
            return false;
        }
        return switch (name) {
            case "int", "unsignedInt", "long", "unsignedLong" -> isNumberInRange(value.strip());
            case "boolean" -> List.of("0", "1", "true", "false").contains(value.strip());
            case "dateTime" -> DATE_TIME.matcher(value.strip()).matches();
            case "base64" -> BASE64.matcher(value).matches();
            case "hexBinary" -> HEX.matcher(value).matches();
            default -> true;
        };
    }

    private boolean isNumberInRange(String value) {
        if (!value.matches("[+-]?\\d{1,20}")) {
            return false;
        }
        BigInteger number = new BigInteger(value);
        return number.compareTo(min) >= 0 && number.compareTo(max) <= 0;
    }

    /** What a new instance holds when the model names no default. */
    public String empty() {
        if (!allowed.isEmpty()) {
            return allowed.getFirst();
        }
        return switch (name) {
            case "boolean" -> "false";
            case "dateTime" -> "0001-01-01T00:00:00Z";
            case "int", "unsignedInt", "long", "unsignedLong" -> min.signum() > 0 ? min.toString() : "0";
            default -> "";
        };
    }
}
