package org.homeward.registry.inventory;

import org.homeward.contracts.DeviceKey;
import org.homeward.contracts.device.DeviceFacts;

/**
 * What became of a device's row when its reported facts were taken in.
 *
 * @param facts of its owner only the id
 * @param factsChanged whether something changed that others decide by
 * @param findableChanged whether something changed by which a subscriber's device is recognised
 */
public record InventoryUpdate(DeviceKey device, DeviceFacts facts, boolean factsChanged, boolean findableChanged) {}
