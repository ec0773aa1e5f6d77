package org.homeward.registry.twin.history;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.homeward.contracts.DeviceKey;
import org.homeward.contracts.SessionId;
import org.homeward.contracts.device.DeviceEvent.Change;
import org.jspecify.annotations.Nullable;

/**
 * What one event changed in the reported parameters of a device.
 *
 * @param eventId of the event that told; the same when the event comes again
 */
public record Changed(DeviceKey device, String eventId, Instant at, SessionId session, List<Change> changes) {

    public Changed {
        changes = List.copyOf(changes);
    }

    /** Characters of the paths and values of a part: at six bytes for each at the most in JSON, some 200 KB. */
    static final int MAX_PART = 32_000;

    /** What the rest of a change weighs, in characters. */
    private static final int FRAME = 16;

    /** The changes in runs that fit into one event each; the same whenever the event comes again. */
    public List<List<Change>> parts() {
        List<List<Change>> parts = new ArrayList<>();
        int from = 0;
        int weight = 0;
        for (int i = 0; i < changes.size(); i++) {
            int next = weight(changes.get(i));
            if (weight + next > MAX_PART && i > from) {
                parts.add(changes.subList(from, i));
                from = i;
                weight = 0;
            }
            weight += next;
        }
        if (from < changes.size()) {
            parts.add(changes.subList(from, changes.size()));
        }
        return parts;
    }

    private static int weight(Change change) {
        return FRAME + change.path().length() + length(change.before()) + length(change.after());
    }

    private static int length(@Nullable String value) {
        return value == null ? 0 : value.length();
    }
}
