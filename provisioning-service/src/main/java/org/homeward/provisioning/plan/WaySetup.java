package org.homeward.provisioning.plan;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.homeward.contracts.plan.Action;
import org.homeward.contracts.plan.Step;
import org.homeward.contracts.rpc.ParameterFault;
import org.homeward.contracts.rpc.ParameterInfo;
import org.homeward.contracts.rpc.ParameterValue;
import org.homeward.contracts.rpc.Rpc;
import org.homeward.contracts.rpc.RpcResult;
import org.homeward.contracts.wakeup.XmppWakeUp.OpenXmppAccount;
import org.homeward.provisioning.plan.Setup.State;
import org.homeward.provisioning.plan.Setup.Task;

/**
 * The part of the set-up by which a device behind NAT can be reached. It depends on what the device has, so it waits
 * until that was read; and on what the operator set, so it is done again when that becomes another.
 *
 * <p>An XMPP connection takes several RPCs. After each, what the device has by then says what comes next; where that is
 * not known, because a session broke off, it is read again before an object is added, so that there is never a second.
 */
final class WaySetup {

    private static final List<Task> TASKS = List.of(Task.STUN, Task.XMPP);

    /** Without these, or with another value of them, the device is reached all the same. */
    private static final Set<String> INCIDENTAL = Set.of(
            "STUNMinimumKeepAlivePeriod",
            "STUNMaximumKeepAlivePeriod",
            "Resource",
            "ServerConnectAlgorithm",
            "ConnReqAllowedJabberIDs");

    /** Paths may end in a dot or not. */
    private static final String CONNECTION_IN_USE = "ConnReqXMPPConnection";

    private static final List<String> ROOTS = List.of("Device.", "InternetGatewayDevice.");

    private WaySetup() {}

    static boolean isWay(Task task) {
        return TASKS.contains(task);
    }

    /** What is due because of what the operator set. A steady session changes nothing here. */
    static Setup began(WaySettings ways, Setup setup) {
        Setup next = setup;
        for (Task task : TASKS) {
            String text = text(ways, task);
            if (!text.equals(setup.told().getOrDefault(task, ""))) {
                next = text.isEmpty()
                        ? next.without(task)
                        : next.withRefused(withoutThoseOf(task, next.refused())).beginning(task, text);
            }
        }
        return readFirst(next);
    }

    private static String text(WaySettings ways, Task task) {
        if (task == Task.STUN) {
            return ways.stun() == null ? "" : ways.stun().text();
        }
        return ways.xmpp() == null ? "" : ways.xmpp().text();
    }

    private static Map<String, Integer> withoutThoseOf(Task task, Map<String, Integer> refused) {
        Map<String, Integer> rest = new HashMap<>(refused);
        rest.keySet()
                .removeIf(path -> task == Task.STUN
                        ? path.contains(".STUN")
                        : path.contains('.' + Offer.CONNECTIONS) || path.contains(".ConnReq"));
        return rest;
    }

    /** With the reading due that ways wait for, where nothing else reads it. */
    static Setup readFirst(Setup setup) {
        boolean needed = (isDue(setup, Task.STUN) || isDue(setup, Task.XMPP))
                && !setup.offer().read()
                && !isReading(setup)
                && !(setup.tasks().get(Task.READ_WAYS) instanceof State.Refused);
        return needed ? setup.with(Task.READ_WAYS, State.Due.atOnce(0)) : setup;
    }

    private static boolean isReading(Setup setup) {
        return isDue(setup, Task.READ_TREE)
                || isDue(setup, Task.READ_WAYS)
                || setup.tasks().get(Task.READ_TREE) instanceof State.InFlight
                || setup.tasks().get(Task.READ_WAYS) instanceof State.InFlight;
    }

    private static boolean isDue(Setup setup, Task task) {
        return setup.tasks().get(task) instanceof State.Due;
    }

    /** What has to be read for the ways alone; empty where that is known, or comes with the whole data model. */
    static Optional<Action> reading(Turn turn) {
        if (turn.ledger.setup().offer().read() || FirstContact.readsTree(turn)) {
            return Optional.empty();
        }
        String root = turn.ledger.known().root();
        return Optional.of(new Action.ReadTree(List.of(root + Offer.SERVER, root + Offer.XMPP)));
    }

    /** A part of what is being read. */
    static void heard(Turn turn, RpcResult result) {
        Setup setup = turn.ledger.setup();
        Offer offer = setup.offer();
        if (result instanceof RpcResult.Values values) {
            for (ParameterValue value : values.parameters()) {
                offer = offer.seen(relative(value.path()), value.sealed() ? "" : value.value());
            }
        } else if (result instanceof RpcResult.Names names) {
            for (ParameterInfo name : names.parameters()) {
                offer = offer.seen(relative(name.path()), "");
            }
        }
        if (offer != setup.offer()) {
            turn.ledger = turn.ledger.with(setup.with(offer));
        }
    }

    private static String relative(String path) {
        for (String root : ROOTS) {
            if (path.startsWith(root)
                    && (path.startsWith(Offer.SERVER, root.length()) || path.startsWith(Offer.XMPP, root.length()))) {
                return path.substring(root.length());
            }
        }
        return "";
    }

    /** Whether the way can be set up now. If it can't, but will never, that is noted. */
    static boolean admits(Turn turn, Task task) {
        Offer offer = turn.ledger.setup().offer();
        if (!offer.read()) {
            if (!isReading(turn.ledger.setup())) {
                become(turn, task, new State.Refused(0, "what the CPE has for it could not be read"));
            }
            return false;
        }
        Optional<String> lacks = task == Task.STUN ? offer.lacksStun() : offer.lacksXmpp();
        if (lacks.isEmpty()
                && task == Task.STUN
                && turn.secrets.stunUsername(turn.ledger.key()).isEmpty()) {
            lacks = Optional.of("the device's id is too long for a STUN user name");
        }
        lacks.ifPresent(why -> become(turn, task, new State.Refused(0, why)));
        return lacks.isEmpty();
    }

    /** The server learns of the account before the device uses it. */
    static void openAccount(Turn turn) {
        turn.effect(new Effect.OpenAccount(new OpenXmppAccount(
                turn.secrets.xmppLocalpart(turn.ledger.key()), turn.secrets.sealedXmppPassword(turn.ledger.key()))));
    }

    /** From now on it can be called over XMPP, though it may never say under which name. */
    static void signsIn(Turn turn) {
        WaySettings.Xmpp xmpp = turn.policy.ways().xmpp();
        if (xmpp != null) {
            Known known = turn.ledger.known();
            String account = turn.secrets.xmppLocalpart(turn.ledger.key()) + '@' + xmpp.domain();
            turn.ledger = turn.ledger.with(known.with(known.contacts().given(account)));
        }
    }

    /** The object that the XMPP connection still lacks. */
    static Optional<Action> missingObject(Turn turn, WaySettings.Xmpp xmpp) {
        String root = turn.ledger.known().root();
        OptionalInt connection = connection(turn, xmpp);
        if (connection.isEmpty()) {
            return Optional.of(add(root + Offer.CONNECTIONS));
        }
        boolean lacksServer = !xmpp.server().isEmpty()
                && turn.ledger.setup().offer().server(connection.getAsInt()).isEmpty();
        return lacksServer ? Optional.of(add(root + Offer.servers(connection.getAsInt()))) : Optional.empty();
    }

    private static Action add(String table) {
        return new Action.Call(new Rpc.AddObject(table, FirstContact.PARAMETER_KEY));
    }

    static OptionalInt connection(Turn turn, WaySettings.Xmpp xmpp) {
        return turn.ledger.setup().offer().connection(turn.secrets.xmppLocalpart(turn.ledger.key()), xmpp.domain());
    }

    /** The device added the object. */
    static State added(Turn turn, RpcResult.ObjectAdded added) {
        WaySettings.Xmpp xmpp = turn.policy.ways().xmpp();
        Setup setup = turn.ledger.setup();
        if (xmpp == null || added.instanceNumber() < 1) {
            return FirstContact.unexpected();
        }
        OptionalInt connection = connection(turn, xmpp);
        String table = connection.isEmpty() ? Offer.CONNECTIONS : Offer.servers(connection.getAsInt());
        Offer offer = setup.offer().seen(table + added.instanceNumber() + '.', "");
        turn.ledger = turn.ledger.with(setup.with(offer));
        return offer == setup.offer() ? FirstContact.unexpected() : State.Due.atOnce(0);
    }

    /** Nobody knows what the device did: it has to be read what it has. */
    static void lost(Turn turn) {
        turn.ledger =
                turn.ledger.with(turn.ledger.setup().with(Offer.UNREAD).with(Task.READ_WAYS, State.Due.atOnce(0)));
    }

    /** What the device has for XMPP is not settled before. */
    static void rest(Turn turn, Instant until) {
        for (Task task : List.of(Task.READ_WAYS, Task.XMPP)) {
            if (turn.ledger.setup().tasks().get(task) instanceof State.Due due) {
                become(turn, task, new State.Due(due.attempts(), until));
            }
        }
    }

    /** Whether more of it is to follow in the same session, once these steps are played. */
    static boolean goesOn(Turn turn, List<Step> steps) {
        Setup setup = turn.ledger.setup();
        boolean waits = !setup.offer().read()
                && TASKS.stream()
                        .anyMatch(task -> setup.tasks().get(task) instanceof State.Due due
                                && !due.notBefore().isAfter(turn.now))
                && (setup.tasks().get(Task.READ_TREE) instanceof State.InFlight
                        || setup.tasks().get(Task.READ_WAYS) instanceof State.InFlight);
        return waits
                || steps.stream()
                        .anyMatch(step ->
                                step.command().equals(Task.XMPP.command()) && step.action() instanceof Action.Call);
    }

    /** Whether the way works although the device refused these. */
    static boolean worksWithout(List<ParameterFault> refused) {
        return refused.stream().allMatch(each -> INCIDENTAL.contains(name(each.parameter())));
    }

    /** Of what reads back otherwise than written, what keeps the way from working. */
    static List<String> mattering(List<String> differing) {
        return differing.stream()
                .filter(path -> !INCIDENTAL.contains(name(path)) && !name(path).equals(CONNECTION_IN_USE))
                .toList();
    }

    private static String name(String path) {
        return path.substring(path.lastIndexOf('.') + 1);
    }

    private static void become(Turn turn, Task task, State state) {
        turn.ledger = turn.ledger.with(turn.ledger.setup().with(task, state));
    }
}
