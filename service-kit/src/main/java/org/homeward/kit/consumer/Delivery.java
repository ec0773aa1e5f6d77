package org.homeward.kit.consumer;

import org.homeward.contracts.DeviceKey;
import org.homeward.contracts.Event;
import org.homeward.contracts.Message;
import org.homeward.contracts.Topic;

/** What lay at one place of a topic. */
public sealed interface Delivery {

    Topic topic();

    int partition();

    long offset();

    DeviceKey key();

    /** An event. */
    record Arrived(Topic topic, int partition, long offset, Event<? extends Message> event) implements Delivery {
        @Override
        public DeviceKey key() {
            return event.key();
        }
    }

    /** What a compacted topic held of the device is gone. */
    record Withdrawn(Topic topic, int partition, long offset, DeviceKey key) implements Delivery {}
}
