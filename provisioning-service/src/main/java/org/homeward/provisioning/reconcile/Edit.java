package org.homeward.provisioning.reconcile;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A standing in change. Lives for one call. */
final class Edit {

    private final Standing before;
    long revision;
    boolean settled;
    Set<String> occasional;
    boolean fresh;

    @Nullable
    String parameterKey;

    final Map<String, Item> items;
    final Map<String, TableStanding> tables;

    @Nullable
    Flight flight;

    int failures;

    @Nullable
    Instant rest;

    @Nullable
    Instant again;

    boolean reboot;

    Edit(Standing before) {
        this.before = before;
        revision = before.revision();
        settled = before.settled();
        occasional = before.occasional();
        fresh = before.fresh();
        parameterKey = before.parameterKey();
        items = new HashMap<>(before.items());
        tables = new HashMap<>(before.tables());
        flight = before.flight();
        failures = before.failures();
        rest = before.rest();
        again = before.again();
        reboot = before.reboot();
    }

    Item item(String path) {
        return items.getOrDefault(path, Item.UNREAD);
    }

    void change(String path, UnaryOperator<Item> how) {
        items.put(path, how.apply(item(path)));
    }

    void changeTable(String path, UnaryOperator<TableStanding> how) {
        TableStanding table = tables.get(path);
        if (table != null) {
            tables.put(path, how.apply(table));
        }
    }

    /** Everything has to be read again before it is relied on. */
    void doubtAll() {
        items.replaceAll((path, item) -> item.rebooted());
        tables.replaceAll((path, table) -> table.inDoubt());
        settled = false;
    }

    /** The same standing where nothing is different. */
    Standing done() {
        Standing after = new Standing(
                revision,
                settled,
                occasional,
                fresh,
                parameterKey,
                items,
                tables,
                flight,
                failures,
                rest,
                again,
                reboot);
        return after.equals(before) ? before : after;
    }
}
