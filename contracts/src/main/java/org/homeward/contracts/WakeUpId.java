package org.homeward.contracts;

import java.util.UUID;

/** One attempt to make a device call, over one transport. */
public record WakeUpId(String value) {

    public WakeUpId {
        if (value.isEmpty() || value.length() > 64) {
            throw new IllegalArgumentException("WakeUpId has 1 to 64 characters");
        }
    }

    /** A fresh one. */
    public static WakeUpId random() {
        return new WakeUpId(UUID.randomUUID().toString());
    }

    @Override
    public String toString() {
        return value;
    }
}
