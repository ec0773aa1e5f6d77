package org.homeward.registry.twin.history;

import java.time.Instant;
import java.util.List;
import org.homeward.contracts.DeviceKey;
import org.homeward.contracts.SessionId;
import org.homeward.contracts.device.DeviceEvent.Change;

/**
 * What one event changed in the reported parameters of a device.
 *
 * @param eventId of the event that told; the same when the event comes again
 */
public record Changed(DeviceKey device, String eventId, Instant at, SessionId session, List<Change> changes) {

    public Changed {
        changes = List.copyOf(changes);
    }
}
