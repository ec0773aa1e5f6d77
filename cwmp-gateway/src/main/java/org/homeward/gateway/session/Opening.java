package org.homeward.gateway.session;

import java.time.Duration;
import java.time.Instant;
import org.homeward.contracts.DeviceKey;
import org.homeward.contracts.SessionId;
import org.homeward.gateway.auth.Principal;

/**
 * What is known of a session from its start, and does not change.
 *
 * @param cookie what the CPE shall return; a secret of this session
 * @param namespace CWMP namespace that the CPE speaks
 * @param idle how long the CPE may be silent
 * @param returns whether the CPE shall come again when we have nothing to say to it in time: a box that knows nothing of
 *     us yet, or one whose last session failed
 */
record Opening(
        SessionId id,
        String cookie,
        DeviceKey key,
        Principal principal,
        String remoteAddress,
        String namespace,
        Instant startedAt,
        Duration idle,
        boolean returns) {}
