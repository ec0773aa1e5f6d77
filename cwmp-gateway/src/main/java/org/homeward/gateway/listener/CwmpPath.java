package org.homeward.gateway.listener;

import org.homeward.contracts.TenantId;
import org.jspecify.annotations.Nullable;

/** The paths that CPEs may post to: {@code /}, and {@code /} with a tenant. */
final class CwmpPath {

    private CwmpPath() {}

    /** @param path raw, without query. @return null for a path of no tenant */
    static @Nullable TenantId tenant(@Nullable String path) {
        if (path == null || path.isEmpty() || path.equals("/")) {
            return TenantId.DEFAULT;
        }
        String name = path.substring(1, path.endsWith("/") ? path.length() - 1 : path.length());
        try {
            return new TenantId(name);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
