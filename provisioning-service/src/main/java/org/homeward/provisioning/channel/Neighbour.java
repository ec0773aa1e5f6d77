package org.homeward.provisioning.channel;

import java.util.Locale;

/**
 * A network that a device heard.
 *
 * @param bssid in any writing; empty where the device does not say
 * @param width MHz
 * @param signal dBm, negative
 */
public record Neighbour(String ssid, String bssid, Band band, int channel, int width, int signal) {

    /** By which two writings of an address are the same. */
    static String plain(String address) {
        return address.replaceAll("[^0-9A-Fa-f]", "").toLowerCase(Locale.ROOT);
    }

    Neighbour on(int other) {
        return new Neighbour(ssid, bssid, band, other, width, signal);
    }
}
