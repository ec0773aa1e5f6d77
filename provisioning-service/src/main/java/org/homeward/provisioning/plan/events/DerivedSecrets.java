package org.homeward.provisioning.plan.events;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.homeward.contracts.DeviceKey;
import org.homeward.kit.security.DeviceSecrets;
import org.homeward.kit.security.FieldCipher;
import org.homeward.provisioning.plan.ConnectionSecrets;
import org.homeward.provisioning.profile.BoundSecret;
import org.jboss.logging.Logger;

/** Secrets that nobody has to store: derived from the fleet's and the device's name, sealed for the way. */
@ApplicationScoped
public class DerivedSecrets implements ConnectionSecrets {

    private static final Logger LOG = Logger.getLogger(DerivedSecrets.class);

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
    public Optional<String> passOn(String sealed) {
        try {
            return Optional.of(BoundSecret.of(sealed)
                    .map(secret -> cipher.seal(cipher.open(secret.sealed(), secret.context())))
                    .orElse(sealed));
        } catch (FieldCipher.UnreadableSecret e) {
            LOG.warnf("a secret of a subscriber can't be used: %s", e.getMessage());
            return Optional.empty();
        }
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

    @Override
    public Optional<String> stunUsername(DeviceKey device) {
        try {
            return Optional.of(secrets.stunUsername(device));
        } catch (IllegalArgumentException e) {
            LOG.debugf("%s gets no STUN user name: %s", device, e.getMessage());
            return Optional.empty();
        }
    }

    @Override
    public String sealedStunPassword(DeviceKey device) {
        return cipher.seal(secrets.stunPassword(device));
    }

    @Override
    public String xmppLocalpart(DeviceKey device) {
        return secrets.xmppLocalpart(device);
    }

    @Override
    public String sealedXmppPassword(DeviceKey device) {
        return cipher.seal(secrets.xmppPassword(device));
    }
}
