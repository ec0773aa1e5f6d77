package org.homeward.registry.testing;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.smallrye.jwt.build.Jwt;
import io.smallrye.jwt.build.JwtClaimsBuilder;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** Tokens as Keycloak makes them, signed by a key of the tests; and the setting that lets the service accept them. */
public final class SignedTokens implements QuarkusTestResourceLifecycleManager {

    private static final KeyPair OURS = pair(1);
    private static final KeyPair THEIRS = pair(2);

    @Override
    public Map<String, String> start() {
        return Map.of(
                "quarkus.oidc.public-key",
                Base64.getEncoder().encodeToString(OURS.getPublic().getEncoded()));
    }

    @Override
    public void stop() {
        // nothing was started
    }

    public static String of(String user, String... roles) {
        return token(OURS, user, "default", roles);
    }

    public static String ofTenant(String tenant, String user, String... roles) {
        return token(OURS, user, tenant, roles);
    }

    /** A subscriber's, with the claim that says which. */
    public static String ofSubscriber(String user, String subscriber) {
        return claims(user, "default", "subscriber")
                .claim("subscriber", subscriber)
                .sign(OURS.getPrivate());
    }

    /** Well formed, but signed by somebody else. */
    public static String foreign(String user, String... roles) {
        return token(THEIRS, user, "default", roles);
    }

    private static String token(KeyPair key, String user, String tenant, String... roles) {
        return claims(user, tenant, roles).sign(key.getPrivate());
    }

    private static JwtClaimsBuilder claims(String user, String tenant, String... roles) {
        return Jwt.issuer("https://test/realms/homeward")
                .subject(user)
                .preferredUserName(user)
                .claim("tenant", tenant)
                .claim("realm_access", Map.of("roles", List.of(roles)))
                .expiresIn(300);
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
