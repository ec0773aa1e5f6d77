package org.homeward.registry.twin;

import org.homeward.contracts.DeviceKey;

/** One branch of one device. */
public record BlockId(DeviceKey device, String branch) {}
