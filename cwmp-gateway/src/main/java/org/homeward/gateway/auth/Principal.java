package org.homeward.gateway.auth;

import org.homeward.contracts.DeviceKey;
import org.homeward.contracts.session.Authentication;
import org.homeward.contracts.session.Authentication.Credential;
import org.homeward.contracts.session.Authentication.Scheme;
import org.jspecify.annotations.Nullable;

/**
 * Whom the credentials of a request prove.
 *
 * @param device whose credentials they are; null where they are no single device's
 */
public record Principal(
        Authentication authentication, @Nullable DeviceKey device) {

    /** Somebody who was let in without credentials. */
    public static Principal nobody() {
        return new Principal(new Authentication(Scheme.NONE, "", Credential.NONE), null);
    }

    /**
     * Whether it may open a session as this device: credentials of a device are good for that device alone, the ones
     * that fresh boxes share for first contact alone.
     *
     * @param bootstrap whether the Inform has {@code 0 BOOTSTRAP}
     */
    public boolean mayOpen(DeviceKey claimed, boolean bootstrap) {
        return switch (authentication.credential()) {
            case NONE -> true;
            case DERIVED, EXPLICIT -> claimed.equals(device);
            case FACTORY -> bootstrap;
        };
    }

    /** Whether both prove the same. */
    public boolean isSameAs(Principal other) {
        return authentication.username().equals(other.authentication.username());
    }
}
