package org.homeward.provisioning.plan;

import java.util.Set;
import org.homeward.contracts.device.DeviceFacts;
import org.homeward.contracts.rpc.ParameterValue;
import org.homeward.contracts.session.SessionEvent.InformReceived;
import org.jspecify.annotations.Nullable;

/**
 * What profiles may ask about a device besides what it reports: who made it, what it is called in the inventory and whose
 * it is. Outlives a factory reset. Empty texts: never said.
 */
public record About(
        String manufacturer,
        String hardwareVersion,
        Set<String> tags,
        @Nullable String subscriberId) {

    public static final About NOTHING = new About("", "", Set.of(), null);

    public About {
        tags = Set.copyOf(tags);
    }

    /** Once the device has called. */
    About after(InformReceived inform, String root) {
        String hardware = hardwareVersion;
        for (ParameterValue parameter : inform.parameters()) {
            if (parameter.path().equals(root + "DeviceInfo.HardwareVersion")) {
                hardware = parameter.value();
            }
        }
        String maker = inform.device().manufacturer();
        return maker.equals(manufacturer) && hardware.equals(hardwareVersion)
                ? this
                : new About(maker, hardware, tags, subscriberId);
    }

    /** Once the registry has told. */
    About after(DeviceFacts facts) {
        String maker = facts.device().manufacturer();
        return new About(
                maker.isEmpty() ? manufacturer : maker,
                facts.hardwareVersion().isEmpty() ? hardwareVersion : facts.hardwareVersion(),
                facts.tags(),
                facts.subscriberId());
    }
}
