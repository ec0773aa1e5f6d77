package org.homeward.provisioning.reconcile;

import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.homeward.contracts.PlanId;
import org.homeward.provisioning.profile.ActiveProfiles;
import org.homeward.provisioning.profile.Desired;
import org.homeward.provisioning.profile.Desired.Wanted;
import org.homeward.provisioning.profile.Facts;
import org.homeward.provisioning.profile.Merge;
import org.homeward.provisioning.profile.Vocabulary;
import org.homeward.provisioning.reconcile.Item.Trouble;
import org.homeward.provisioning.reconcile.Judgement.State;
import org.jspecify.annotations.Nullable;

/** The working out of one {@link Move}: desired minus verified. */
final class Planning {

    /** Of one SetParameterValues; a CPE has to hold it in memory. */
    private static final int MOST_CHARACTERS = 48 * 1024;

    private final ActiveProfiles profiles;
    private final Secrecy secrecy;
    private final Instant now;
    private final Edit edit;
    private final @Nullable Desired desired;
    private final Facts facts;
    private final Chores chores;
    private @Nullable Instant again;

    Planning(
            Standing standing,
            ActiveProfiles profiles,
            Function<Map<String, String>, Facts> facts,
            Vocabulary vocabulary,
            Secrecy secrecy,
            PlanId plan,
            Instant now) {
        this.profiles = profiles;
        this.secrecy = secrecy;
        this.now = now;
        this.edit = new Edit(standing);
        this.facts = facts.apply(reported(standing, profiles));
        // until the device has said what data model it speaks, no path means anything
        this.desired = this.facts.root().isEmpty() ? null : Merge.of(profiles, this.facts, vocabulary);
        this.chores = new Chores(plan, secrecy);
    }

    /** What conditions and expressions may know of the device's parameters. */
    static Map<String, String> reported(Standing standing, ActiveProfiles profiles) {
        Map<String, String> reported = new HashMap<>();
        for (Set<String> paths : List.of(profiles.reported(), profiles.checks())) {
            for (String path : paths) {
                Item item = standing.items().get(path);
                if (item != null && item.seen() != null && !item.missing()) {
                    reported.put(path, item.seen());
                }
            }
        }
        return reported;
    }

    Move move(boolean treeComes) {
        if (desired == null) {
            return new Move(List.of(), edit.done(), treeComes);
        }
        edit.revision = profiles.revision();
        SortedMap<String, Wanted> wanted = new TreeMap<>(desired.values());
        Tables tables = new Tables(edit, now);
        desired.tables().values().forEach(table -> tables.bind(table, wanted));
        Set<String> names = new TreeSet<>(wanted.keySet());
        names.addAll(desired.undecided());
        profiles.reported().stream()
                .filter(path -> path.startsWith(facts.root()))
                .forEach(names::add);
        for (String name : names) {
            edit.items.putIfAbsent(name, Item.UNREAD);
        }
        if (treeComes && !(names.isEmpty() && edit.tables.isEmpty())) {
            return new Move(List.of(), edit.done(), true);
        }
        read(names);
        if (chores.isEmpty()) {
            tables.removals().forEach(chores::delete);
            tables.additions().forEach(chores::add);
            write(wanted);
            writeAttributes(wanted);
            if (edit.reboot && desired.mayReboot()) {
                chores.reboot();
            }
        }
        if (chores.isEmpty()) {
            settle(tables.again());
        }
        return new Move(chores.all(), edit.done(), !chores.isEmpty());
    }

    private void settle(@Nullable Instant tablesAgain) {
        edit.settled = true;
        edit.occasional = profiles.occasional(facts);
        edit.fresh = false;
        edit.failures = 0;
        edit.rest = null;
        edit.again = earliest(again, tablesAgain);
    }

    static @Nullable Instant earliest(@Nullable Instant one, @Nullable Instant other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return one.isBefore(other) ? one : other;
    }

    private void read(Set<String> names) {
        Set<String> paths = new TreeSet<>();
        Set<String> attributes = new TreeSet<>();
        for (String name : names) {
            Item item = edit.item(name);
            if (!item.read() && !takesEffectLater(item)) {
                (name.indexOf('#') < 0 ? paths : attributes).add(name);
            }
        }
        Map<String, Set<Integer>> tables = new LinkedHashMap<>();
        edit.tables.entrySet().stream()
                .filter(table -> !table.getValue().read())
                .map(Map.Entry::getKey)
                .sorted()
                .forEach(table -> tables.put(table, Set.of()));
        chores.read(paths, tables);
        Set<String> together = new TreeSet<>();
        for (String key : attributes) {
            if (isSuspect(key, "")) {
                chores.readAttributes(Set.of(key));
            } else {
                together.add(key);
            }
        }
        chores.readAttributes(together);
    }

    private boolean takesEffectLater(Item item) {
        Trouble trouble = item.trouble();
        Instant next = trouble == null || trouble.kind() != Item.Kind.LATER ? null : trouble.notBefore();
        if (next == null || !now.isBefore(next)) {
            return false;
        }
        again = earliest(again, next);
        return true;
    }

    /** What is to be written of these; what is as it should be is noted as such. */
    private Map<String, Wanted> pending(Map<String, Wanted> wanted, boolean attributes) {
        Map<String, Wanted> pending = new LinkedHashMap<>();
        wanted.forEach((path, each) -> {
            if (path.indexOf('#') >= 0 != attributes) {
                return;
            }
            Judgement judgement = Judgement.of(path, each, edit.item(path), secrecy, now);
            if (judgement.state() == State.VERIFIED) {
                edit.change(path, item -> item.verified(Judgement.want(path, each, secrecy), now));
            } else if (judgement.state() == State.PENDING) {
                pending.put(path, each);
            }
            again = earliest(again, judgement.until());
        });
        return pending;
    }

    private void write(Map<String, Wanted> wanted) {
        Map<String, Wanted> together = new LinkedHashMap<>();
        int characters = 0;
        for (Map.Entry<String, Wanted> each : pending(wanted, false).entrySet()) {
            String path = each.getKey();
            if (isSuspect(path, Judgement.want(path, each.getValue(), secrecy))) {
                chores.write(Map.of(path, each.getValue()), edit);
                continue;
            }
            characters += path.length() + each.getValue().value().length() + 60;
            if (characters > MOST_CHARACTERS) {
                chores.write(together, edit);
                together = new LinkedHashMap<>();
                characters = 0;
            }
            together.put(path, each.getValue());
        }
        chores.write(together, edit);
    }

    private boolean isSuspect(String path, String want) {
        Trouble trouble = edit.item(path).trouble();
        return trouble != null
                && trouble.kind() == Item.Kind.SUSPECT
                && trouble.want().equals(want);
    }

    private void writeAttributes(Map<String, Wanted> wanted) {
        Map<String, Wanted> pending = pending(wanted, true);
        Map<String, Map<String, String>> byParameter = new LinkedHashMap<>();
        pending.forEach((key, each) -> byParameter
                .computeIfAbsent(Chores.parameter(key), it -> new HashMap<>())
                .put(key, each.value()));
        Map<String, String> together = new HashMap<>();
        byParameter.forEach((path, wants) -> {
            if (wants.entrySet().stream().anyMatch(want -> isSuspect(want.getKey(), want.getValue()))) {
                chores.writeAttributes(wants);
            } else {
                together.putAll(wants);
            }
        });
        chores.writeAttributes(together);
    }
}
