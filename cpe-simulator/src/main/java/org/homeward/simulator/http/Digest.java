package org.homeward.simulator.http;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The arithmetic of HTTP Digest (RFC 7616), for both sides. */
final class Digest {
    private Digest() {}

    static boolean supports(String algorithm) {
        return switch (algorithm) {
            case "MD5", "MD5-SESS", "SHA-256", "SHA-256-SESS" -> true;
            default -> false;
        };
    }

    /** The {@code response} field; with an empty qop as RFC 2069 has it. */
    static String response(
            Challenge challenge,
            String username,
            String password,
            String method,
            String uri,
            String nc,
            String cnonce,
            String qop) {
        String algorithm = challenge.algorithm();
        String nonce = challenge.field("nonce");
        String ha1 = hash(algorithm, username + ":" + challenge.field("realm") + ":" + password);
        if (algorithm.endsWith("-SESS")) {
            ha1 = hash(algorithm, ha1 + ":" + nonce + ":" + cnonce);
        }
        String ha2 = hash(algorithm, method + ":" + uri);
        return qop.isEmpty()
                ? hash(algorithm, ha1 + ":" + nonce + ":" + ha2)
                : hash(algorithm, ha1 + ":" + nonce + ":" + nc + ":" + cnonce + ":" + qop + ":" + ha2);
    }

    private static String hash(String algorithm, String text) {
        try {
            MessageDigest digest = MessageDigest.getInstance(algorithm.startsWith("SHA-256") ? "SHA-256" : "MD5");
            return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has MD5 and SHA-256", e);
        }
    }
}
