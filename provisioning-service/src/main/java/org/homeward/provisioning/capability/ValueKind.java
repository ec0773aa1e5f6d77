package org.homeward.provisioning.capability;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** What values a capability has. */
public enum ValueKind {
    TEXT("text of at most 256 characters"),
    SSID("1 to 32 bytes of UTF-8"),
    /** As IEEE 802.11 has it. */
    PASSPHRASE("8 to 63 characters of ASCII"),
    SECRET("text of at most 256 characters, kept secret"),
    BOOLEAN("true or false"),
    NUMBER("a whole number, not negative"),
    CHANNEL("Auto, or the number of a channel from 1 to 233"),
    SECURITY("one of Open, WPA2-Personal, WPA-WPA2-Personal, WPA2-WPA3-Personal, WPA3-Personal"),
    STANDARDS("letters of IEEE 802.11 with commas between, the oldest first, such as b,g,n"),
    ADDRESS("an IPv4 address"),
    ADDRESSES("IPv4 addresses with commas between"),
    MAC("six bytes in hexadecimal with colons between"),
    MEDIUM("one of Wi-Fi, Ethernet, Other"),
    LINK("one of Up, Connecting, Down"),
    SIGNAL("a whole number, in dBm"),
    PORT("a whole number from 1 to 65535"),
    PROTOCOL("one of TCP, UDP"),
    /** Rows, which one value can't be. */
    TABLE("a table");

    private static final Set<String> SECURITIES =
            Set.of("Open", "WPA2-Personal", "WPA-WPA2-Personal", "WPA2-WPA3-Personal", "WPA3-Personal");
    private static final Pattern OCTETS =
            Pattern.compile("(25[0-5]|2[0-4]\\d|1?\\d?\\d)(\\.(25[0-5]|2[0-4]\\d|1?\\d?\\d)){3}");
    private static final Pattern LETTERS = Pattern.compile("(a|b|g|n|ac|ax|be)(,(a|b|g|n|ac|ax|be))*");
    private static final Pattern PRINTABLE = Pattern.compile("[ -~]{8,63}");
    private static final Pattern DIGITS = Pattern.compile("\\d{1,10}");
    private static final Pattern BYTES = Pattern.compile("[0-9a-f]{2}(:[0-9a-f]{2}){5}");
    private static final Pattern LEVEL = Pattern.compile("-?\\d{1,4}");
    private static final Set<String> MEDIA = Set.of("Wi-Fi", "Ethernet", "Other");
    private static final Set<String> LINKS = Set.of("Up", "Connecting", "Down");
    private static final int LAST_PORT = 65_535;
    private static final int LONGEST = 256;
    private static final int LAST_CHANNEL = 233;

    private final String words;

    ValueKind(String words) {
        this.words = words;
    }

    /** For people: what a value has to be. */
    public String words() {
        return words;
    }

    public boolean isSecret() {
        return this == PASSPHRASE || this == SECRET;
    }

    /** The value as it is written in mappings; empty where it is none of these. */
    public Optional<String> canonical(String value) {
        String lower = value.toLowerCase(Locale.ROOT);
        return switch (this) {
            case TEXT, SECRET -> only(value.length() <= LONGEST, value);
            case SSID -> {
                int bytes = value.getBytes(StandardCharsets.UTF_8).length;
                yield only(bytes >= 1 && bytes <= 32, value);
            }
            case PASSPHRASE -> only(PRINTABLE.matcher(value).matches(), value);
            case BOOLEAN ->
                switch (lower) {
                    case "true", "1" -> Optional.of("true");
                    case "false", "0" -> Optional.of("false");
                    default -> Optional.empty();
                };
            case NUMBER -> only(DIGITS.matcher(value).matches(), value);
            case CHANNEL ->
                lower.equals("auto")
                        ? Optional.of("Auto")
                        : only(
                                DIGITS.matcher(value).matches()
                                        && Long.parseLong(value) >= 1
                                        && Long.parseLong(value) <= LAST_CHANNEL,
                                value);
            case SECURITY -> only(SECURITIES.contains(value), value);
            case STANDARDS -> only(LETTERS.matcher(value).matches(), value);
            case ADDRESS -> only(OCTETS.matcher(value).matches(), value);
            case ADDRESSES -> {
                String[] each = value.split(",", -1);
                boolean all = true;
                for (String address : each) {
                    all &= OCTETS.matcher(address).matches();
                }
                yield only(all, value);
            }
            case MAC ->
                Optional.of(lower.replace('-', ':'))
                        .filter(mac -> BYTES.matcher(mac).matches());
            case MEDIUM -> only(MEDIA.contains(value), value);
            case LINK -> only(LINKS.contains(value), value);
            case SIGNAL -> only(LEVEL.matcher(value).matches(), value);
            case PORT ->
                only(
                        DIGITS.matcher(value).matches()
                                && Long.parseLong(value) >= 1
                                && Long.parseLong(value) <= LAST_PORT,
                        value);
            case PROTOCOL -> only(value.equals("TCP") || value.equals("UDP"), value);
            case TABLE -> Optional.empty();
        };
    }

    private static Optional<String> only(boolean valid, String value) {
        return valid ? Optional.of(value) : Optional.empty();
    }
}
