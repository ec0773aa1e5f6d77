package org.homeward.provisioning.plan;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.homeward.contracts.order.OrderTask.Connect;
import org.homeward.contracts.order.OrderTask.Diagnose;
import org.homeward.contracts.order.OrderTask.Perform;
import org.homeward.contracts.order.OrderTask.Settle;
import org.homeward.contracts.order.OrderTask.Survey;
import org.homeward.contracts.plan.Action;
import org.homeward.contracts.rpc.ParameterValue;
import org.homeward.contracts.rpc.Rpc;

/**
 * What a session could do for the orders now. Orders keep their order; one that waits for its next attempt lets others
 * pass, but none that writes the same parameter, and so does one that is under way. What takes the device away comes last, and what came after it waits
 * until the device is back.
 */
final class Agenda {

    private Agenda() {}

    static List<OpenOrder> of(Turn turn) {
        List<OpenOrder> orders = turn.ledger.orders();
        if (orders.isEmpty()) {
            return List.of();
        }
        List<OpenOrder> agenda = new ArrayList<>(orders.size());
        Set<String> keptBack = new HashSet<>();
        for (OpenOrder order : orders) {
            switch (order.task()) {
                case Connect connect -> {
                    if (order.isDue(turn.now)) {
                        agenda.add(order);
                    }
                }
                case Settle settle -> {
                    if (order.isDue(turn.now)) {
                        agenda.add(order);
                    }
                }
                case Perform perform -> {
                    if (admits(turn, order, writes(perform.action()), keptBack, agenda)
                            && Proof.takesTheDeviceAway(perform.action())) {
                        return agenda;
                    }
                }
                case Diagnose diagnose ->
                    measure(
                            turn,
                            order,
                            Diagnostics.object(diagnose.diagnostic(), turn.ledger.known()),
                            keptBack,
                            agenda);
                case Survey survey -> measure(turn, order, survey.object(), keptBack, agenda);
            }
        }
        return agenda;
    }

    private static void measure(
            Turn turn, OpenOrder order, String object, Set<String> keptBack, List<OpenOrder> agenda) {
        // until one has been read, the next would overwrite it
        if (admits(turn, order, List.of(object), keptBack, agenda) || !isOver(order)) {
            keptBack.add(object);
        }
    }

    private static boolean admits(
            Turn turn, OpenOrder order, List<String> writes, Set<String> keptBack, List<OpenOrder> agenda) {
        if (!(order.progress() instanceof Progress.Due)) {
            if (order.progress() instanceof Progress.InFlight) {
                keptBack.addAll(writes);
            }
            return false;
        }
        if (!order.isDue(turn.now) || writes.stream().anyMatch(keptBack::contains)) {
            keptBack.addAll(writes);
            return false;
        }
        agenda.add(order);
        return true;
    }

    private static boolean isOver(OpenOrder order) {
        return order.progress() instanceof Progress.Unresolved;
    }

    /** Paths of the values that it writes, but for those of an object that it creates. */
    static List<String> writes(Action action) {
        return switch (action) {
            case Action.WriteValues write -> paths(write.values());
            case Action.Call call ->
                call.rpc() instanceof Rpc.SetParameterValues set ? paths(set.parameters()) : List.of();
            case Action.ReadTree tree -> List.of();
            case Action.CreateObject create -> List.of();
        };
    }

    private static List<String> paths(List<ParameterValue> values) {
        return values.stream().map(ParameterValue::path).toList();
    }
}
