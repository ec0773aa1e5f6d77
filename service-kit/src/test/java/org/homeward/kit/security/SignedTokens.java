package org.homeward.kit.security;

import io.smallrye.jwt.build.Jwt;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** Tokens as Keycloak makes them, signed by a key of this JVM. */
public final class SignedTokens {

    private static final KeyPair OURS = pair(1);
    private static final KeyPair THEIRS = pair(2);

    private SignedTokens() {}

    /** The public key for {@code quarkus.oidc.public-key}. */
    public static String publicKey() {
        return Base64.getEncoder().encodeToString(OURS.getPublic().getEncoded());
    }

    public static String of(String user, String... roles) {
        return token(OURS, user, roles);
    }

    /** Well formed, but signed by somebody else. */
    public static String foreign(String user, String... roles) {
        return token(THEIRS, user, roles);
    }

    private static String token(KeyPair key, String user, String... roles) {
        return Jwt.issuer("https://test/realms/homeward")
                .subject(user)
                .preferredUserName(user)
                .claim("tenant", "acme")
                .claim("realm_access", Map.of("roles", List.of(roles)))
                .expiresIn(300)
                .sign(key.getPrivate());
    }

    /** The same in every class loader of the test JVM. */
    private static KeyPair pair(int seed) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            SecureRandom random = SecureRandom.getInstance("SHA1PRNG");
            random.setSeed(seed);
            generator.initialize(2048, random);
            return generator.generateKeyPair();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
