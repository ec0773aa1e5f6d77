package org.homeward.provisioning.testing;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.smallrye.jwt.build.Jwt;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** Tokens as Keycloak makes them, signed by a key that only these tests know. */
public final class SignedTokens implements QuarkusTestResourceLifecycleManager {

    private static final KeyPair KEYS = pair();

    @Override
    public Map<String, String> start() {
        return Map.of(
                "quarkus.oidc.public-key",
                Base64.getEncoder().encodeToString(KEYS.getPublic().getEncoded()));
    }

    @Override
    public void stop() {
        // nothing was started
    }

    /** Of a user of a tenant. */
    public static String of(String tenant, String user, String... roles) {
        return Jwt.issuer("https://test/realms/homeward")
                .subject(user)
                .preferredUserName(user)
                .claim("tenant", tenant)
                .claim("realm_access", Map.of("roles", List.of(roles)))
                .expiresIn(300)
                .sign(KEYS.getPrivate());
    }

    /** Of a subscriber of a tenant, whose user has another name. */
    public static String ofSubscriber(String tenant, String user, String subscriber) {
        return Jwt.issuer("https://test/realms/homeward")
                .subject(user)
                .preferredUserName(user)
                .claim("tenant", tenant)
                .claim("subscriber", subscriber)
                .claim("realm_access", Map.of("roles", List.of("subscriber")))
                .expiresIn(300)
                .sign(KEYS.getPrivate());
    }

    /** The same in every class loader of the test JVM. */
    private static KeyPair pair() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            SecureRandom random = SecureRandom.getInstance("SHA1PRNG");
            random.setSeed(1);
            generator.initialize(2048, random);
            return generator.generateKeyPair();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
