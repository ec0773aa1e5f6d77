package org.homeward.contracts.rpc;

import java.util.Locale;

/** Which parameters hold secrets, judged by the last name of their path, as the data models name them. */
public final class SensitivePaths {

    private SensitivePaths() {}

    /** Whether the value of this parameter is a secret: passwords, passphrases, pre-shared and WEP keys. */
    public static boolean isSensitive(String path) {
        int end = path.length();
        int start = path.lastIndexOf('.', end - 1) + 1;
        // Device.WiFi...WEPKey.1.WEPKey and PreSharedKey.1.KeyPassphrase end in the telling name as well
        String last = path.substring(start, end).toLowerCase(Locale.ROOT);
        return last.contains("password")
                || last.contains("passphrase")
                || last.contains("presharedkey")
                || last.contains("wepkey")
                || last.contains("secret")
                || last.equals("psk")
                || last.equals("pin");
    }
}
