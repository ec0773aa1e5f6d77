package org.homeward.kit.events;

import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.homeward.contracts.DeviceKey;
import org.homeward.contracts.Event;
import org.homeward.contracts.Message;

/**
 * Puts messages into their envelope: a fresh id, the time by the clock (milliseconds), the source.
 *
 * @param source which service instance speaks, such as {@code /cwmp-gateway/gw-1}
 */
public record EventFactory(Clock clock, String source) {

    /** Of this run: with a number an id that is nobody else's, without drawing random bytes for each event. */
    private static final String RUN = UUID.randomUUID().toString();

    private static final AtomicLong NUMBER = new AtomicLong();

    /** An event that happens now, with a fresh id. */
    public <T extends Message> Event<T> event(DeviceKey key, T data) {
        return event(RUN + '-' + Long.toString(NUMBER.incrementAndGet(), 36), key, data);
    }

    /** An event with an id that is the same when the same event is made again. */
    public <T extends Message> Event<T> event(String id, DeviceKey key, T data) {
        return new Event<>(id, clock.instant().truncatedTo(ChronoUnit.MILLIS), source, key, data);
    }
}
