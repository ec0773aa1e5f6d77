package org.homeward.simulator.diagnostic;

import java.util.List;
import java.util.Optional;
import org.homeward.simulator.CpeIdentity;

/** What other networks are on the air around devices. */
@FunctionalInterface
public interface Air {

    /** Asked each time that a device listens; empty where that is left to chance. */
    Optional<List<Network>> around(CpeIdentity cpe);

    /**
     * A network as a device hears it.
     *
     * @param band {@code 2.4GHz} or {@code 5GHz}
     * @param bandwidth such as {@code 20MHz}
     * @param signal dBm
     */
    record Network(String ssid, String bssid, String band, int channel, String bandwidth, int signal) {}

    static Air byChance() {
        return cpe -> Optional.empty();
    }
}
