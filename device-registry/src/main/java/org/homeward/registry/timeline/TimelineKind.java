package org.homeward.registry.timeline;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a timeline is made of. */
public enum TimelineKind {
    SESSION,
    ORDER,
    CHANGE,
    REGISTERED,
    EDITED,
    BOUND,
    UNBOUND,
    DENIED,
    ONLINE,
    OFFLINE;

    /** The name in REST. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<TimelineKind> of(String text) {
        return Arrays.stream(values()).filter(kind -> kind.text().equals(text)).findFirst();
    }
}
