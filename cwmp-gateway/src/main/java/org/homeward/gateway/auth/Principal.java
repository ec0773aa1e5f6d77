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
     * that fresh boxes share for devices that have none of their own yet.
     *
     * @param fresh whether the device may come with the credentials that fresh boxes share
     */
    public boolean mayOpen(DeviceKey claimed, boolean fresh) {
        return switch (authentication.credential()) {
            case NONE -> true;
            case DERIVED, EXPLICIT -> claimed.equals(device);
            case FACTORY -> fresh;
        };
    }

    /** Whether both prove the same. */
    public boolean isSameAs(Principal other) {
        return authentication.username().equals(other.authentication.username());
    }
}
