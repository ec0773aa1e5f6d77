package org.homeward.provisioning.channel;

import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;

/**
 * A device's own radio.
 *
 * @param channel that it is on; 0 where it does not say
 * @param automatic whether it chooses its channel itself
 * @param width MHz
 * @param possible channels that it can be set to; empty where it does not say
 * @param country by ISO 3166, as the device has it; empty where it does not say
 * @param bssids of its own networks
 */
public record Radio(
        Band band,
        int channel,
        boolean automatic,
        int width,
        Set<Integer> possible,
        String country,
        Set<String> bssids) {

    public Radio {
        possible = Collections.unmodifiableSet(new TreeSet<>(possible));
        bssids = Set.copyOf(bssids);
    }
}
