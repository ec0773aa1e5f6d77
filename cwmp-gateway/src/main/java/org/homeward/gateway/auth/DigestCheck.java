package org.homeward.gateway.auth;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The arithmetic of Digest (RFC 7616 3.4.1; without {@code qop} RFC 2069): MD5 and SHA-256, each with and without
 * {@code -sess}. What the CPE says of its URI is taken as it is: one stack sends it empty.
 */
record DigestCheck(Map<String, String> parameters) {

    String username() {
        return parameters.getOrDefault("username", "");
    }

    String nonce() {
        return parameters.getOrDefault("nonce", "");
    }

    /** Whether the CPE counts its uses of the nonce; those without {@code qop} do not (RFC 2069). */
    boolean counts() {
        return parameters.containsKey("qop");
    }

    /** {@code nc} as sent. */
    String count() {
        return parameters.getOrDefault("nc", "");
    }

    /** Whether the response was made with this password. */
    boolean isMadeWith(String password, String realm, String method) {
        String named = parameters.getOrDefault("algorithm", "MD5").toUpperCase(Locale.ROOT);
        boolean session = named.endsWith("-SESS");
        String hash = hashName(session ? named.substring(0, named.length() - 5) : named);
        String qop = parameters.getOrDefault("qop", "").toLowerCase(Locale.ROOT);
        if (hash == null || !(qop.isEmpty() || qop.equals("auth"))) {
            return false;
        }
        String ha1 = hash(hash, username() + ':' + realm + ':' + password);
        if (session) {
            ha1 = hash(hash, ha1 + ':' + nonce() + ':' + parameters.getOrDefault("cnonce", ""));
        }
        String ha2 = hash(hash, method + ':' + parameters.getOrDefault("uri", ""));
        String middle = qop.isEmpty()
                ? nonce()
                : nonce()
                        + ':'
                        + parameters.getOrDefault("nc", "")
                        + ':'
                        + parameters.getOrDefault("cnonce", "")
                        + ':'
                        + qop;
        byte[] expected = bytes(hash(hash, ha1 + ':' + middle + ':' + ha2));
        byte[] given = bytes(parameters.getOrDefault("response", "").toLowerCase(Locale.ROOT));
        return MessageDigest.isEqual(expected, given);
    }

    private static @Nullable String hashName(String algorithm) {
        return switch (algorithm) {
            case "MD5" -> "MD5";
            case "SHA-256" -> "SHA-256";
            default -> null;
        };
    }

    private static String hash(String algorithm, String text) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(bytes(text)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
