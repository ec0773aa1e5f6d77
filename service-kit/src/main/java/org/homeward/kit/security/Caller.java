package org.homeward.kit.security;

import io.quarkus.security.identity.SecurityIdentity;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import java.util.Set;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.homeward.contracts.TenantId;
import org.homeward.kit.rest.Problem;
import org.homeward.kit.rest.ProblemException;
import org.jspecify.annotations.Nullable;

/** Who makes this request. */
@RequestScoped
public class Caller {

    private final SecurityIdentity identity;

    @Inject
    public Caller(SecurityIdentity identity) {
        this.identity = identity;
    }

    /** The user's name, as it stands in timelines: {@code preferred_username} of the token. */
    public String name() {
        return identity.isAnonymous() ? "anonymous" : identity.getPrincipal().getName();
    }

    /**
     * The tenant whose devices this caller sees: claim {@code tenant} of the token, the default tenant without.
     *
     * @throws ProblemException HTTP 403 when the claim is no tenant id
     */
    public TenantId tenant() {
        String claim = claim("tenant");
        if (claim == null || claim.isEmpty()) {
            return TenantId.DEFAULT;
        }
        try {
            return new TenantId(claim);
        } catch (IllegalArgumentException e) {
            throw Problem.forbidden("The token's claim tenant is " + e.getMessage() + ".")
                    .exception();
        }
    }

    /** The subscriber that the caller is, if it has that role: claim {@code subscriber} of the token, its name without. */
    public String subscriber() {
        String claim = claim("subscriber");
        return claim == null || claim.isEmpty() ? name() : claim;
    }

    public Set<String> roles() {
        return identity.getRoles();
    }

    public boolean has(String role) {
        return identity.hasRole(role);
    }

    /** The token as it came, to ask another service on the caller's behalf; empty where there is none. */
    public String token() {
        return identity.getPrincipal() instanceof JsonWebToken token && token.getRawToken() != null
                ? token.getRawToken()
                : "";
    }

    private @Nullable String claim(String claimName) {
        return identity.getPrincipal() instanceof JsonWebToken token && token.getClaim(claimName) instanceof String text
                ? text
                : null;
    }
}
