package org.homeward.registry.twin;

import org.homeward.contracts.device.DeviceEvent.Change;
import org.homeward.registry.BoundedText;
import org.jspecify.annotations.Nullable;

/** Keeps changes small: some parameters hold whole log files. */
final class ChangeText {

    /** Characters of a value that a change tells. */
    static final int MAX_LENGTH = 1024;

    private ChangeText() {}

    static Change bounded(String path, @Nullable String before, @Nullable String after) {
        return new Change(path, bounded(before), bounded(after));
    }

    private static @Nullable String bounded(@Nullable String value) {
        if (value == null) {
            return null;
        }
        String kept = BoundedText.of(value, MAX_LENGTH);
        return kept.length() == value.length() ? kept : kept + "...";
    }
}
