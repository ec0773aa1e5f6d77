package org.homeward.contracts.session;

import org.homeward.contracts.DeviceId;

/** DeviceIdStruct of an Inform (TR-069 A.3.3.1). */
public record DeviceIdentity(String manufacturer, String oui, String productClass, String serialNumber) {

    /** @throws IllegalArgumentException when it names no device */
    public DeviceId deviceId() {
        return new DeviceId(oui, productClass, serialNumber);
    }
}
