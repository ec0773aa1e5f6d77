package org.homeward.kit.events;

import org.homeward.contracts.DeviceKey;
import org.homeward.contracts.Event;
import org.homeward.contracts.Message;

/** What a Kafka record turned out to be. */
public sealed interface Reading {

    /** An event of ours. */
    record Read(Event<? extends Message> event) implements Reading {}

    /** A record without value: what a compacted topic held under this key is withdrawn. */
    record Withdrawn(DeviceKey key) implements Reading {}

    /** An event of a type that this version does not know; to be skipped. */
    record UnknownType(String type) implements Reading {}

    /** Not an event at all, or one whose content does not fit its type. */
    record Malformed(Exception cause) implements Reading {}
}
