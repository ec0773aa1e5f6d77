package org.homeward.provisioning.profile;

import java.util.Locale;

/**
 * How far a version of a profile has come.
 *
 * <pre>
 *   DRAFT --submit--> REVIEW --activate--> ACTIVE --another is activated, or retire--> RETIRED
 *     |                  |                   ^                                            |
 *     |  &lt;----edit-------+                   +---------------- roll back ------------------+
 *     +-----activate, where the tenant does not want four eyes----> ACTIVE
 * </pre>
 */
public enum ProfileState {
    DRAFT,
    REVIEW,
    ACTIVE,
    RETIRED;

    /** Whether its document may still be changed. */
    public boolean isOpen() {
        return this == DRAFT || this == REVIEW;
    }

    /** As in REST and in the database. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static ProfileState named(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT));
    }
}
