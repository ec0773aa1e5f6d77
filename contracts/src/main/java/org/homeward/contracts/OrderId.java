package org.homeward.contracts;

import java.util.UUID;

/** One order that a person or system placed on a device. */
public record OrderId(String value) {

    public OrderId {
        if (value.isEmpty() || value.length() > 64) {
            throw new IllegalArgumentException("OrderId has 1 to 64 characters");
        }
    }

    /** A fresh one. */
    public static OrderId random() {
        return new OrderId(UUID.randomUUID().toString());
    }

    @Override
    public String toString() {
        return value;
    }
}
