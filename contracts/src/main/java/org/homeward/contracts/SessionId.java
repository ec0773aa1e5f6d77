package org.homeward.contracts;

import java.util.UUID;

/** One CWMP session, from its Inform to its end. Unguessable, at most 64 characters. */
public record SessionId(String value) {

    public SessionId {
        if (value.isEmpty() || value.length() > 64) {
            throw new IllegalArgumentException("SessionId has 1 to 64 characters");
        }
    }

    /** A fresh one. */
    public static SessionId random() {
        return new SessionId(UUID.randomUUID().toString());
    }

    @Override
    public String toString() {
        return value;
    }
}
