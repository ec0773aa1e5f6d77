package org.homeward.registry.subscriber;

import java.util.regex.Pattern;

/** The id of a service among those of its subscriber, and the name of a service type: {@code internet}, {@code voip-2}. */
public record ServiceId(String value) {

    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,63}");

    /** @throws IllegalArgumentException with what is wrong with it */
    public ServiceId {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "has 1 to 64 letters, digits, hyphens, dots and underscores, and begins with a letter or digit");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
