package org.homeward.provisioning.profile.store;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import org.homeward.provisioning.profile.ProfileState;
import org.jspecify.annotations.Nullable;

/**
 * A profile and one version of it.
 *
 * @param revision counts every change of the profile
 * @param latestVersion the newest there is
 * @param activeVersion null for none
 * @param editedBy who wrote this version
 * @param submittedBy who asked for its review; null for nobody
 * @param why what its author said about it
 */
public record StoredProfile(
        String name,
        long revision,
        int latestVersion,
        @Nullable Integer activeVersion,
        int version,
        ProfileState state,
        ObjectNode document,
        String editedBy,
        Instant editedAt,
        @Nullable String submittedBy,
        String why) {

    /** An entry of a profile's history. @param what {@code created}, {@code edited}, {@code submitted}, ... */
    public record Entry(int version, String what, String by, Instant at, String why) {}
}
