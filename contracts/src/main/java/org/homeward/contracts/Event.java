package org.homeward.contracts;

import java.time.Instant;

/**
 * A message with its envelope: the attributes of CloudEvents 1.0 that we use. In Kafka they travel as headers (binary
 * mode), the message as the JSON value, the key as the record's key.
 *
 * @param id unique per source; the same when the same event is published again
 * @param time when it happened, by the clock of the service that says so
 * @param source which service instance says so, such as {@code /cwmp-gateway/gw-1}
 * @param key whose event it is: tenant and device
 */
public record Event<T extends Message>(String id, Instant time, String source, DeviceKey key, T data) {

    /** The CloudEvents type: {@code org.homeward.} and the record's name. */
    public String type() {
        return MessageTypes.typeOf(data.getClass());
    }
}
