package org.homeward.provisioning.reachability;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the registry knows of a device's calls.
 *
 * @param state {@code online}, {@code offline}, or {@code unknown} before first contact
 * @param since when that began
 * @param evidence for people
 * @param lastInform null for never
 */
public record Heard(
        String state,
        @Nullable Instant since,
        String evidence,
        @Nullable Instant lastInform) {

    /** Nothing: the device never called, or the registry can't be asked. */
    public static Heard nothing(String why) {
        return new Heard("unknown", null, why, null);
    }
}
