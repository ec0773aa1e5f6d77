package org.homeward.gateway.session;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.regex.Pattern;
import org.homeward.contracts.SessionId;

/**
 * Names for sessions of one gateway. Id and cookie begin with the gateway's: the id so that a gateway that reads a plan
 * knows whether the session was its own, the cookie so that a load balancer finds the way back. They share nothing else:
 * the id is seen by people, the cookie proves a CPE.
 */
public final class SessionNames {

    private static final Pattern GATEWAY = Pattern.compile("[A-Za-z0-9_-]{1,24}");

    private final SecureRandom random = new SecureRandom();
    private final String gateway;

    /** @param gateway 1 to 24 of {@code A-Z a-z 0-9 _ -} */
    public SessionNames(String gateway) {
        if (!GATEWAY.matcher(gateway).matches()) {
            throw new IllegalArgumentException("a gateway id has 1 to 24 of A-Z a-z 0-9 _ -: " + gateway);
        }
        this.gateway = gateway;
    }

    public String gateway() {
        return gateway;
    }

    SessionId id() {
        return new SessionId(gateway + '.' + secret());
    }

    String cookie() {
        return gateway + '.' + secret();
    }

    boolean isOurs(SessionId id) {
        return id.value().startsWith(gateway + '.');
    }

    private String secret() {
        byte[] bytes = new byte[16];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
