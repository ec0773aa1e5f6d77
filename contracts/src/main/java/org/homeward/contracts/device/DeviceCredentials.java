package org.homeward.contracts.device;

import org.homeward.contracts.Message;

/**
 * A device's own credentials towards the ACS, where an operator registered some; a tombstone withdraws them.
 *
 * @param sealedPassword encrypted; only the gateway opens it
 */
public record DeviceCredentials(String username, String sealedPassword) implements Message {}
