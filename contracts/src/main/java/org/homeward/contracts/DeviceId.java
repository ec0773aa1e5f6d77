package org.homeward.contracts;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;

/**
 * Who a CPE is: OUI, product class and serial number of its Inform (TR-069 A.3.3.1). The product class may be empty.
 *
 * <p>Written as {@code OUI-ProductClass-SerialNumber}, without a product class {@code OUI-SerialNumber}. In each part
 * every byte of UTF-8 outside {@code A-Z a-z 0-9 _ .} is percent-encoded (TR-069 3.4.4), so the text has one or two
 * hyphens, needs no further encoding in a URL path but that of {@code %}, and is equal exactly when the devices are.
 * The OUI is held in upper case: CPEs are seen to send both.
 */
public record DeviceId(String oui, String productClass, String serialNumber) {

    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    /** Longest part that a CPE may send (TR-069 A.3.3.1: 64 characters). */
    public static final int MAX_PART = 64;

    public DeviceId {
        oui = oui.toUpperCase(Locale.ROOT);
        requireLength("OUI", oui);
        requireLength("SerialNumber", serialNumber);
        if (productClass.length() > MAX_PART) {
            throw new IllegalArgumentException("ProductClass is longer than " + MAX_PART + " characters");
        }
    }

    private static void requireLength(String part, String value) {
        if (value.isEmpty()) {
            throw new IllegalArgumentException(part + " is empty");
        }
        if (value.length() > MAX_PART) {
            throw new IllegalArgumentException(part + " is longer than " + MAX_PART + " characters");
        }
    }

    /**
     * Reads the written form. Percent-encoded characters that need no encoding are accepted, so that what URL libraries
     * make of an id is still the same device.
     *
     * @throws IllegalArgumentException when the text is not a device id; the message says why
     */
    public static DeviceId parse(String text) {
        String[] parts = text.split("-", -1);
        return switch (parts.length) {
            case 2 -> new DeviceId(decode(parts[0]), "", decode(parts[1]));
            case 3 -> new DeviceId(decode(parts[0]), decode(parts[1]), decode(parts[2]));
            default ->
                throw new IllegalArgumentException(
                        "not a device id: expected OUI-ProductClass-SerialNumber or OUI-SerialNumber, a hyphen inside a part written as %2D");
        };
    }

    @Override
    public String toString() {
        return productClass.isEmpty()
                ? encode(oui) + '-' + encode(serialNumber)
                : encode(oui) + '-' + encode(productClass) + '-' + encode(serialNumber);
    }

    private static boolean isSafe(String part) {
        for (int i = 0; i < part.length(); i++) {
            if (!isSafe(part.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isSafe(int c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_' || c == '.';
    }

    private static String encode(String part) {
        if (isSafe(part)) {
            return part;
        }
        StringBuilder out = new StringBuilder(part.length() + 8);
        for (byte b : part.getBytes(StandardCharsets.UTF_8)) {
            if (isSafe(b)) {
                out.append((char) b);
            } else {
                HEX.toHexDigits(out.append('%'), b);
            }
        }
        return out.toString();
    }

    private static String decode(String part) {
        if (part.indexOf('%') < 0) {
            if (!isSafe(part)) {
                throw new IllegalArgumentException(
                        "not a device id: characters outside A-Z a-z 0-9 _ . are written percent-encoded");
            }
            return part;
        }
        ByteBuffer bytes = ByteBuffer.allocate(part.length());
        for (int i = 0; i < part.length(); i++) {
            char c = part.charAt(i);
            if (c == '%') {
                if (i + 2 >= part.length()) {
                    throw new IllegalArgumentException("not a device id: % without two hexadecimal digits");
                }
                try {
                    bytes.put((byte) HexFormat.fromHexDigits(part, i + 1, i + 3));
                } catch (NumberFormatException e) {
                    throw new IllegalArgumentException("not a device id: % without two hexadecimal digits", e);
                }
                i += 2;
            } else if (isSafe(c)) {
                bytes.put((byte) c);
            } else {
                throw new IllegalArgumentException(
                        "not a device id: characters outside A-Z a-z 0-9 _ . are written percent-encoded");
            }
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .decode(bytes.flip())
                    .toString();
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("not a device id: percent-encoded bytes are not UTF-8", e);
        }
    }
}
