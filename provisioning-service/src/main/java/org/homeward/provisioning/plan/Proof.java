package org.homeward.provisioning.plan;

import org.homeward.contracts.plan.Action;
import org.homeward.contracts.rpc.Rpc;
import org.homeward.contracts.session.SessionEvent.InformReceived;

/** By which event it shows that a CPE did what it was told; with the answer alone for {@link Answer}. */
sealed interface Proof {

    /** Nothing but the answer tells. */
    record Answer() implements Proof {}

    /** {@code M Reboot}, or {@code 1 BOOT} where the CPE sends only that. */
    record Boot(String commandKey) implements Proof {}

    /** {@code 0 BOOTSTRAP}. */
    record Bootstrap() implements Proof {}

    /** TransferComplete. */
    record Transfer(String commandKey) implements Proof {}

    /** DUStateChangeComplete. */
    record DeploymentUnits(String commandKey) implements Proof {}

    /** The answer; and should that get lost, {@code M ScheduleInform}. */
    record Scheduled(String commandKey) implements Proof {}

    static Proof of(Action action) {
        return switch (action) {
            case Action.Call call ->
                switch (call.rpc()) {
                    case Rpc.Reboot reboot -> new Boot(reboot.commandKey());
                    case Rpc.FactoryReset reset -> new Bootstrap();
                    case Rpc.Download download -> new Transfer(download.commandKey());
                    case Rpc.Upload upload -> new Transfer(upload.commandKey());
                    case Rpc.ScheduleDownload download -> new Transfer(download.commandKey());
                    case Rpc.ChangeDUState change -> new DeploymentUnits(change.commandKey());
                    case Rpc.ScheduleInform inform -> new Scheduled(inform.commandKey());
                    case Rpc.GetRPCMethods rpc -> new Answer();
                    case Rpc.SetParameterValues rpc -> new Answer();
                    case Rpc.GetParameterValues rpc -> new Answer();
                    case Rpc.GetParameterNames rpc -> new Answer();
                    case Rpc.SetParameterAttributes rpc -> new Answer();
                    case Rpc.GetParameterAttributes rpc -> new Answer();
                    case Rpc.AddObject rpc -> new Answer();
                    case Rpc.DeleteObject rpc -> new Answer();
                    case Rpc.GetQueuedTransfers rpc -> new Answer();
                    case Rpc.GetAllQueuedTransfers rpc -> new Answer();
                    case Rpc.CancelTransfer rpc -> new Answer();
                };
            case Action.ReadTree tree -> new Answer();
            case Action.WriteValues write -> new Answer();
            case Action.CreateObject create -> new Answer();
        };
    }

    /** Whether doing it twice does not show. */
    static boolean repeatable(Action action) {
        return switch (action) {
            case Action.Call call -> call.rpc().repeatable();
            case Action.CreateObject create -> false;
            case Action.ReadTree tree -> true;
            case Action.WriteValues write -> true;
        };
    }

    /** Whether the device goes away for it, so that nothing sensible can follow in the same session. */
    static boolean takesTheDeviceAway(Action action) {
        return switch (of(action)) {
            case Boot boot -> true;
            case Bootstrap bootstrap -> true;
            case Answer answer -> false;
            case Transfer transfer -> false;
            case DeploymentUnits units -> false;
            case Scheduled scheduled -> false;
        };
    }

    /**
     * Whether the Inform proves it.
     *
     * @param answered whether the CPE had answered the RPC; if not, only an event with its CommandKey tells that it
     *     was this one
     */
    default boolean shownBy(InformReceived inform, boolean answered) {
        return switch (this) {
            case Boot boot -> hasKey(inform, "M Reboot", boot.commandKey()) || answered && inform.has("1 BOOT");
            case Bootstrap bootstrap -> inform.has("0 BOOTSTRAP");
            case Scheduled scheduled -> hasKey(inform, "M ScheduleInform", scheduled.commandKey());
            case Transfer transfer -> false;
            case DeploymentUnits units -> false;
            case Answer answer -> false;
        };
    }

    private static boolean hasKey(InformReceived inform, String code, String commandKey) {
        return inform.events().stream()
                .anyMatch(event -> event.is(code)
                        && (event.commandKey().equals(commandKey)
                                || event.commandKey().isEmpty()));
    }
}
