package org.homeward.registry.inventory;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is to change about a device; null leaves as it is.
 *
 * @param subscriberId empty takes the subscriber away
 */
public record DeviceEdit(
        @Nullable List<String> tags,
        @Nullable String subscriberId,
        @Nullable Boolean trace) {

    public DeviceEdit {
        tags = tags == null ? null : tags.stream().distinct().sorted().toList();
    }

    /** The edit in words, for the timeline. */
    public String text() {
        var text = new StringBuilder();
        if (tags != null) {
            text.append("tags ").append(String.join(", ", tags)).append("; ");
        }
        if (subscriberId != null) {
            text.append(subscriberId.isEmpty() ? "no subscriber; " : "subscriber " + subscriberId + "; ");
        }
        if (trace != null) {
            text.append(trace ? "trace on; " : "trace off; ");
        }
        return text.isEmpty() ? "" : text.substring(0, text.length() - 2);
    }
}
