package org.homeward.stunconnector.codec;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * MESSAGE-INTEGRITY: HMAC-SHA1 over what stands before it. RFC 3489 11.2.8 fills that up with zeros to a multiple of 64
 * bytes, RFC 5389 15.4 does not, and CPEs do either; an answer does as its question did.
 */
public enum Integrity {
    /** As RFC 3489 and TR-069 Annex G have it. */
    FILLED,
    /** As RFC 5389 has it. */
    PLAIN;

    static final int LENGTH = 20;
    private static final int BLOCK = 64;

    /** Which way the message was signed with the password; empty when it was not, or with another. */
    public static Optional<Integrity> of(StunMessage message, String password) {
        Optional<Attribute.MessageIntegrity> signature = message.first(Attribute.MessageIntegrity.class);
        if (signature.isEmpty()) {
            return Optional.empty();
        }
        byte[] key = key(message, password);
        int at = signature.get().at();
        byte[] signed = Arrays.copyOf(message.bytes(), at);
        // As if it ended with the signature, whatever came behind (RFC 5389 15.4).
        Bytes.put16(signed, 2, at + 4 + LENGTH - StunMessage.HEADER);
        byte[] expected = Arrays.copyOfRange(message.bytes(), at + 4, at + 4 + LENGTH);
        for (Integrity way : values()) {
            if (MessageDigest.isEqual(expected, way.sign(signed, key))) {
                return Optional.of(way);
            }
        }
        return Optional.empty();
    }

    /** Long-term credentials have a realm in their key (RFC 5389 15.4), those of Annex G are the password alone. */
    private static byte[] key(StunMessage message, String password) {
        Optional<Attribute.Realm> realm = message.first(Attribute.Realm.class);
        if (realm.isEmpty()) {
            return password.getBytes(UTF_8);
        }
        String username = message.first(Attribute.Username.class)
                .map(Attribute.Username::value)
                .orElse("");
        try {
            return MessageDigest.getInstance("MD5")
                    .digest((username + ':' + realm.get().value() + ':' + password).getBytes(UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JVM can't do MD5", e);
        }
    }

    /** @param message with its length as if the signature were there already */
    byte[] sign(byte[] message, byte[] key) {
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(key, "HmacSHA1"));
            mac.update(message);
            if (this == FILLED) {
                mac.update(new byte[(BLOCK - message.length % BLOCK) % BLOCK]);
            }
            return mac.doFinal();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JVM can't do HmacSHA1", e);
        }
    }
}
