package org.homeward.registry.subscriber;

import java.time.Instant;

/** A service that a subscriber bought. @param version counts its changes */
public record Service(
        SubscriberId subscriber,
        ServiceId id,
        ServiceId type,
        Attributes attributes,
        Instant createdAt,
        Instant updatedAt,
        String updatedBy,
        long version) {}
