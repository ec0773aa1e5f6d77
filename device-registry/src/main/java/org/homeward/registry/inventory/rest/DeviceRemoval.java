package org.homeward.registry.inventory.rest;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.List;
import org.homeward.contracts.DeviceKey;
import org.homeward.kit.rest.Revision;
import org.homeward.registry.inventory.Device;
import org.homeward.registry.inventory.store.Devices;
import org.homeward.registry.session.TranscriptStore;
import org.homeward.registry.session.store.SessionSearch;
import org.homeward.registry.twin.TwinStore;
import org.jspecify.annotations.Nullable;

/**
 * Deletes a device. What it said goes first: cut off halfway the device is still there and can be deleted again, and if it
 * calls meanwhile it only says everything anew.
 */
@ApplicationScoped
public class DeviceRemoval {

    private final Devices devices;
    private final TwinStore twins;
    private final TranscriptStore transcripts;
    private final SessionSearch sessions;

    @Inject
    public DeviceRemoval(Devices devices, TwinStore twins, TranscriptStore transcripts, SessionSearch sessions) {
        this.devices = devices;
        this.twins = twins;
        this.transcripts = transcripts;
        this.sessions = sessions;
    }

    /** @return whether there was such a device until now */
    boolean remove(Device device, DeviceKey key, @Nullable String ifMatch, String by) throws SQLException {
        new Revision(device.version()).requireMatch(ifMatch);
        transcripts.delete(sessions.withTranscripts(key));
        twins.delete(List.of(key));
        return devices.delete(key, ifMatch, by);
    }
}
