package org.homeward.registry.subscriber;

/** The operator's own id of a subscriber: 1 to 128 characters, none of them control characters. */
public record SubscriberId(String value) {

    private static final int LONGEST = 128;

    /** @throws IllegalArgumentException with what is wrong with it */
    public SubscriberId {
        if (value.isEmpty() || value.length() > LONGEST || value.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("has 1 to " + LONGEST + " characters, none of them control characters");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
