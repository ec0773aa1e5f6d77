package org.homeward.registry.inventory.rest;

import io.quarkus.security.identity.SecurityIdentity;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.homeward.contracts.DeviceId;
import org.homeward.contracts.DeviceKey;
import org.homeward.kit.rest.Problem;
import org.homeward.kit.rest.ProblemException;
import org.homeward.kit.security.Caller;
import org.homeward.kit.security.Roles;
import org.homeward.registry.inventory.Device;
import org.homeward.registry.inventory.store.DeviceSearch;
import org.jspecify.annotations.Nullable;

/**
 * Which devices the caller sees: those of its tenant; a subscriber only its own. What it does not see is not there
 * (HTTP 404), whether it exists or not.
 */
@RequestScoped
public class Visible {

    private static final Set<String> SEE_ALL =
            Set.of(Roles.ADMIN, Roles.OPERATOR, Roles.SUPPORT, Roles.FIELD, Roles.AUDITOR);

    private final Caller caller;
    private final SecurityIdentity identity;
    private final DeviceSearch devices;

    @Inject
    public Visible(Caller caller, SecurityIdentity identity, DeviceSearch devices) {
        this.caller = caller;
        this.identity = identity;
        this.devices = devices;
    }

    /** The subscriber whose devices alone the caller sees; null for all. */
    public @Nullable String subscriber() {
        if (SEE_ALL.stream().anyMatch(caller::has)) {
            return null;
        }
        return self();
    }

    /** The subscriber that the caller is: claim {@code subscriber}, or its name. */
    public String self() {
        return identity.getPrincipal() instanceof JsonWebToken token
                        && token.getClaim("subscriber") instanceof String subscriber
                ? subscriber
                : caller.name();
    }

    /** The device's key, whether there is such a device or not. */
    public DeviceKey key(DeviceId id) {
        return new DeviceKey(caller.tenant(), id);
    }

    /** @throws ProblemException HTTP 404 for a device that is not there or not the caller's */
    public Device require(DeviceId id) throws SQLException {
        Optional<Device> device = devices.find(key(id));
        String subscriber = subscriber();
        return device.filter(found -> subscriber == null || subscriber.equals(found.subscriberId()))
                .orElseThrow(() -> Problem.notFound("device", id).exception());
    }
}
