package org.homeward.gateway;

import org.homeward.contracts.DeviceKey;

/** What the gateway does with keys; it never sees one. */
public interface KeyRing {

    /** The sealed text of a clear one. */
    String seal(String clear);

    /** The clear text of a sealed one. */
    String open(String sealed);

    /** The password towards the ACS that the fleet secret gives a device. */
    String acsPassword(DeviceKey device);

    /** Signs nonces; the same for all gateways. */
    byte[] nonceKey();
}
