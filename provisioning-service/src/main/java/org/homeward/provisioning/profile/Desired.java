package org.homeward.provisioning.profile;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import org.homeward.contracts.rpc.SensitivePaths;
import org.homeward.contracts.rpc.ValueType;
import org.homeward.provisioning.profile.ProfileDocument.UserChange;
import org.jspecify.annotations.Nullable;

/**
 * What one device should be: all profiles that apply to it, merged.
 *
 * @param values by path; attributes of a parameter by its path and {@link #NOTIFICATION} or {@link #ACCESS_LIST}
 * @param tables by path
 * @param undecided what profiles name but can't agree on or can't say yet, where the remarks tell why, and what has to be
 *     known so that it is certain which parameters are meant. To be read, not to be written
 * @param firmware versions that should run, usually none or one; for the firmware service
 * @param files that should be there; for the firmware service
 * @param remarks what whoever wrote the profiles should know
 */
public record Desired(
        SortedMap<String, Wanted> values,
        SortedMap<String, WantedTable> tables,
        Set<String> undecided,
        boolean mayReboot,
        Set<String> tagsToAdd,
        Set<String> tagsToRemove,
        Set<String> firmware,
        Set<String> files,
        List<Remark> remarks) {

    public static final String NOTIFICATION = "#notification";
    public static final String ACCESS_LIST = "#accessList";

    /**
     * Which line of which version of which profile says so.
     *
     * @param chosen when the subscriber of the device chose it, where {@code profile} is
     *     {@link PersonalSettings#SOURCE}; null where it is a profile's
     */
    public record Source(
            String profile,
            int version,
            String field,
            @Nullable Instant chosen) {

        public Source(String profile, int version, String field) {
            this(profile, version, field, null);
        }

        @Override
        public String toString() {
            return chosen == null ? profile + " version " + version + ", " + field : field + ", chosen " + chosen;
        }
    }

    /**
     * What a parameter should be.
     *
     * @param value sealed text where {@code sealed}
     */
    public record Wanted(String value, boolean sealed, ValueType type, UserChange userChange, Source source) {
        @Override
        public String toString() {
            return sealed || SensitivePaths.isSensitive(source.field()) ? "(secret)" : value;
        }
    }

    /**
     * Rows that a table should have.
     *
     * @param removeExtra whether all other rows are to be deleted
     */
    public record WantedTable(String table, List<String> key, boolean removeExtra, List<WantedRow> rows) {}

    /** @param id the values of the key, for people and to tell rows apart; @param columns by name within the row */
    public record WantedRow(String id, SortedMap<String, Wanted> columns) {}

    /** Why something that a profile says does not come true. */
    public enum Kind {
        /** Profiles of equal priority say different things. */
        CLASH,
        /** An expression asks for something that is not known of this device. */
        INCOMPLETE,
        /** An expression or a condition can't be evaluated for this device. */
        FAILED,
        /** The model has no such parameter, or can't be given this value. */
        UNFIT,
        /** The subscriber chose something, and a profile that overrules its choices says something of the same parameter. */
        OVERRULED
    }

    /** @param what path, row, or {@code condition} */
    public record Remark(Kind kind, String what, List<Source> sources, String message) {}

    /** In one order, whatever order it was written in. */
    public static String accessList(List<String> entities) {
        return String.join(",", entities.stream().sorted().toList());
    }
}
