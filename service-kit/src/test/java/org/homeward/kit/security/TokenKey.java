package org.homeward.kit.security;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;

/** Lets a {@code @QuarkusTest} accept {@link SignedTokens}, without a Keycloak. */
public final class TokenKey implements QuarkusTestResourceLifecycleManager {

    @Override
    public Map<String, String> start() {
        return Map.of("quarkus.oidc.public-key", SignedTokens.publicKey());
    }

    @Override
    public void stop() {
        // nothing was started
    }
}
