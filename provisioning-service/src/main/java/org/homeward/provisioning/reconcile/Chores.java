package org.homeward.provisioning.reconcile;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.homeward.contracts.CommandId;
import org.homeward.contracts.PlanId;
import org.homeward.contracts.plan.Action;
import org.homeward.contracts.rpc.AttributeChange;
import org.homeward.contracts.rpc.ParameterValue;
import org.homeward.contracts.rpc.Rpc;
import org.homeward.contracts.rpc.ValueType;
import org.homeward.provisioning.profile.Desired;
import org.homeward.provisioning.profile.Desired.Wanted;
import org.homeward.provisioning.reconcile.Move.Chore;
import org.jspecify.annotations.Nullable;

/** Puts what is to be done into steps of a plan, all under one ParameterKey. */
final class Chores {

    private final List<Chore> chores = new ArrayList<>();
    private final Secrecy secrecy;
    private final String parameterKey;

    Chores(PlanId plan, Secrecy secrecy) {
        this.secrecy = secrecy;
        // at most 32 characters, and the same when the plan is made again
        byte[] name = plan.value().getBytes(StandardCharsets.UTF_8);
        this.parameterKey =
                "hw-" + UUID.nameUUIDFromBytes(name).toString().replace("-", "").substring(0, 16);
    }

    List<Chore> all() {
        return chores;
    }

    boolean isEmpty() {
        return chores.isEmpty();
    }

    /** The parameter that an attribute is one of; a parameter itself. */
    static String parameter(String key) {
        int aspect = key.indexOf('#');
        return aspect < 0 ? key : key.substring(0, aspect);
    }

    private void add(String command, Action action, Leg leg) {
        chores.add(new Chore(new CommandId("profile." + command + '.' + chores.size()), action, leg));
    }

    void read(Set<String> paths, Map<String, Set<Integer>> tables) {
        if (!paths.isEmpty() || !tables.isEmpty()) {
            List<String> all = new ArrayList<>(paths);
            all.addAll(tables.keySet());
            add("read", new Action.ReadTree(all), new Leg.Read(paths, tables));
        }
    }

    void readAttributes(Set<String> keys) {
        if (!keys.isEmpty()) {
            List<String> of =
                    keys.stream().map(Chores::parameter).distinct().sorted().toList();
            add("readAttributes", new Action.Call(new Rpc.GetParameterAttributes(of)), new Leg.ReadAttributes(keys));
        }
    }

    void delete(Tables.Removal removal) {
        String object = removal.table() + removal.instance() + '.';
        add(
                "delete",
                new Action.Call(new Rpc.DeleteObject(object, parameterKey)),
                new Leg.Delete(removal.table(), removal.instance()));
    }

    void add(Tables.Addition addition) {
        String table = addition.table();
        List<ParameterValue> values = new ArrayList<>();
        addition.row()
                .columns()
                .forEach((column, wanted) ->
                        value(table + column, column, wanted, ValueType.UNKNOWN).ifPresent(values::add));
        add(
                "add",
                new Action.CreateObject(table, values, parameterKey),
                new Leg.Add(table, addition.row().id()));
    }

    /** @param edit knows of what type they are */
    void write(Map<String, Wanted> wanted, Edit edit) {
        if (wanted.isEmpty()) {
            return;
        }
        List<ParameterValue> values = new ArrayList<>();
        Map<String, String> wants = new HashMap<>();
        wanted.forEach((path, each) -> {
            value(path, path, each, edit.item(path).type()).ifPresent(value -> {
                values.add(value);
                wants.put(path, Judgement.want(path, each, secrecy));
            });
        });
        if (values.isEmpty()) {
            return;
        }
        add("write", new Action.WriteValues(values, parameterKey), new Leg.Write(wants, false));
    }

    /**
     * Empty for a secret that can't be opened.
     *
     * @param path by which a secret is known
     * @param name under which it is written
     */
    private Optional<ParameterValue> value(String path, String name, Wanted wanted, ValueType known) {
        ValueType type = wanted.type() == ValueType.UNKNOWN ? known : wanted.type();
        if (Judgement.isSecret(path)) {
            Optional<String> secret =
                    wanted.sealed() ? secrecy.passOn(wanted.value()) : Optional.of(secrecy.seal(wanted.value()));
            return secret.map(text -> new ParameterValue(name, text, type, true));
        }
        return Optional.of(
                new ParameterValue(name, type == ValueType.BOOLEAN ? truth(wanted.value()) : wanted.value(), type));
    }

    /** As every CPE understands it: one stack knows no other words. */
    private static String truth(String text) {
        return switch (text) {
            case "true" -> "1";
            case "false" -> "0";
            default -> text;
        };
    }

    /** @param wants by path and aspect */
    void writeAttributes(Map<String, String> wants) {
        if (wants.isEmpty()) {
            return;
        }
        List<AttributeChange> changes = wants.keySet().stream()
                .map(Chores::parameter)
                .distinct()
                .sorted()
                .map(path ->
                        change(path, wants.get(path + Desired.NOTIFICATION), wants.get(path + Desired.ACCESS_LIST)))
                .toList();
        add("attributes", new Action.Call(new Rpc.SetParameterAttributes(changes)), new Leg.WriteAttributes(wants));
    }

    private static AttributeChange change(String path, @Nullable String notification, @Nullable String accessList) {
        return new AttributeChange(
                path,
                notification == null ? null : Integer.valueOf(notification),
                accessList == null ? null : accessList.isEmpty() ? List.of() : List.of(accessList.split(",")));
    }

    void reboot() {
        add("reboot", new Action.Call(new Rpc.Reboot(parameterKey)), new Leg.Reboot());
    }
}
