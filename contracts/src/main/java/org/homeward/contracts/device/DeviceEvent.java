package org.homeward.contracts.device;

import java.time.Instant;
import java.util.List;
import org.homeward.contracts.Message;
import org.homeward.contracts.SessionId;
import org.homeward.contracts.session.DeviceIdentity;
import org.jspecify.annotations.Nullable;

/** A fact about a device; on {@code device.events}. */
public sealed interface DeviceEvent extends Message {

    /** @param by {@code first contact}, or the user who registered it ahead of that */
    record DeviceRegistered(DeviceIdentity device, String by) implements DeviceEvent {}

    record DeviceDeleted(String by) implements DeviceEvent {}

    record DeviceOnline(String evidence) implements DeviceEvent {}

    /** @param silentSince when it was last heard */
    record DeviceOffline(Instant silentSince, String evidence) implements DeviceEvent {}

    /** Reported values that differ from those known before. */
    record ParametersChanged(SessionId session, List<Change> changes) implements DeviceEvent {
        public ParametersChanged {
            changes = List.copyOf(changes);
        }
    }

    /**
     * @param before null when the parameter was not known; sealed values are left out of both
     * @param after null when the parameter is gone
     */
    record Change(
            String path, @Nullable String before, @Nullable String after) {}
}
