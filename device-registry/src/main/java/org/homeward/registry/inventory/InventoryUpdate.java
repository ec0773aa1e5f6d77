package org.homeward.registry.inventory;

import org.homeward.contracts.DeviceKey;
import org.homeward.contracts.device.DeviceFacts;

/**
 * What became of a device's row when its reported facts were taken in.
 *
 * @param factsChanged whether something changed that others decide by
 */
public record InventoryUpdate(DeviceKey device, DeviceFacts facts, boolean factsChanged) {}
