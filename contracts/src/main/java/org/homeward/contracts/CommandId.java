package org.homeward.contracts;

import java.util.UUID;

/** One step of a plan; the same when the step is planned again, so that effects can be told apart. */
public record CommandId(String value) {

    public CommandId {
        if (value.isEmpty() || value.length() > 64) {
            throw new IllegalArgumentException("CommandId has 1 to 64 characters");
        }
    }

    /** A fresh one. */
    public static CommandId random() {
        return new CommandId(UUID.randomUUID().toString());
    }

    @Override
    public String toString() {
        return value;
    }
}
