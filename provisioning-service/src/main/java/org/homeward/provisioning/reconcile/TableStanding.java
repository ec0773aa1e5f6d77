package org.homeward.provisioning.reconcile;

import java.util.List;
import java.util.Set;

/**
 * What is known of a table whose rows profiles name. What its rows say stands among the items, by full path.
 *
 * @param columns those that are of interest
 * @param read whether {@code instances} is what the device has
 * @param instances numbers of the rows
 * @param lost ids of rows that were being added when a session broke off: they may be there or not
 * @param before the numbers before that; a row that is not among them is one of the lost
 */
public record TableStanding(
        Set<String> columns, boolean read, Set<Integer> instances, List<String> lost, Set<Integer> before) {

    public TableStanding {
        columns = Set.copyOf(columns);
        instances = Set.copyOf(instances);
        lost = List.copyOf(lost);
        before = Set.copyOf(before);
    }

    static TableStanding unread(Set<String> columns) {
        return new TableStanding(columns, false, Set.of(), List.of(), Set.of());
    }

    TableStanding with(Set<String> newColumns) {
        return new TableStanding(newColumns, false, instances, lost, before);
    }

    TableStanding inDoubt() {
        return new TableStanding(columns, false, instances, lost, before);
    }

    TableStanding asRead(Set<Integer> found) {
        return new TableStanding(columns, true, found, lost, before);
    }

    /** What was lost has been found, or is known not to be there. */
    TableStanding asFound() {
        return new TableStanding(columns, read, instances, List.of(), Set.of());
    }

    TableStanding withLost(List<String> rows, Set<Integer> known) {
        return new TableStanding(columns, false, instances, rows, known);
    }
}
