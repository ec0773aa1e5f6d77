package org.homeward.provisioning.plan;

import org.homeward.contracts.DeviceKey;
import org.homeward.provisioning.reconcile.Secrecy;

/** Each device's secrets, sealed: whoever must use one opens it. The same secret for the same device, always. */
public interface ConnectionSecrets extends Secrecy {

    /** With which we authenticate towards the CPE. */
    String sealedConnectionRequestPassword(DeviceKey device);

    /** With which the CPE authenticates towards us. */
    String sealedAcsPassword(DeviceKey device);

    /** The user name of both, at most 256 characters; TR-069 3.4.4 recommends the device id. */
    String username(DeviceKey device);
}
