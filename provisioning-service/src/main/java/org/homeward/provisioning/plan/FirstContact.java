package org.homeward.provisioning.plan;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.homeward.contracts.PlanId;
import org.homeward.contracts.SessionId;
import org.homeward.contracts.plan.Action;
import org.homeward.contracts.plan.Step;
import org.homeward.contracts.rpc.ParameterFault;
import org.homeward.contracts.rpc.ParameterValue;
import org.homeward.contracts.rpc.RpcResult;
import org.homeward.contracts.session.Authentication;
import org.homeward.contracts.session.SessionEvent.InformReceived;
import org.homeward.contracts.session.SessionEvent.PlanRefused;
import org.homeward.contracts.session.SessionEvent.RpcCompleted;
import org.homeward.provisioning.plan.Setup.State;
import org.homeward.provisioning.plan.Setup.Task;

/** Makes a box that calls for the first time one of ours: reads it, and sets what later calls depend on. */
final class FirstContact {

    static final String PARAMETER_KEY = "homeward";

    private FirstContact() {}

    /** @param fresh whether nothing that was done to the device before holds any more */
    static void began(Turn turn, InformReceived inform, boolean fresh, Known before) {
        Setup setup = turn.ledger.setup();
        State due = State.Due.atOnce(0);
        if (fresh) {
            setup = Setup.NONE
                    .with(Task.READ_TREE, due)
                    .with(Task.CONNECTION_REQUEST, due)
                    .with(Task.PERIODIC_INFORM, due)
                    .with(Task.PERIODIC_PHASE, due);
        } else if (!before.softwareVersion().isEmpty()
                && !before.softwareVersion().equals(turn.ledger.known().softwareVersion())) {
            // new software may have other parameters, and accept what the old one refused
            for (Map.Entry<Task, State> task : setup.tasks().entrySet()) {
                if (task.getValue() instanceof State.Refused) {
                    setup = setup.with(task.getKey(), due);
                }
            }
            setup = setup.with(Task.READ_TREE, due).withRefused(Map.of());
        }
        if (turn.policy.rotateCredentials()
                && inform.authentication().credential() == Authentication.Credential.FACTORY
                && (setup.tasks().get(Task.ACS_CREDENTIALS) == null
                        || setup.tasks().get(Task.ACS_CREDENTIALS) instanceof State.Verified)) {
            setup = setup.with(Task.ACS_CREDENTIALS, due);
        }
        setup = WaySetup.began(turn.policy.ways(), setup);
        if (setup != turn.ledger.setup()) {
            turn.ledger = turn.ledger.with(setup);
        }
    }

    /** The steps that are due, noted as being in this plan. */
    static List<Step> plan(Turn turn, SessionId session, PlanId plan) {
        List<Step> steps = new ArrayList<>();
        if (turn.ledger.setup().tasks().isEmpty()) {
            return steps;
        }
        List<ParameterValue> together = new ArrayList<>();
        for (Task task : Task.values()) {
            if (!(turn.ledger.setup().tasks().get(task) instanceof State.Due due)
                    || due.notBefore().isAfter(turn.now)) {
                continue;
            }
            if (task == Task.ACS_CREDENTIALS && WaySetup.goesOn(turn, steps)) {
                continue;
            }
            Optional<Action> action = action(turn, task);
            if (action.isPresent()) {
                if (task.joins(due.attempts() + 1) && action.get() instanceof Action.WriteValues write) {
                    if (together.isEmpty()) {
                        steps.add(new Step(Setup.TOGETHER, action.get(), false));
                    }
                    together.addAll(write.values());
                } else {
                    steps.add(new Step(task.command(), action.get(), false));
                }
                become(turn, task, new State.InFlight(session, plan, due.attempts() + 1));
                if (task == Task.READ_TREE || task == Task.READ_WAYS) {
                    turn.ledger = turn.ledger.with(turn.ledger.setup().with(Offer.UNREAD));
                }
            }
        }
        steps.replaceAll(step -> step.command().equals(Setup.TOGETHER)
                ? new Step(Setup.TOGETHER, new Action.WriteValues(together, PARAMETER_KEY), false)
                : step);
        return steps;
    }

    /**
     * Whether more may have to follow these in the same session: the CPE may refuse one for another's sake, so that each
     * has to be tried again alone, or one waits for another's answer.
     */
    static boolean mayGoOn(Turn turn, List<Step> steps) {
        return steps.stream().anyMatch(step -> step.command().equals(Setup.TOGETHER)) || WaySetup.goesOn(turn, steps);
    }

    /** Whether the whole data model is being read, so that nothing else has to be. */
    static boolean isReadingTree(Turn turn) {
        return turn.ledger.setup().tasks().get(Task.READ_TREE) instanceof State.InFlight;
    }

    /** The same, or it is still to be read. */
    static boolean readsTree(Turn turn) {
        State state = turn.ledger.setup().tasks().get(Task.READ_TREE);
        return state instanceof State.Due || state instanceof State.InFlight;
    }

    /** Empty where the task has to wait for what the device will say, or is not wanted any more. */
    private static Optional<Action> action(Turn turn, Task task) {
        String root = turn.ledger.known().root();
        if (task == Task.READ_TREE) {
            return Optional.of(
                    new Action.ReadTree(root.isEmpty() ? List.of("Device.", "InternetGatewayDevice.") : List.of(root)));
        }
        if (root.isEmpty()) {
            return Optional.empty();
        }
        if (task == Task.READ_WAYS) {
            Optional<Action> reading = WaySetup.reading(turn);
            if (reading.isEmpty()) {
                become(turn, task, new State.Verified());
            }
            return reading;
        }
        if (Upkeep.wanted(turn, task.left()).isEmpty() || WaySetup.isWay(task) && !WaySetup.admits(turn, task)) {
            return Optional.empty();
        }
        List<ParameterValue> wanted = FirstValues.wanted(turn, task);
        List<ParameterValue> values = FirstValues.notRefused(turn, wanted);
        if (wanted.isEmpty()) {
            become(turn, task, new State.Verified());
            return Optional.empty();
        }
        if (values.isEmpty()) {
            become(turn, task, new State.Refused(9005, "the CPE refuses every parameter of it"));
            return Optional.empty();
        }
        if (task == Task.XMPP && turn.policy.ways().xmpp() instanceof WaySettings.Xmpp xmpp) {
            WaySetup.openAccount(turn);
            Optional<Action> missing = WaySetup.missingObject(turn, xmpp);
            if (missing.isPresent()) {
                return missing;
            }
        }
        return Optional.of(new Action.WriteValues(values, PARAMETER_KEY));
    }

    /** To read without saying what is to read the whole data model. */
    static Action withRoot(Turn turn, Action action) {
        String root = turn.ledger.known().root();
        return action instanceof Action.ReadTree tree && tree.paths().isEmpty()
                ? new Action.ReadTree(root.isEmpty() ? List.of("Device.", "InternetGatewayDevice.") : List.of(root))
                : action;
    }

    /** Whether the RPC was one of the set-up's. */
    static boolean completed(Turn turn, RpcCompleted completed) {
        if (!completed.command().value().startsWith("setup.")) {
            return false;
        }
        for (Task task : Task.values()) {
            if (turn.ledger.setup().tasks().get(task) instanceof State.InFlight flight
                    && flight.plan().equals(completed.plan())
                    && completed.command().equals(task.command(flight.attempts()))) {
                if (task == Task.READ_TREE || task == Task.READ_WAYS) {
                    WaySetup.heard(turn, completed.result());
                }
                if (completed.stepDone()) {
                    become(turn, task, after(turn, task, flight, completed.result()));
                }
            }
        }
        Setup setup = turn.ledger.setup();
        Setup next = WaySetup.readFirst(setup);
        if (next != setup) {
            turn.ledger = turn.ledger.with(next);
        }
        return true;
    }

    private static State after(Turn turn, Task task, State.InFlight flight, RpcResult result) {
        return switch (result) {
            case RpcResult.TreeRead read -> {
                if (turn.ledger.known().root().isEmpty() && read.missing().size() == 1) {
                    String root = read.missing().contains("Device.") ? "InternetGatewayDevice." : "Device.";
                    turn.ledger = turn.ledger.with(turn.ledger.known().withRoot(root));
                }
                Setup setup = turn.ledger.setup();
                turn.ledger = turn.ledger.with(setup.with(setup.offer().wholly()));
                yield new State.Verified();
            }
            case RpcResult.Values values -> {
                List<String> differing = ReadBack.differing(FirstValues.of(turn, task), values.parameters());
                if (task == Task.CONNECTION_REQUEST) {
                    keepUsername(turn, differing, values.parameters());
                    yield new State.Verified();
                }
                if (WaySetup.isWay(task)) {
                    differing = WaySetup.mattering(differing);
                }
                yield differing.isEmpty()
                        ? new State.Verified()
                        : new State.Refused(
                                0, "the CPE took the value of " + differing.getFirst() + ", but reads back another");
            }
            case RpcResult.Applied applied -> new State.Verified();
            case RpcResult.Fault fault -> faulted(turn, task, flight, fault);
            case RpcResult.Unanswered unanswered -> lost(turn, task, flight);
            case RpcResult.ObjectAdded added -> task == Task.XMPP ? WaySetup.added(turn, added) : unexpected();
            case RpcResult.MethodList other -> unexpected();
            case RpcResult.Names other -> unexpected();
            case RpcResult.Attributes other -> unexpected();
            case RpcResult.TransferStarted other -> unexpected();
            case RpcResult.Transfers other -> unexpected();
            case RpcResult.Done other -> unexpected();
        };
    }

    /** Some CPEs take the password but keep a user name of their own: what they name is what they will ask for. */
    private static void keepUsername(Turn turn, List<String> differing, List<ParameterValue> read) {
        String kept = read.stream()
                .filter(value -> differing.contains(value.path()))
                .map(ParameterValue::value)
                .filter(name -> name.length() <= 256 && name.chars().noneMatch(Character::isISOControl))
                .findFirst()
                .orElse("");
        turn.ledger = turn.ledger.with(turn.ledger.known().withConnectionRequestUsername(kept));
    }

    static State unexpected() {
        return new State.Refused(0, "the CPE's answer was not one to the request");
    }

    private static State faulted(Turn turn, Task task, State.InFlight flight, RpcResult.Fault fault) {
        if (flight.attempts() >= turn.policy.faultAttempts()) {
            return new State.Refused(fault.code(), fault.text());
        }
        if (Faults.passes(fault.code())) {
            return new State.Due(flight.attempts(), turn.now.plus(turn.policy.retryAfter(flight.attempts())));
        }
        if (task.joins(flight.attempts())) {
            // it may have been another's fault
            return new State.Due(flight.attempts(), turn.now);
        }
        Map<String, Integer> before = turn.ledger.setup().refused();
        Map<String, Integer> refused = new HashMap<>(before);
        for (ParameterFault parameter : fault.parameters()) {
            if (!Faults.passes(parameter.code())) {
                refused.put(parameter.parameter(), parameter.code());
            }
        }
        turn.ledger = turn.ledger.with(turn.ledger.setup().withRefused(refused));
        boolean restMayGoWell = refused.size() > before.size()
                && (!WaySetup.isWay(task) || WaySetup.worksWithout(fault.parameters()))
                && !FirstValues.of(turn, task).isEmpty();
        return restMayGoWell ? State.Due.atOnce(flight.attempts()) : new State.Refused(fault.code(), fault.text());
    }

    private static State lost(Turn turn, Task task, State.InFlight flight) {
        if (task == Task.XMPP) {
            WaySetup.lost(turn);
        }
        return flight.attempts() < turn.policy.lostAttempts()
                ? State.Due.atOnce(flight.attempts())
                : new State.Refused(0, flight.attempts() + " sessions ended before the CPE answered");
    }

    static void refused(Turn turn, PlanRefused refused) {
        turn.ledger.setup().tasks().forEach((task, state) -> {
            if (state instanceof State.InFlight flight && flight.plan().equals(refused.plan())) {
                become(turn, task, State.Due.atOnce(flight.attempts() - 1));
            }
        });
    }

    static void sessionEnded(Turn turn, SessionId session, Sessions.End end) {
        turn.ledger.setup().tasks().forEach((task, state) -> {
            if (state instanceof State.InFlight flight && flight.session().equals(session)) {
                become(
                        turn,
                        task,
                        switch (end) {
                            case CLOSED -> lost(turn, task, flight);
                            case UNPLANNED -> State.Due.atOnce(flight.attempts() - 1);
                        });
            }
        });
    }

    /** A newer session began while this one may still play its plan. */
    static void sessionReplaced(Turn turn, SessionId session) {
        boolean mayStillAdd = turn.ledger.setup().tasks().get(Task.XMPP) instanceof State.InFlight flight
                && flight.session().equals(session);
        sessionEnded(turn, session, Sessions.End.CLOSED);
        if (mayStillAdd) {
            WaySetup.rest(turn, turn.now.plus(turn.policy.silence()));
        }
    }

    private static void become(Turn turn, Task task, State state) {
        turn.ledger = turn.ledger.with(turn.ledger.setup().with(task, state));
        if (task == Task.XMPP && state instanceof State.Verified) {
            WaySetup.signsIn(turn);
        }
    }
}
