package org.homeward.contracts.session;

/** How the CPE proved who it is, and as whom ({@code username} is empty when it was let in without). */
public record Authentication(Scheme scheme, String username, Credential credential) {

    public enum Scheme {
        NONE,
        BASIC,
        DIGEST,
        CLIENT_CERTIFICATE
    }

    public enum Credential {
        /** Let in without one. */
        NONE,
        /** Derived from the fleet secret and the device id. */
        DERIVED,
        /** The device's own, registered by an operator. */
        EXPLICIT,
        /** The one that fresh boxes share; good for a session with {@code 0 BOOTSTRAP} only. */
        FACTORY
    }
}
