package org.homeward.contracts.device;

import java.util.Set;
import org.homeward.contracts.Message;
import org.homeward.contracts.session.DeviceIdentity;
import org.jspecify.annotations.Nullable;

/**
 * The small set of facts about a device that others decide by; the latest is kept, a tombstone says that the device
 * is gone.
 *
 * @param root {@code Device.} or {@code InternetGatewayDevice.}; empty before first contact
 * @param trace whether full transcripts of all its sessions are wanted
 * @param ownCredentials whether the device has ever proven credentials of its own (derived or registered), so that the
 *     ones that fresh boxes share are good for it no longer
 */
public record DeviceFacts(
        DeviceIdentity device,
        String root,
        String softwareVersion,
        String hardwareVersion,
        String connectionRequestUrl,
        Set<String> tags,
        @Nullable String subscriberId,
        boolean trace,
        boolean ownCredentials)
        implements Message {
    public DeviceFacts {
        tags = Set.copyOf(tags);
    }
}
