package org.homeward.provisioning.plan;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.homeward.contracts.OrderId;
import org.homeward.contracts.SessionId;
import org.homeward.contracts.order.OrderCommand.SubmitOrder;
import org.homeward.contracts.order.OrderEvent.OrderRunning;
import org.homeward.contracts.order.OrderFault;
import org.homeward.contracts.order.OrderTask.Settle;
import org.homeward.contracts.rpc.ParameterFault;
import org.homeward.provisioning.reconcile.Settled;

/**
 * Orders that wait until a device is what its subscriber chose. They carry out nothing themselves: the reconciler does,
 * so that nothing is written twice, and they end once it has nothing more to do.
 */
final class Settling {

    /** A device that does not call for so long gets it when it calls, though no order waits for that. */
    private static final Duration LONGEST = Duration.ofDays(1);

    private Settling() {}

    /** Somebody has chosen just now, and waits for it: what went wrong with it before does not count. */
    static void chosen(Turn turn, Settle settle) {
        turn.ledger = turn.ledger.with(turn.hearing.chosen(
                turn.ledger.standing(),
                turn.reconciler.paths(turn.ledger.standing(), turn.profiles, turn::facts, settle.names())));
    }

    /** It has another subscriber, who may have chosen something for the device before this one: nobody is made to wait. */
    static void changedHands(Turn turn, String subscriber) {
        List<String> chosen = turn.profiles.chosen();
        if (chosen.isEmpty() || !turn.ledger.known().informed()) {
            return;
        }
        String name = turn.ledger.key() + "/" + subscriber + "/" + turn.now;
        Orders.take(
                turn,
                new SubmitOrder(
                        new OrderId(UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8))
                                .toString()),
                        new Settle(Settle.PERSONAL, chosen),
                        "change of subscriber",
                        turn.now,
                        turn.now.plus(LONGEST),
                        true));
    }

    static void advance(Turn turn) {
        OpenSession session = turn.ledger.session();
        if (session == null || turn.ledger.orders().isEmpty()) {
            return;
        }
        for (OpenOrder order : turn.ledger.orders()) {
            if (order.task() instanceof Settle settle) {
                if (turn.ledger.standing().isSettledWith(turn.profiles)) {
                    end(turn, order, settle, session.id());
                } else if (order.progress() instanceof Progress.Due due && order.isDue(turn.now)) {
                    turn.ledger = turn.ledger.replacing(order.with(
                            new Progress.InFlight(session.id(), session.nextPlan(), false, due.attempts() + 1)));
                    turn.announce(new OrderRunning(order.id(), session.id()));
                }
            }
        }
    }

    private static void end(Turn turn, OpenOrder order, Settle settle, SessionId session) {
        List<Settled> all =
                turn.reconciler.settled(turn.ledger.standing(), turn.profiles, turn::facts, settle.names(), turn.now);
        Map<String, Object> states = new LinkedHashMap<>();
        List<ParameterFault> faults = new ArrayList<>();
        Map<String, String> why = new LinkedHashMap<>();
        for (Settled each : all) {
            states.put(each.capability(), each.state().toLowerCase(Locale.ROOT));
            if (!each.holds()) {
                faults.add(new ParameterFault(each.capability(), each.code(), each.detail()));
                why.putIfAbsent(each.capability(), each.detail());
            }
        }
        if (faults.isEmpty()) {
            Orders.succeed(turn, order, session, Map.of("settings", states));
        } else {
            ParameterFault first = faults.getFirst();
            turn.effect(new Effect.Declined(order.id(), why));
            Orders.fail(turn, order, session, new OrderFault(first.code(), first.text(), first.parameter(), faults));
        }
    }
}
