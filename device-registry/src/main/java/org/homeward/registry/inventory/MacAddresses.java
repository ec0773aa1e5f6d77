package org.homeward.registry.inventory;

import java.util.Optional;
import java.util.regex.Pattern;

/** MAC addresses of a device itself, found among its parameters; those of its clients are not. */
public final class MacAddresses {

    /** Interfaces of the CPE in TR-181, TR-098 and TR-106, and what vendors keep in DeviceInfo. */
    private static final Pattern OWN = Pattern.compile("Device\\.Ethernet\\.(Interface|Link)\\.\\d+\\.MACAddress"
            + "|Device\\.WiFi\\.SSID\\.\\d+\\.(MACAddress|BSSID)"
            + "|Device\\.LAN\\.MACAddress"
            + "|(Device|InternetGatewayDevice)\\.DeviceInfo\\.\\w*M[Aa][Cc]_?Addr(ess)?"
            + "|InternetGatewayDevice\\.WANDevice\\.\\d+\\.WANConnectionDevice\\.\\d+\\.WAN(IP|PPP)Connection\\.\\d+\\.MACAddress"
            + "|InternetGatewayDevice\\.LANDevice\\.\\d+\\.LANEthernetInterfaceConfig\\.\\d+\\.MACAddress"
            + "|InternetGatewayDevice\\.LANDevice\\.\\d+\\.WLANConfiguration\\.\\d+\\.BSSID");

    private static final Pattern SEPARATORS = Pattern.compile("[:.\\-\\s]");
    private static final Pattern DIGITS = Pattern.compile("[0-9a-f]{12}");

    private MacAddresses() {}

    /** Whether the parameter holds a MAC address of the device itself. */
    public static boolean isOwn(String path) {
        int length = path.length();
        char last = path.charAt(length - 1);
        // nearly all paths are told apart by their end
        return (last == 's' || last == 'D' || last == 'r') && OWN.matcher(path).matches();
    }

    /**
     * An address as twelve lower-case hexadecimal digits, however it is written ({@code 00:11:22:33:44:55},
     * {@code 00-11-...}, {@code 0011.2233.4455}); empty for other text and for the unset address of zeros.
     */
    public static Optional<String> normalized(String text) {
        String digits = SEPARATORS.matcher(text).replaceAll("").toLowerCase(java.util.Locale.ROOT);
        return DIGITS.matcher(digits).matches() && !digits.equals("000000000000")
                ? Optional.of(digits)
                : Optional.empty();
    }
}
