package org.homeward.provisioning.selfcare;

import java.util.Optional;
import org.homeward.contracts.DeviceKey;
import org.homeward.contracts.TenantId;
import org.jspecify.annotations.Nullable;

/** A subscriber of a tenant. */
public record Owner(TenantId tenant, String subscriber) {

    /** Of a device. @param subscriber null where it is nobody's */
    public static Optional<Owner> of(DeviceKey device, @Nullable String subscriber) {
        return Optional.ofNullable(subscriber).map(id -> new Owner(device.tenant(), id));
    }

    /** What a secret that it chose is sealed with besides the key, so that it opens nowhere else. */
    public String context(String capability) {
        return String.join("\n", "personal", tenant.value(), subscriber, capability);
    }
}
