package org.homeward.provisioning.plan;

import java.util.List;

/**
 * What a device's ledger says from now on, and what is to be done.
 *
 * @param ledger to remember; {@link DeviceLedger#deleted} when nothing of the device is to be kept
 */
public record Decision(DeviceLedger ledger, List<Effect> effects) {
    public Decision {
        effects = List.copyOf(effects);
    }
}
