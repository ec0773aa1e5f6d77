package org.homeward.kit.outbox;

import org.homeward.contracts.Event;
import org.homeward.contracts.Message;
import org.homeward.contracts.Topic;
import org.jspecify.annotations.Nullable;

/**
 * An event on its way to a topic.
 *
 * @param partition where its reader reads; null for the partition of its key
 */
public record Outgoing(Topic topic, @Nullable Integer partition, Event<? extends Message> event) {

    public Outgoing(Topic topic, Event<? extends Message> event) {
        this(topic, null, event);
    }
}
