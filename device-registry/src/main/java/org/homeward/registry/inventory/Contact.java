package org.homeward.registry.inventory;

import java.time.Instant;
import java.util.List;
import org.homeward.contracts.DeviceKey;

/** A device called: the last Inform of a batch of events. */
public record Contact(DeviceKey device, Instant at, List<String> events) {

    public Contact {
        events = List.copyOf(events);
    }

    /**
     * What was known of the device when it called.
     *
     * @param first whether it never called before
     * @param wasOnline whether it counted as online
     */
    public record Before(DeviceKey device, boolean first, boolean wasOnline) {}
}
