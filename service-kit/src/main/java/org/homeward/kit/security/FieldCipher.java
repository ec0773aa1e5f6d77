package org.homeward.kit.security;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Seals single values: AES-256-GCM with a fresh nonce each time. Sealed text is {@code v1.} and base64url of nonce,
 * ciphertext and tag; a later version can change the algorithm and still read this one. Thread-safe.
 */
public final class FieldCipher {

    private static final String VERSION = "v1.";
    private static final String ALGORITHM = "AES/GCM/NoPadding";
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final int KEY_BYTES = 32;

    private final SecretKey key;
    private final SecureRandom random = new SecureRandom();

    /** @throws IllegalArgumentException unless the key is 32 bytes in base64; the message never holds it */
    public FieldCipher(String base64Key) {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(base64Key.strip());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("homeward.secrets.key is not base64");
        }
        if (bytes.length != KEY_BYTES) {
            throw new IllegalArgumentException(
                    "homeward.secrets.key has " + bytes.length + " bytes, it needs 32: openssl rand -base64 32");
        }
        this.key = new SecretKeySpec(bytes, "AES");
    }

    public String seal(String clear) {
        return seal(clear, "");
    }

    /** Seals a value for one place: it opens only with the same context. @param context empty for none */
    public String seal(String clear, String context) {
        try {
            byte[] nonce = new byte[NONCE_BYTES];
            random.nextBytes(nonce);
            Cipher cipher = Cipher.getInstance(ALGORITHM);
            cipher.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD(context.getBytes(StandardCharsets.UTF_8));
            byte[] sealed = cipher.doFinal(clear.getBytes(StandardCharsets.UTF_8));
            return VERSION
                    + Base64.getUrlEncoder()
                            .withoutPadding()
                            .encodeToString(ByteBuffer.allocate(NONCE_BYTES + sealed.length)
                                    .put(nonce)
                                    .put(sealed)
                                    .array());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JVM can't do " + ALGORITHM, e);
        }
    }

    /** @throws UnreadableSecret when the text was not sealed with this key, or was changed since */
    public String open(String sealedText) {
        return open(sealedText, "");
    }

    /** @throws UnreadableSecret when the text was not sealed with this key for this context, or was changed since */
    public String open(String sealedText, String context) {
        if (!isSealed(sealedText)) {
            throw new UnreadableSecret("not a sealed value of a known version");
        }
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(sealedText.substring(VERSION.length()));
            if (bytes.length < NONCE_BYTES + TAG_BITS / 8) {
                throw new UnreadableSecret("a sealed value is cut off");
            }
            Cipher cipher = Cipher.getInstance(ALGORITHM);
            cipher.init(Cipher.DECRYPT_MODE, key, new GCMParameterSpec(TAG_BITS, bytes, 0, NONCE_BYTES));
            cipher.updateAAD(context.getBytes(StandardCharsets.UTF_8));
            return new String(cipher.doFinal(bytes, NONCE_BYTES, bytes.length - NONCE_BYTES), StandardCharsets.UTF_8);
        } catch (AEADBadTagException e) {
            throw new UnreadableSecret("a sealed value was made with another key or for another place, or changed");
        } catch (IllegalArgumentException e) {
            throw new UnreadableSecret("a sealed value is not base64url");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JVM can't do " + ALGORITHM, e);
        }
    }

    public static boolean isSealed(String text) {
        return text.startsWith(VERSION);
    }

    /** A sealed value can't be opened. Says why, never what. */
    public static final class UnreadableSecret extends RuntimeException {
        private static final long serialVersionUID = 1;

        UnreadableSecret(String message) {
            super(message);
        }
    }
}
