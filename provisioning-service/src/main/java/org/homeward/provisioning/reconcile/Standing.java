package org.homeward.provisioning.reconcile;

import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import org.homeward.contracts.rpc.ParameterValue;
import org.homeward.provisioning.profile.ActiveProfiles;
import org.jspecify.annotations.Nullable;

/**
 * Where a device stands against its profiles: part of its ledger. {@link #NONE} for a tenant without profiles, so that it
 * costs nothing there.
 *
 * @param revision of the active profiles that this was worked out with
 * @param settled whether nothing is to be done until something happens
 * @param occasional profiles for certain events or times that were for the device when it was settled
 * @param fresh whether the box came fresh from the shop or a factory reset, and has not been settled since
 * @param parameterKey that the device should report unless somebody else wrote to it; null for not known
 * @param items by path, by path and aspect for attributes, by table and row for rows
 * @param tables by path
 * @param flight null when no step is under way
 * @param failures plans in a row that broke off or met a passing fault
 * @param rest when the next one may go; null for at once
 * @param again when something that did not go well may be tried once more; null for never
 * @param reboot whether what was written takes a reboot to become true
 */
public record Standing(
        long revision,
        boolean settled,
        Set<String> occasional,
        boolean fresh,
        @Nullable String parameterKey,
        Map<String, Item> items,
        Map<String, TableStanding> tables,
        @Nullable Flight flight,
        int failures,
        @Nullable Instant rest,
        @Nullable Instant again,
        boolean reboot) {

    public static final Standing NONE =
            new Standing(0, false, Set.of(), false, null, Map.of(), Map.of(), null, 0, null, null, false);

    public Standing {
        occasional = Set.copyOf(occasional);
        items = Map.copyOf(items);
        tables = Map.copyOf(tables);
    }

    /**
     * Whether this must be written where {@code stored} is what is written. That profiles were looked at and have nothing
     * to say may be found out again, so that those of others cost a device no write.
     */
    public boolean differsForGood(Standing stored) {
        Standing lookedAt = new Standing(
                revision,
                settled,
                stored.occasional,
                stored.fresh,
                stored.parameterKey,
                stored.items,
                stored.tables,
                stored.flight,
                stored.failures,
                stored.rest,
                stored.again,
                stored.reboot);
        return stored.settled && !settled || !equals(lookedAt);
    }

    /** Whether nothing more is to be done for these until something happens. */
    public boolean isSettledWith(ActiveProfiles profiles) {
        return settled && flight == null && revision == profiles.revision();
    }

    /** Whether nothing of the device is of interest. */
    boolean tracksNothing() {
        return items.isEmpty() && tables.isEmpty();
    }

    /** Whether the device has said something of each of these parameters, or has been found not to have it. */
    public boolean knows(Collection<String> paths) {
        return paths.stream().allMatch(path -> {
            Item item = items.get(path);
            return item != null && (item.read() || item.seen() != null);
        });
    }

    /** With what others heard the device say of parameters that are not known here. For what is not kept. */
    public Standing told(Collection<ParameterValue> values) {
        Edit edit = new Edit(this);
        for (ParameterValue value : values) {
            Item item = edit.item(value.path());
            if (!item.read() && item.seen() == null) {
                edit.items.put(
                        value.path(), item.seen(value.value(), value.type()).inDoubt());
            }
        }
        return edit.done();
    }

    /** Under which item a row's fate is kept. */
    static String row(String table, String id) {
        return table + '[' + id + ']';
    }

    /** Under which item the deletion of a row is kept. */
    static String deletion(String table, int instance) {
        return table + instance + '.';
    }
}
