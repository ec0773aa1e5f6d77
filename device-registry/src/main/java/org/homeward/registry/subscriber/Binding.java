package org.homeward.registry.subscriber;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Somebody said that whatever device fits the claim is this subscriber's.
 *
 * @param ended when and why it ended; null while it holds
 */
public record Binding(
        String id,
        SubscriberId subscriber,
        Claim claim,
        Instant createdAt,
        String createdBy,
        @Nullable Ended ended) {

    public record Ended(Instant at, String by, String why) {}
}
