package org.homeward.provisioning.reconcile;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.homeward.contracts.SessionId;
import org.homeward.contracts.rpc.ParameterAttributes;
import org.homeward.contracts.rpc.ParameterValue;
import org.homeward.contracts.rpc.Rpc;
import org.homeward.contracts.rpc.RpcResult;
import org.homeward.contracts.rpc.ValueType;
import org.homeward.contracts.session.SessionEvent.InformReceived;
import org.homeward.contracts.session.SessionEvent.RpcCompleted;
import org.homeward.provisioning.profile.Desired;
import org.jspecify.annotations.Nullable;

/** Takes in what a device says of the things that profiles name, whoever asked it. Thread-safe. */
public final class Hearing {

    static final String DELETED = "(deleted)";

    private final Landing landing;

    public Hearing(Patience patience) {
        this.landing = new Landing(patience);
    }

    /**
     * A session began.
     *
     * @param forgotten whether nothing that was known of the device holds any more
     * @param newSoftware whether it runs another version than before
     */
    public Standing began(
            Standing standing, InformReceived inform, String root, boolean forgotten, boolean newSoftware) {
        if (forgotten) {
            Edit fresh = new Edit(Standing.NONE);
            fresh.fresh = inform.has("0 BOOTSTRAP");
            return fresh.done();
        }
        if (standing.tracksNothing()) {
            return standing;
        }
        String key = parameterKey(inform, root);
        boolean newKey = key != null && !key.equals(standing.parameterKey());
        boolean boot = inform.has("1 BOOT");
        if (!newKey
                && !boot
                && !newSoftware
                && inform.parameters().stream().noneMatch(value -> isNews(standing, value))) {
            return standing;
        }
        Edit edit = new Edit(standing);
        if (newKey && standing.parameterKey() != null || newSoftware || boot) {
            edit.doubtAll();
        }
        if (newKey) {
            edit.parameterKey = key;
        }
        if (newSoftware) {
            edit.items.replaceAll((path, item) -> item.with(null));
        }
        inform.parameters().forEach(value -> see(edit, value, null));
        return edit.done();
    }

    private static boolean isNews(Standing standing, ParameterValue value) {
        Item item = standing.items().get(value.path());
        if (item != null) {
            return !item.read()
                    || !Judgement.isSecret(value.path()) && !value.value().equals(item.seen());
        }
        return standing.tables().keySet().stream().anyMatch(value.path()::startsWith);
    }

    private static @Nullable String parameterKey(InformReceived inform, String root) {
        return inform.parameters().stream()
                .filter(value -> value.path().equals(root + "ManagementServer.ParameterKey"))
                .map(ParameterValue::value)
                .findFirst()
                .orElse(null);
    }

    /** An RPC ended, ours or another's. */
    public Standing completed(Standing standing, RpcCompleted completed, Instant now) {
        if (standing.tracksNothing()) {
            return standing;
        }
        Edit edit = new Edit(standing);
        Leg leg = leg(standing, completed);
        switch (completed.result()) {
            case RpcResult.Values values -> {
                Map<String, Set<Integer>> found = leg instanceof Leg.Read read ? copy(read.found()) : null;
                values.parameters().forEach(value -> see(edit, value, found));
                if (leg instanceof Leg.Read read && found != null && edit.flight != null) {
                    edit.flight = edit.flight.with(completed.command(), new Leg.Read(read.paths(), found));
                }
            }
            case RpcResult.Attributes attributes -> attributes.parameters().forEach(each -> see(edit, each));
            case RpcResult.Applied applied -> {
                written(edit, completed.request(), leg != null, now);
                if (leg instanceof Leg.Write write && applied.status() == 1 && edit.flight != null) {
                    edit.flight = edit.flight.with(completed.command(), new Leg.Write(write.wants(), true));
                }
            }
            case RpcResult.ObjectAdded added -> {
                written(edit, completed.request(), leg != null, now);
                if (leg instanceof Leg.Add add) {
                    landing.added(edit, add, (int) added.instanceNumber(), now);
                }
            }
            case RpcResult.MethodList other -> {}
            case RpcResult.Names other -> {}
            case RpcResult.TransferStarted other -> {}
            case RpcResult.Transfers other -> {}
            case RpcResult.Done other -> {}
            case RpcResult.TreeRead other -> {}
            case RpcResult.Fault other -> {}
            case RpcResult.Unanswered other -> {}
        }
        if (leg != null && completed.stepDone()) {
            landing.landed(edit, completed, Objects.requireNonNull(leg(edit.flight, completed)), now);
        }
        return edit.done();
    }

    private static @Nullable Leg leg(Standing standing, RpcCompleted completed) {
        return leg(standing.flight(), completed);
    }

    private static @Nullable Leg leg(@Nullable Flight flight, RpcCompleted completed) {
        return flight != null && flight.plan().equals(completed.plan())
                ? flight.legs().get(completed.command().value())
                : null;
    }

    private static Map<String, Set<Integer>> copy(Map<String, Set<Integer>> found) {
        return found.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, each -> new HashSet<>(each.getValue())));
    }

    /** @param found where a table is being read: the instances that were seen; grows */
    private static void see(Edit edit, ParameterValue value, @Nullable Map<String, Set<Integer>> found) {
        String path = value.path();
        if (edit.items.containsKey(path)) {
            take(edit, path, value);
        }
        for (Map.Entry<String, TableStanding> table : edit.tables.entrySet()) {
            if (!path.startsWith(table.getKey())) {
                continue;
            }
            int end = path.indexOf('.', table.getKey().length());
            String number = end < 0 ? "" : path.substring(table.getKey().length(), end);
            if (!number.isEmpty() && number.length() < 10 && number.chars().allMatch(Character::isDigit)) {
                Set<Integer> instances = found == null ? null : found.get(table.getKey());
                if (instances != null) {
                    instances.add(Integer.valueOf(number));
                }
                if (table.getValue().columns().contains(path.substring(end + 1))) {
                    take(edit, path, value);
                }
            }
        }
    }

    private static void take(Edit edit, String path, ParameterValue value) {
        Item before = edit.item(path);
        boolean secret = value.sealed() || Judgement.isSecret(path);
        Item after = before.seen(secret ? null : value.value(), value.type());
        if (edit.fresh && before.base() == null) {
            after = after.withBase(secret ? Item.FACTORY : value.value());
        }
        if (after.equals(before)) {
            return;
        }
        edit.items.put(path, after);
        if (!Objects.equals(before.seen(), after.seen())) {
            edit.settled = false;
        }
    }

    private static void see(Edit edit, ParameterAttributes attributes) {
        Map<String, String> aspects = Map.of(
                Desired.NOTIFICATION, Integer.toString(attributes.notification()),
                Desired.ACCESS_LIST, Desired.accessList(attributes.accessList()));
        aspects.forEach((aspect, text) -> {
            String key = attributes.path() + aspect;
            if (edit.items.containsKey(key)) {
                take(edit, key, new ParameterValue(key, text, ValueType.STRING));
            }
        });
    }

    /** Something was written, and it worked. @param ours whether for a profile */
    private static void written(Edit edit, @Nullable Rpc request, boolean ours, Instant now) {
        if (request instanceof Rpc.SetParameterValues set) {
            edit.parameterKey = set.parameterKey();
            if (ours) {
                set.parameters().forEach(value -> edit.change(value.path(), item -> item.taken(now)));
            } else {
                set.parameters().forEach(value -> overwritten(edit, value));
            }
        } else if (request instanceof Rpc.AddObject add) {
            edit.parameterKey = add.parameterKey();
            doubt(edit, add.object(), ours);
        } else if (request instanceof Rpc.DeleteObject delete) {
            edit.parameterKey = delete.parameterKey();
            doubt(edit, delete.object(), ours);
        }
    }

    /** Somebody else wrote it: by an order, or at first contact. */
    private static void overwritten(Edit edit, ParameterValue value) {
        see(edit, value, null);
        if (Judgement.isSecret(value.path()) && edit.items.containsKey(value.path())) {
            edit.change(value.path(), item -> item.withBase(Item.FOREIGN));
            edit.settled = false;
        }
    }

    private static void doubt(Edit edit, String object, boolean ours) {
        if (ours) {
            return;
        }
        for (String table : List.copyOf(edit.tables.keySet())) {
            if (object.startsWith(table) || table.startsWith(object)) {
                edit.changeTable(table, TableStanding::inDoubt);
                edit.settled = false;
            }
        }
    }

    /** Somebody has just chosen what these parameters are to be, so that earlier attempts and changes do not count. */
    public Standing chosen(Standing standing, Set<String> paths) {
        Edit edit = new Edit(standing);
        edit.settled = false;
        edit.rest = null;
        paths.forEach(path -> {
            if (edit.items.containsKey(path)) {
                edit.change(path, Item::chosenAnew);
            }
        });
        return edit.done();
    }

    /** Something that conditions and expressions ask for is another. */
    public Standing factsChanged(Standing standing) {
        Edit edit = new Edit(standing);
        edit.settled = false;
        return edit.done();
    }

    /** The plan was not played. */
    public Standing refused(Standing standing) {
        Edit edit = new Edit(standing);
        edit.flight = null;
        edit.settled = false;
        return edit.done();
    }

    /**
     * The session of what is under way ended.
     *
     * @param mayStillPlay until when its gateway may still play it; null for not at all
     */
    public Standing lost(Standing standing, SessionId session, @Nullable Instant mayStillPlay, Instant now) {
        Flight flight = standing.flight();
        return flight == null || !flight.session().equals(session)
                ? standing
                : landing.lost(standing, flight, mayStillPlay, now);
    }
}
