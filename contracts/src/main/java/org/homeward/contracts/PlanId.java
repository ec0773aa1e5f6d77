package org.homeward.contracts;

import java.util.UUID;

/** One plan that the brain sent to a session. */
public record PlanId(String value) {

    public PlanId {
        if (value.isEmpty() || value.length() > 64) {
            throw new IllegalArgumentException("PlanId has 1 to 64 characters");
        }
    }

    /** A fresh one. */
    public static PlanId random() {
        return new PlanId(UUID.randomUUID().toString());
    }

    @Override
    public String toString() {
        return value;
    }
}
