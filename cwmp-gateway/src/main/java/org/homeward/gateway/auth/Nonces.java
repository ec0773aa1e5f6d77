package org.homeward.gateway.auth;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Nonces that need no memory: time and connection, signed together with the CPE's address. On the connection that it
 * was made for a nonce lasts long; on another only as long as it takes a CPE to come back that closed after the
 * challenge (TR-069 3.4.4 wants a new nonce for each connection, and CPEs that open one for each request exist).
 */
final class Nonces {

    private static final Duration ON_ITS_CONNECTION = Duration.ofMinutes(10);
    private static final Duration ON_ANOTHER = Duration.ofSeconds(60);

    enum Age {
        FRESH,
        /** Fresh, but made for another connection. */
        CARRIED,
        STALE,
        /** Not one of ours, or made for another address. */
        FOREIGN
    }

    private final SecretKeySpec key;
    private final Clock clock;

    /** @param key the same for all gateways, so that a CPE may answer one's challenge to another */
    Nonces(byte[] key, Clock clock) {
        this.key = new SecretKeySpec(key, "HmacSHA256");
        this.clock = clock;
    }

    String next(String connection, String address) {
        String made = Long.toString(clock.millis(), 36) + '.' + connection;
        return made + '.' + sign(made, address);
    }

    Age check(String nonce, String connection, String address) {
        int end = nonce.lastIndexOf('.');
        int middle = nonce.indexOf('.');
        if (middle < 0 || end <= middle) {
            return Age.FOREIGN;
        }
        String made = nonce.substring(0, end);
        if (!MessageDigest.isEqual(bytes(sign(made, address)), bytes(nonce.substring(end + 1)))) {
            return Age.FOREIGN;
        }
        Instant madeAt = Instant.ofEpochMilli(Long.parseLong(nonce.substring(0, middle), 36));
        boolean same = nonce.substring(middle + 1, end).equals(connection);
        Instant until = madeAt.plus(same ? ON_ITS_CONNECTION : ON_ANOTHER);
        if (clock.instant().isAfter(until)) {
            return Age.STALE;
        }
        return same ? Age.FRESH : Age.CARRIED;
    }

    private String sign(String made, String address) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            byte[] full = mac.doFinal(bytes(made + '|' + address));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(full).substring(0, 22);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
