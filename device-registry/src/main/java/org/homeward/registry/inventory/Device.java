package org.homeward.registry.inventory;

import java.time.Instant;
import java.util.List;
import org.homeward.contracts.DeviceId;
import org.jspecify.annotations.Nullable;

/**
 * A device as the inventory knows it.
 *
 * @param version counts people's edits
 */
public record Device(
        DeviceId id,
        String oui,
        String productClass,
        String serialNumber,
        String manufacturer,
        String softwareVersion,
        String hardwareVersion,
        String root,
        String provisioningCode,
        List<String> ips,
        List<String> macs,
        String connectionRequestUrl,
        @Nullable Integer periodicInformSeconds,
        List<String> tags,
        @Nullable String subscriberId,
        boolean trace,
        Online online,
        @Nullable Instant lastInform,
        List<String> lastEvents,
        Instant registeredAt,
        long version) {

    /** @param state {@code online}, {@code offline}, or {@code unknown} before first contact */
    public record Online(String state, @Nullable Instant since, String evidence) {}
}
