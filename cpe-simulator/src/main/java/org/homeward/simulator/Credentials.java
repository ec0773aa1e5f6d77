package org.homeward.simulator;

/**
 * How a CPE proves who it is to the ACS (TR-069 3.4.5). User name and password are those of the factory; the ACS may
 * change them through ManagementServer.Username and Password, the scheme stays.
 */
public record Credentials(Scheme scheme, String username, String password) {

    /** Which HTTP scheme. */
    public enum Scheme {
        /** None of its own; a challenge fails the session unless the ACS has set a user name. */
        NONE,
        /** Basic, ahead of any challenge. */
        BASIC,
        /** Digest once challenged. */
        DIGEST
    }

    public static Credentials none() {
        return new Credentials(Scheme.NONE, "", "");
    }

    public static Credentials basic(String username, String password) {
        return new Credentials(Scheme.BASIC, username, password);
    }

    public static Credentials digest(String username, String password) {
        return new Credentials(Scheme.DIGEST, username, password);
    }

    @Override
    public String toString() {
        return "Credentials[" + scheme + ", " + username + ", ***]";
    }
}
