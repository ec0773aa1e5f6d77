package org.homeward.provisioning.reconcile;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.homeward.provisioning.profile.Desired.Wanted;
import org.homeward.provisioning.profile.Desired.WantedRow;
import org.homeward.provisioning.profile.Desired.WantedTable;
import org.homeward.provisioning.reconcile.Item.Trouble;
import org.jspecify.annotations.Nullable;

/**
 * Finds out which row of a table is which wanted one. A row that is there becomes a matter of values like any other; what
 * is not there is added, and what nobody wants is deleted where the profile says so.
 */
final class Tables {

    record Addition(String table, WantedRow row) {}

    record Removal(String table, int instance) {}

    private final Edit edit;
    private final Instant now;
    private final List<Addition> additions = new ArrayList<>();
    private final List<Removal> removals = new ArrayList<>();
    private @Nullable Instant again;

    Tables(Edit edit, Instant now) {
        this.edit = edit;
        this.now = now;
    }

    List<Addition> additions() {
        return additions;
    }

    List<Removal> removals() {
        return removals;
    }

    /** When a row may be tried again. */
    @Nullable
    Instant again() {
        return again;
    }

    /** @param values grows by what the rows that are there should say */
    void bind(WantedTable wanted, Map<String, Wanted> values) {
        Set<String> columns = new HashSet<>(wanted.key());
        wanted.rows().forEach(row -> columns.addAll(row.columns().keySet()));
        TableStanding known = edit.tables.get(wanted.table());
        if (known == null || !known.columns().containsAll(columns)) {
            known = known == null ? TableStanding.unread(columns) : known.with(columns);
            edit.tables.put(wanted.table(), known);
        }
        if (!known.read()) {
            return;
        }
        Set<Integer> free = new TreeSet<>(known.instances());
        Map<WantedRow, Integer> bound = bound(wanted, known, free);
        for (WantedRow row : wanted.rows()) {
            Integer instance = bound.get(row);
            String name = Standing.row(wanted.table(), row.id());
            if (instance == null) {
                if (mayBeTried(name, row.id())) {
                    additions.add(new Addition(wanted.table(), row));
                }
            } else {
                if (!instance.toString().equals(edit.item(name).base())) {
                    edit.change(name, item -> item.withBase(instance.toString()));
                }
                row.columns().forEach((column, value) -> values.put(wanted.table() + instance + '.' + column, value));
            }
        }
        if (!known.lost().isEmpty()) {
            edit.tables.put(wanted.table(), known.asFound());
        }
        if (wanted.removeExtra()) {
            for (int instance : free) {
                if (isKnown(wanted, instance)
                        && mayBeTried(Standing.deletion(wanted.table(), instance), Hearing.DELETED)) {
                    removals.add(new Removal(wanted.table(), instance));
                }
            }
        }
    }

    /** @param free instances that are nobody's yet; shrinks */
    private Map<WantedRow, Integer> bound(WantedTable wanted, TableStanding known, Set<Integer> free) {
        Map<WantedRow, Integer> bound = new LinkedHashMap<>();
        for (WantedRow row : wanted.rows()) {
            // the row that was added for it, even if the device understood its key in its own way
            String base = edit.item(Standing.row(wanted.table(), row.id())).base();
            if (base != null && free.remove(Integer.valueOf(base))) {
                bound.put(row, Integer.valueOf(base));
            }
        }
        for (WantedRow row : wanted.rows()) {
            if (!bound.containsKey(row)) {
                Optional<Integer> same = free.stream()
                        .filter(instance -> matches(wanted, row, instance))
                        .findFirst();
                same.ifPresent(instance -> {
                    free.remove(instance);
                    bound.put(row, instance);
                });
            }
        }
        for (WantedRow row : wanted.rows()) {
            if (!bound.containsKey(row) && known.lost().contains(row.id())) {
                Optional<Integer> found = free.stream()
                        .filter(instance -> !known.before().contains(instance))
                        .findFirst();
                found.ifPresent(instance -> {
                    free.remove(instance);
                    bound.put(row, instance);
                });
            }
        }
        return bound;
    }

    private boolean matches(WantedTable wanted, WantedRow row, int instance) {
        return wanted.key().stream().allMatch(column -> {
            Wanted value = row.columns().get(column);
            return value != null
                    && edit.item(wanted.table() + instance + '.' + column).says(value.value());
        });
    }

    /** A row whose key can't be read may be one that is wanted. */
    private boolean isKnown(WantedTable wanted, int instance) {
        return wanted.key().stream()
                .allMatch(column ->
                        edit.item(wanted.table() + instance + '.' + column).seen() != null);
    }

    private boolean mayBeTried(String name, String want) {
        Item item = edit.item(name);
        Trouble trouble = item.trouble();
        if (trouble != null && trouble.want().equals(want)) {
            Instant next = trouble.notBefore();
            if (next == null || now.isBefore(next)) {
                again = Planning.earliest(again, next);
                return false;
            }
        }
        Instant quarrel = item.quarrelUntil(now);
        again = Planning.earliest(again, quarrel);
        return quarrel == null;
    }
}
