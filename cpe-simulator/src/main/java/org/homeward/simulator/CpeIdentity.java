package org.homeward.simulator;

import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/**
 * Who a CPE says it is (DeviceId, TR-069 A.3.3.1).
 *
 * @param oui six hexadecimal digits, upper case
 * @param productClass may be empty
 */
public record CpeIdentity(String manufacturer, String oui, String productClass, String serial) {

    /** {@code OUI-ProductClass-Serial}, or {@code OUI-Serial} without a product class. */
    public String deviceId() {
        return productClass.isEmpty() ? oui + "-" + serial : oui + "-" + productClass + "-" + serial;
    }

    /** A locally administered MAC address that follows from the identity. */
    public String mac() {
        long h = hash();
        return "02:%02X:%02X:%02X:%02X:%02X"
                .formatted(h >> 24 & 0xff, h >> 16 & 0xff, h >> 8 & 0xff, h & 0xff, serial.length() & 0xff);
    }

    /** A WAN address out of the shared 100.64.0.0/10 that follows from the identity. */
    public String wanIp() {
        long h = hash();
        return "100." + (64 + (h >> 16 & 63)) + "." + (h >> 8 & 0xff) + "." + (1 + h % 254);
    }

    /** Follows from the identity, and looks like chance. */
    long hash() {
        CRC32 crc = new CRC32();
        crc.update(deviceId().getBytes(StandardCharsets.UTF_8));
        return crc.getValue();
    }

    /** The last four characters of the serial number. */
    String serialTail() {
        return serial.substring(Math.max(0, serial.length() - 4));
    }
}
