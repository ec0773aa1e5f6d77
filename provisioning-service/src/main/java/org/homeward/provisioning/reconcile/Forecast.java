package org.homeward.provisioning.reconcile;

import java.util.List;
import org.homeward.provisioning.reconcile.Explanation.Note;
import org.jspecify.annotations.Nullable;

/**
 * What would become of one device if other profiles were active.
 *
 * @param changes in the order in which they would be made; empty where the device is so already
 * @param unread what the device would be asked first, since nobody knows what it says of it; of these a change is
 *     foretold though there may be none
 * @param cannot what would not come true, though nothing is wrong with the profile
 * @param remarks what would not come true because of what profiles say, or don't know
 * @param rpcs that it would take
 * @param sessions that it would take
 * @param reboots at most: that a value takes one only the device can say
 * @param seconds that the device would spend in sessions and reboots
 */
public record Forecast(
        List<Change> changes,
        List<String> unread,
        List<Stuck> cannot,
        List<Note> remarks,
        int rpcs,
        int sessions,
        int reboots,
        int seconds) {

    public Forecast {
        changes = List.copyOf(changes);
        unread = List.copyOf(unread);
        cannot = List.copyOf(cannot);
        remarks = List.copyOf(remarks);
    }

    /**
     * @param from what the device says now; null where it is a secret, or not known
     * @param to {@code (secret)} for secrets; empty for a row that is deleted
     * @param how {@code write}, {@code add} or {@code delete} for a row, {@code attribute}
     */
    public record Change(String path, @Nullable String from, String to, String how) {}

    /** @param state {@code missing}, {@code refused}, {@code diverging} or {@code quarrel}, as in an explanation */
    public record Stuck(String path, String state) {}
}
