package org.homeward.contracts.rpc;

import java.util.Locale;

/** Which parameters hold secrets, judged by the last name of their path, as the data models name them. */
public final class SensitivePaths {

    private SensitivePaths() {}

    /** Whether the value of this parameter is a secret: passwords, passphrases, keys, PINs, SNMP communities. */
    public static boolean isSensitive(String path) {
        int end = path.length();
        int start = path.lastIndexOf('.', end - 1) + 1;
        // Device.WiFi...WEPKey.1.WEPKey and PreSharedKey.1.KeyPassphrase end in the telling name as well
        String name = path.substring(start, end);
        String last = name.toLowerCase(Locale.ROOT);
        return last.contains("password")
                || last.contains("passphrase")
                || last.contains("passwd")
                || last.contains("pwd")
                || last.contains("presharedkey")
                || last.contains("privatekey")
                || last.contains("wepkey")
                || last.contains("secret")
                || last.contains("community")
                || last.endsWith("psk")
                || isPin(name, last);
    }

    /** Whether the last word is Pin; Spin and Ping are other words. */
    private static boolean isPin(String name, String lowerCase) {
        return lowerCase.equals("pin")
                || lowerCase.endsWith("_pin")
                || name.endsWith("Pin")
                || name.endsWith("PIN") && !name.endsWith("SPIN")
                || name.endsWith("WPSPIN");
    }
}
