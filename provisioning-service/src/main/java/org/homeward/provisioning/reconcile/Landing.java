package org.homeward.provisioning.reconcile;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.homeward.contracts.rpc.ParameterFault;
import org.homeward.contracts.rpc.ParameterValue;
import org.homeward.contracts.rpc.RpcResult;
import org.homeward.contracts.session.SessionEvent.RpcCompleted;
import org.homeward.provisioning.reconcile.Item.Kind;
import org.homeward.provisioning.reconcile.Item.Trouble;
import org.jspecify.annotations.Nullable;

/** What the end of a step means: verified, diverging, refused, to be tried alone, or lost. */
final class Landing {

    private static final int LONGEST_DETAIL = 200;
    private static final int NO_SUCH_OBJECT = 9005;

    private final Patience patience;

    Landing(Patience patience) {
        this.patience = patience;
    }

    void landed(Edit edit, RpcCompleted completed, Leg leg, Instant now) {
        if (completed.result() instanceof RpcResult.Unanswered) {
            doubt(edit, leg);
            breakOff(edit, null, now);
        } else if (completed.result() instanceof RpcResult.Fault fault) {
            faulted(edit, leg, fault, now);
        } else {
            edit.failures = 0;
            switch (leg) {
                case Leg.Read read -> read(edit, read);
                case Leg.ReadAttributes read -> missing(edit, read.keys());
                case Leg.Write write -> written(edit, write, completed.result(), now);
                case Leg.WriteAttributes write ->
                    write.wants()
                            .forEach((key, want) -> edit.change(
                                    key,
                                    item -> diverging(item.taken(now), want, now)
                                            .inDoubt()));
                case Leg.Add add -> {}
                case Leg.Delete delete -> deleted(edit, delete);
                case Leg.Reboot reboot -> {}
            }
        }
        if (edit.flight != null) {
            Flight rest = edit.flight.without(completed.command());
            edit.flight = rest.legs().isEmpty() ? null : rest;
        }
        edit.settled = false;
    }

    /** What was asked for and did not come is not there. */
    private static void missing(Edit edit, Set<String> asked) {
        for (String path : asked) {
            if (!edit.item(path).read()) {
                edit.change(path, Item::asMissing);
            }
        }
    }

    private static void read(Edit edit, Leg.Read read) {
        missing(edit, read.paths());
        read.found().forEach((table, found) -> {
            Set<String> gone = new HashSet<>();
            for (String path : edit.items.keySet()) {
                if (path.startsWith(table) && path.length() > table.length()) {
                    int end = path.indexOf('.', table.length());
                    String number = end < 0 ? "" : path.substring(table.length(), end);
                    if (!number.isEmpty()
                            && number.chars().allMatch(Character::isDigit)
                            && !found.contains(Integer.valueOf(number))) {
                        gone.add(path);
                    }
                }
            }
            edit.items.keySet().removeAll(gone);
            edit.changeTable(table, it -> it.asRead(found));
        });
    }

    private void written(Edit edit, Leg.Write write, RpcResult result, Instant now) {
        Set<String> readBack = new HashSet<>();
        if (result instanceof RpcResult.Values values) {
            values.parameters().stream().map(ParameterValue::path).forEach(readBack::add);
        }
        write.wants().forEach((path, want) -> {
            Item item = edit.item(path).taken(now);
            if (Judgement.isSecret(path)) {
                edit.items.put(path, item.seen(null, item.type()).verified(want, now));
            } else if (!readBack.contains(path)) {
                // it can't be read, but the device said that it took it
                edit.items.put(path, item.seen(want, item.type()).verified(want, now));
            } else if (item.says(want)) {
                edit.items.put(path, item.verified(want, now));
            } else if (write.later()) {
                int times = item.timesTried(want) + 1;
                edit.items.put(
                        path,
                        item.inDoubt()
                                .with(new Trouble(Kind.LATER, want, times, patience.next(times, now), 0, said(item))));
                edit.reboot = true;
            } else {
                edit.items.put(path, diverging(item, want, now));
            }
        });
    }

    private Item diverging(Item item, String want, Instant now) {
        int times = item.timesTried(want) + 1;
        return item.with(new Trouble(Kind.DIVERGING, want, times, patience.next(times, now), 0, said(item)));
    }

    private static String said(Item item) {
        String seen = item.seen() == null ? "" : item.seen();
        return seen.length() > LONGEST_DETAIL ? seen.substring(0, LONGEST_DETAIL) : seen;
    }

    /** The row is there, whatever becomes of its values. */
    void added(Edit edit, Leg.Add add, int instance, Instant now) {
        edit.change(
                Standing.row(add.table(), add.row()),
                item -> item.withBase(Integer.toString(instance)).taken(now).with(null));
        edit.changeTable(add.table(), table -> {
            Set<Integer> instances = new HashSet<>(table.instances());
            instances.add(instance);
            return new TableStanding(table.columns(), table.read(), instances, table.lost(), table.before());
        });
    }

    private static void deleted(Edit edit, Leg.Delete delete) {
        String row = Standing.deletion(delete.table(), delete.instance());
        edit.items.keySet().removeIf(path -> path.startsWith(row));
        edit.changeTable(delete.table(), table -> {
            Set<Integer> instances = new HashSet<>(table.instances());
            instances.remove(delete.instance());
            return new TableStanding(table.columns(), table.read(), instances, table.lost(), table.before());
        });
    }

    private void faulted(Edit edit, Leg leg, RpcResult.Fault fault, Instant now) {
        if (RpcResult.Fault.passes(fault.code())) {
            edit.failures++;
            if (leg instanceof Leg.Read || edit.failures < patience.attempts()) {
                // what can't be read now may still be there
                edit.rest = now.plus(patience.after(edit.failures));
                return;
            }
            edit.failures = 0;
        }
        switch (leg) {
            case Leg.Read read -> read(edit, read);
            case Leg.ReadAttributes read -> {
                if (read.keys().stream().map(Chores::parameter).distinct().count() == 1) {
                    missing(edit, read.keys());
                } else {
                    read.keys().forEach(key -> edit.change(key, item -> suspect(item, "", fault)));
                }
            }
            case Leg.Write write -> refused(edit, write.wants(), fault);
            case Leg.WriteAttributes write -> refused(edit, write.wants(), fault);
            case Leg.Add add -> {
                String row = Standing.row(add.table(), add.row());
                if (edit.item(row).base() == null) {
                    edit.change(row, item -> refused(item, add.row(), fault));
                }
                // else it is there, and what it says is a matter of values like any other
            }
            case Leg.Delete delete -> {
                if (fault.code() == NO_SUCH_OBJECT) {
                    deleted(edit, delete);
                } else {
                    edit.change(
                            Standing.deletion(delete.table(), delete.instance()),
                            item -> refused(item, Hearing.DELETED, fault));
                }
            }
            case Leg.Reboot reboot -> {}
        }
    }

    private static void refused(Edit edit, Map<String, String> wants, RpcResult.Fault fault) {
        Map<String, ParameterFault> named = new HashMap<>();
        fault.parameters().forEach(each -> named.put(each.parameter(), each));
        boolean culprits = wants.keySet().stream().anyMatch(path -> named.containsKey(path));
        boolean alone =
                wants.keySet().stream().map(Chores::parameter).distinct().count() == 1;
        wants.forEach((path, want) -> {
            ParameterFault each = named.get(path);
            if (each != null) {
                edit.change(
                        path, item -> refused(item, want, new RpcResult.Fault(each.code(), each.text(), List.of())));
            } else if (!culprits) {
                // nothing was written, and the CPE does not say because of which
                edit.change(path, item -> alone ? refused(item, want, fault) : suspect(item, want, fault));
            }
        });
    }

    private static Item suspect(Item item, String want, RpcResult.Fault fault) {
        return item.with(new Trouble(Kind.SUSPECT, want, 0, null, fault.code(), cut(fault.text())));
    }

    private static Item refused(Item item, String want, RpcResult.Fault fault) {
        return item.with(
                new Trouble(Kind.REFUSED, want, item.timesTried(want) + 1, null, fault.code(), cut(fault.text())));
    }

    private static String cut(String text) {
        return text.length() > LONGEST_DETAIL ? text.substring(0, LONGEST_DETAIL) : text;
    }

    Standing lost(Standing standing, Flight flight, @Nullable Instant mayStillPlay, Instant now) {
        Edit edit = new Edit(standing);
        Map<String, List<String>> added = new HashMap<>();
        for (Leg leg : flight.legs().values()) {
            doubt(edit, leg);
            if (leg instanceof Leg.Add add) {
                added.computeIfAbsent(add.table(), table -> new ArrayList<>()).add(add.row());
            }
        }
        added.forEach((table, rows) -> edit.changeTable(table, it -> it.withLost(rows, it.instances())));
        edit.flight = null;
        edit.settled = false;
        boolean shows = flight.legs().values().stream().anyMatch(Leg::unrepeatable);
        breakOff(edit, shows ? mayStillPlay : null, now);
        return edit.done();
    }

    /** Whether it was done is not known. */
    private static void doubt(Edit edit, Leg leg) {
        switch (leg) {
            case Leg.Read read -> {}
            case Leg.ReadAttributes read -> {}
            case Leg.Write write -> write.wants().keySet().forEach(path -> edit.change(path, Item::inDoubt));
            case Leg.WriteAttributes write -> write.wants().keySet().forEach(key -> edit.change(key, Item::inDoubt));
            case Leg.Add add -> edit.changeTable(add.table(), TableStanding::inDoubt);
            case Leg.Delete delete -> edit.changeTable(delete.table(), TableStanding::inDoubt);
            case Leg.Reboot reboot -> {}
        }
    }

    /** Once may happen; a device that breaks off again and again is given time. */
    private void breakOff(Edit edit, @Nullable Instant mayStillPlay, Instant now) {
        edit.failures++;
        Instant next = edit.failures < 2 ? null : now.plus(patience.after(edit.failures - 1));
        edit.rest = next == null || mayStillPlay != null && mayStillPlay.isAfter(next) ? mayStillPlay : next;
    }
}
