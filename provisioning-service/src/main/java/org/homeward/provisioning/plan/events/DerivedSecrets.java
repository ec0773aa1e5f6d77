package org.homeward.provisioning.plan.events;

import jakarta.enterprise.context.ApplicationScoped;
import org.homeward.contracts.DeviceKey;
import org.homeward.kit.security.DeviceSecrets;
import org.homeward.kit.security.FieldCipher;
import org.homeward.provisioning.plan.ConnectionSecrets;

/** Secrets that nobody has to store: derived from the fleet's and the device's name, sealed for the way. */
@ApplicationScoped
public class DerivedSecrets implements ConnectionSecrets {

    private final DeviceSecrets secrets;
    private final FieldCipher cipher;

    public DerivedSecrets(DeviceSecrets secrets, FieldCipher cipher) {
        this.secrets = secrets;
        this.cipher = cipher;
    }

    @Override
    public String seal(String clear) {
        return cipher.seal(clear);
    }

    @Override
    public String fingerprint(String secret) {
        return secrets.fingerprint(secret);
    }

    @Override
    public String username(DeviceKey device) {
        return secrets.username(device);
    }

    @Override
    public String sealedConnectionRequestPassword(DeviceKey device) {
        return cipher.seal(secrets.connectionRequestPassword(device));
    }

    @Override
    public String sealedAcsPassword(DeviceKey device) {
        return cipher.seal(secrets.acsPassword(device));
    }
}
