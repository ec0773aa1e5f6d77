package org.homeward.stunconnector.delivery;

import java.time.Duration;
import java.util.List;

/**
 * How a request is sent.
 *
 * @param copies when each copy leaves, counted from the first; ascending
 */
public record DeliverySettings(List<Duration> copies) {
    public DeliverySettings {
        copies = List.copyOf(copies);
        if (copies.isEmpty() || copies.getFirst().isNegative()) {
            throw new IllegalArgumentException("at least one copy has to be sent, and none before its time");
        }
    }
}
