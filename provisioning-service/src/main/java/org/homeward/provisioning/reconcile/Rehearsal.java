package org.homeward.provisioning.reconcile;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.homeward.contracts.CommandId;
import org.homeward.contracts.PlanId;
import org.homeward.contracts.SessionId;
import org.homeward.contracts.plan.Action;
import org.homeward.contracts.rpc.ParameterAttributes;
import org.homeward.contracts.rpc.ParameterValue;
import org.homeward.contracts.rpc.RpcResult;
import org.homeward.contracts.rpc.ValueType;
import org.homeward.contracts.session.SessionEvent.RpcCompleted;
import org.homeward.provisioning.profile.ActiveProfiles;
import org.homeward.provisioning.profile.Desired;
import org.homeward.provisioning.profile.Facts;
import org.homeward.provisioning.profile.Merge;
import org.homeward.provisioning.profile.Vocabulary;
import org.homeward.provisioning.reconcile.Forecast.Change;
import org.homeward.provisioning.reconcile.Forecast.Stuck;
import org.homeward.provisioning.reconcile.Move.Chore;
import org.jspecify.annotations.Nullable;

/**
 * Plays what would be done with a device, answered as by one that says what is known of it and does all that it is told.
 * It is the reconciler itself that is played, so that what is foretold is what would be done. Used for one device.
 */
final class Rehearsal {

    private static final SessionId SESSION = new SessionId("rehearsal");
    private static final Hearing HEARING = new Hearing(new Patience(1, Duration.ZERO, Duration.ZERO, Duration.ZERO));
    private static final int MOST_PLANS = 20;

    /** Stands for what nobody knows; no device says so. */
    private static final String UNKNOWN = "\0";

    /** Between a CPE in the field and us, most of it the CPE's. */
    private static final double SECONDS_PER_RPC = 0.2;

    private static final int SECONDS_PER_REBOOT = 120;

    private final ActiveProfiles profiles;
    private final Function<Map<String, String>, Facts> facts;
    private final Vocabulary vocabulary;
    private final Secrecy secrecy;
    private final Instant now;
    private final List<Change> changes = new ArrayList<>();
    private final Set<String> unread = new TreeSet<>();
    private final Map<String, String> attributes = new HashMap<>();
    private Standing standing;
    private int rpcs;
    private int added = 1_000_000;

    Rehearsal(
            Standing standing,
            ActiveProfiles profiles,
            Function<Map<String, String>, Facts> facts,
            Vocabulary vocabulary,
            Secrecy secrecy,
            Instant now) {
        this.profiles = profiles;
        this.facts = facts;
        this.vocabulary = vocabulary;
        this.secrecy = withoutSealing(secrecy);
        this.now = now;
        Edit edit = new Edit(standing);
        edit.flight = null;
        edit.rest = null;
        edit.settled = false;
        this.standing = edit.done();
    }

    /** No text is sealed that nobody will open. */
    private static Secrecy withoutSealing(Secrecy secrecy) {
        return new Secrecy() {
            @Override
            public String seal(String clear) {
                return "(secret)";
            }

            @Override
            public Optional<String> passOn(String sealed) {
                return Optional.of("(secret)");
            }

            @Override
            public String fingerprint(String secret) {
                return secrecy.fingerprint(secret);
            }
        };
    }

    /** @param profile the one whose remarks and failures count */
    Forecast play(String profile) {
        Reconciler reconciler = new Reconciler(vocabulary, secrecy);
        for (int i = 0; i < MOST_PLANS; i++) {
            PlanId plan = new PlanId("rehearsal." + i);
            Move move = reconciler.next(standing, profiles, facts, false, plan, now);
            standing = Reconciler.sent(move, move.chores(), SESSION, plan, now);
            if (move.chores().isEmpty()) {
                break;
            }
            move.chores().forEach(chore -> play(plan, chore));
        }
        Desired desired = Merge.of(profiles, facts.apply(Planning.reported(standing, profiles)), vocabulary);
        boolean writes = !changes.isEmpty();
        int reboots = writes && desired.mayReboot() ? 1 : 0;
        return new Forecast(
                changes,
                List.copyOf(unread),
                cannot(desired, profile),
                desired.remarks().stream()
                        .filter(remark -> remark.sources().stream()
                                .anyMatch(source -> source.profile().equals(profile)))
                        .map(Explanation::note)
                        .toList(),
                rpcs,
                rpcs == 0 ? 0 : 1 + reboots,
                reboots,
                (int) Math.ceil(rpcs * SECONDS_PER_RPC) + reboots * SECONDS_PER_REBOOT);
    }

    private List<Stuck> cannot(Desired desired, String profile) {
        List<Stuck> cannot = new ArrayList<>();
        desired.values().forEach((path, wanted) -> {
            Item item = standing.items().get(path);
            if (item != null && wanted.source().profile().equals(profile)) {
                Judgement.State state =
                        Judgement.of(path, wanted, item, secrecy, now).state();
                switch (state) {
                    case MISSING, REFUSED, DIVERGING, QUARREL ->
                        cannot.add(new Stuck(path, state.name().toLowerCase(Locale.ROOT)));
                    case VERIFIED, KEPT, UNREAD, PENDING, LATER -> {}
                }
            }
        });
        return cannot;
    }

    private void play(PlanId plan, Chore chore) {
        switch (chore.leg()) {
            case Leg.Read read -> {
                rpcs++;
                answer(plan, chore, new RpcResult.Values(known(read)), false);
                answer(plan, chore, new RpcResult.TreeRead(read.paths().size(), List.of()), true);
            }
            case Leg.ReadAttributes read -> {
                rpcs++;
                answer(plan, chore, new RpcResult.Attributes(attributes(read.keys())), true);
            }
            case Leg.Write write -> {
                rpcs += 2;
                write.wants().keySet().stream()
                        .sorted()
                        .forEach(path -> change(path, shown(path, written(chore, path)), "write"));
                answer(plan, chore, new RpcResult.Values(values(chore.action())), true);
            }
            case Leg.WriteAttributes write -> {
                rpcs++;
                write.wants().keySet().stream()
                        .sorted()
                        .forEach(key -> change(key, write.wants().getOrDefault(key, ""), "attribute"));
                attributes.putAll(write.wants());
                answer(plan, chore, new RpcResult.Done(), true);
            }
            case Leg.Add add -> {
                rpcs += 3;
                int instance = added++;
                changes.add(new Change(Standing.row(add.table(), add.row()), null, add.row(), "add"));
                List<ParameterValue> row = values(chore.action()).stream()
                        .map(value -> new ParameterValue(
                                add.table() + instance + '.' + value.path(),
                                value.value(),
                                value.type(),
                                value.sealed()))
                        .toList();
                answer(plan, chore, new RpcResult.Values(row), false);
                answer(plan, chore, new RpcResult.ObjectAdded(instance, 0), true);
            }
            case Leg.Delete delete -> {
                rpcs++;
                String row = Standing.deletion(delete.table(), delete.instance());
                changes.add(new Change(row, row, "", "delete"));
                answer(plan, chore, new RpcResult.Applied(0), true);
            }
            case Leg.Reboot reboot -> {
                rpcs++;
                answer(plan, chore, new RpcResult.Done(), true);
            }
        }
    }

    private void answer(PlanId plan, Chore chore, RpcResult result, boolean done) {
        CommandId command = chore.command();
        standing = HEARING.completed(
                standing, new RpcCompleted(SESSION, plan, command, 1, "", null, result, 1, 1, done, false, 0), now);
    }

    private static List<ParameterValue> values(Action action) {
        return switch (action) {
            case Action.WriteValues write -> write.values();
            case Action.CreateObject create -> create.values();
            case Action.ReadTree tree -> List.of();
            case Action.Call call -> List.of();
        };
    }

    private static String written(Chore chore, String path) {
        return values(chore.action()).stream()
                .filter(value -> value.path().equals(path))
                .map(ParameterValue::value)
                .findFirst()
                .orElse("");
    }

    private void change(String path, String to, String how) {
        Item item = standing.items().get(path);
        String from = item == null ? null : item.seen();
        changes.add(new Change(path, UNKNOWN.equals(from) ? null : from, to, how));
    }

    private static String shown(String path, String value) {
        if (Judgement.isSecret(path)) {
            return "(secret)";
        }
        return value.contains(UNKNOWN) ? "(depends on what the device says)" : value;
    }

    /** What the device would answer, as far as anybody knows. */
    private List<ParameterValue> known(Leg.Read read) {
        Map<String, ParameterValue> values = new HashMap<>();
        for (String path : read.paths()) {
            values.put(path, known(path));
        }
        for (String table : read.found().keySet()) {
            TableStanding known = standing.tables().get(table);
            if (known == null || known.instances().isEmpty()) {
                unread.add(table);
            }
            standing.items().keySet().stream()
                    .filter(path -> path.startsWith(table)
                            && path.length() > table.length()
                            && Character.isDigit(path.charAt(table.length()))
                            && !path.endsWith("."))
                    .forEach(path -> values.put(path, known(path)));
        }
        return List.copyOf(values.values());
    }

    private ParameterValue known(String path) {
        Item item = standing.items().get(path);
        if (item != null && item.seen() != null) {
            return new ParameterValue(path, item.seen(), item.type());
        }
        if (!Judgement.isSecret(path)) {
            unread.add(path);
        }
        return new ParameterValue(path, UNKNOWN, ValueType.UNKNOWN);
    }

    private List<ParameterAttributes> attributes(Set<String> keys) {
        return keys.stream()
                .map(Chores::parameter)
                .distinct()
                .map(path -> new ParameterAttributes(
                        path, notification(path + Desired.NOTIFICATION), accessList(said(path + Desired.ACCESS_LIST))))
                .toList();
    }

    private int notification(String key) {
        String said = said(key);
        if (said == null) {
            unread.add(key);
            return -1;
        }
        return Integer.parseInt(said);
    }

    private static List<String> accessList(@Nullable String said) {
        return said == null || said.isEmpty() ? List.of() : List.of(said.split(","));
    }

    private @Nullable String said(String key) {
        Item item = standing.items().get(key);
        return attributes.getOrDefault(key, item == null ? null : item.seen());
    }
}
