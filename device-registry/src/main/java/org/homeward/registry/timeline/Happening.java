package org.homeward.registry.timeline;

import java.time.Instant;
import org.homeward.contracts.DeviceKey;

/**
 * A fact about a device that is no session, order or change of values.
 *
 * @param id unique for the device
 * @param by who did it; empty where nobody did
 */
public record Happening(DeviceKey device, String id, Instant at, Kind kind, String by, String detail) {

    public enum Kind {
        REGISTERED,
        EDITED,
        BOUND,
        UNBOUND,
        /** A subscriber asked for a device that is not its own. */
        DENIED,
        ONLINE,
        OFFLINE;

        /** The name in REST and database. */
        public String text() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }
}
