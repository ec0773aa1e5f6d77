package org.homeward.provisioning.plan;

import org.homeward.contracts.DeviceKey;

/** Each device's secrets, sealed: whoever must use one opens it. The same secret for the same device, always. */
public interface ConnectionSecrets {

    /** With which we authenticate towards the CPE. */
    String sealedConnectionRequestPassword(DeviceKey device);

    /** With which the CPE authenticates towards us. */
    String sealedAcsPassword(DeviceKey device);

    /** The user name of both; TR-069 3.4.4 recommends the device id. */
    default String username(DeviceKey device) {
        String name = device.device().toString();
        return name.substring(0, Math.min(name.length(), 256));
    }
}
