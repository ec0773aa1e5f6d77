package org.homeward.registry.subscriber;

import java.time.Instant;

/** A subscriber as it is kept. @param version counts changes of its attributes */
public record Subscriber(
        SubscriberId id, Attributes attributes, Instant createdAt, Instant updatedAt, String updatedBy, long version) {}
