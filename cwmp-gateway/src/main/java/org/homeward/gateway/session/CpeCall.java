package org.homeward.gateway.session;

import org.homeward.contracts.TenantId;
import org.homeward.gateway.auth.Principal;
import org.jspecify.annotations.Nullable;

/**
 * One POST of a CPE, before its body is looked at.
 *
 * @param principal whom its credentials prove; null when it brought none
 * @param cookie the session cookie that it returned; null for none
 * @param remoteAddress without port
 * @param connection over which it came
 */
public record CpeCall(
        TenantId tenant,
        @Nullable Principal principal,
        @Nullable String cookie,
        String remoteAddress,
        CpeConnection connection) {}
