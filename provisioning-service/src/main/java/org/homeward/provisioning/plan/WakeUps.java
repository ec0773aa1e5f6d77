package org.homeward.provisioning.plan;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.homeward.contracts.DeviceKey;
import org.homeward.contracts.WakeUpId;
import org.homeward.contracts.order.OrderEvent.OrderRetrying;
import org.homeward.contracts.order.OrderEvent.OrderWaking;
import org.homeward.contracts.order.OrderFault;
import org.homeward.contracts.order.OrderTask.Connect;
import org.homeward.contracts.order.OrderTask.Perform;
import org.homeward.contracts.wakeup.DeliverConnectionRequest;
import org.homeward.contracts.wakeup.WakeUpResult;
import org.homeward.contracts.wakeup.WakeUpResult.ConnectionRequestDelivered;
import org.homeward.contracts.wakeup.WakeUpResult.ConnectionRequestRefused;
import org.homeward.contracts.wakeup.WakeUpResult.ConnectionRequestUnreachable;

/** Makes a device call when orders wait for it: one effort at a time for all of them, with back-off. */
final class WakeUps {

    private static final String HTTP = "http";

    /** However long it rests, whoever asks anew is not made to wait longer than this after the last effort. */
    private static final Duration SHORTEST_REST = Duration.ofSeconds(5);

    /** A connector may be late with its word by so much. */
    private static final Duration GRACE = Duration.ofSeconds(5);

    private WakeUps() {}

    /** The device is there: whatever was done to make it call is over. */
    static void answered(Turn turn) {
        if (!(turn.ledger.reach() instanceof Reach.Quiet)) {
            turn.ledger = turn.ledger.with(new Reach.Quiet());
        }
        OpenSession session = turn.ledger.session();
        for (OpenOrder order : turn.ledger.orders()) {
            if (order.task() instanceof Connect && session != null) {
                Orders.succeed(
                        turn,
                        order,
                        session.id(),
                        Map.of("outcome", "connected", "transport", HTTP, "address", address(turn)));
            }
        }
    }

    /** Somebody asks anew. */
    static void wanted(Turn turn, OpenOrder order) {
        switch (turn.ledger.reach()) {
            case Reach.Resting resting -> {
                Instant earliest = order.task() instanceof Connect
                        ? turn.now
                        : resting.since().plus(SHORTEST_REST);
                if (earliest.isBefore(resting.notBefore())) {
                    turn.ledger = turn.ledger.with(new Reach.Resting(resting.since(), earliest, resting.failures()));
                }
            }
            case Reach.Calling calling -> turn.announce(new OrderWaking(order.id(), HTTP));
            case Reach.Expected expected -> turn.announce(new OrderWaking(order.id(), expected.transport()));
            case Reach.Quiet quiet -> {}
        }
    }

    /** A session broke off; the device is not called again at once, lest that be a loop. */
    static void restAfter(Turn turn, int attempts) {
        turn.ledger =
                turn.ledger.with(new Reach.Resting(turn.now, turn.now.plus(turn.policy.wakeAfter(attempts)), attempts));
    }

    static void ended(Turn turn, WakeUpResult result) {
        if (!(turn.ledger.reach() instanceof Reach.Calling calling)
                || !calling.request().equals(result.request())) {
            return;
        }
        switch (result) {
            case ConnectionRequestDelivered delivered -> {
                turn.ledger = turn.ledger.with(new Reach.Expected(
                        delivered.transport(),
                        delivered.address(),
                        turn.now.plus(turn.policy.sessionWithin()),
                        calling.failures()));
                note(turn, delivered.transport(), delivered.address(), "delivered", "");
            }
            case ConnectionRequestRefused refused ->
                failed(
                        turn,
                        refused.transport(),
                        refused.address(),
                        "refused",
                        refused.status(),
                        refused.cause(),
                        calling.failures());
            case ConnectionRequestUnreachable unreachable ->
                failed(
                        turn,
                        unreachable.transport(),
                        unreachable.address(),
                        "unreachable",
                        0,
                        unreachable.cause(),
                        calling.failures());
        }
    }

    static void letLateEnd(Turn turn) {
        if (turn.ledger.session() != null) {
            return;
        }
        switch (turn.ledger.reach()) {
            case Reach.Calling calling -> {
                if (!calling.until().isAfter(turn.now)) {
                    failed(
                            turn,
                            HTTP,
                            address(turn),
                            "unreachable",
                            0,
                            "no connector reported on the connection request in time",
                            calling.failures());
                }
            }
            case Reach.Expected expected -> {
                if (!expected.until().isAfter(turn.now)) {
                    failed(
                            turn,
                            expected.transport(),
                            expected.address(),
                            "silent",
                            0,
                            "the CPE accepted the connection request, but began no session within "
                                    + turn.policy.sessionWithin().toSeconds() + " s",
                            expected.failures());
                }
            }
            case Reach.Resting resting -> {}
            case Reach.Quiet quiet -> {}
        }
    }

    private static void failed(
            Turn turn, String transport, String address, String outcome, int code, String cause, int failuresBefore) {
        int failures = failuresBefore + 1;
        Instant notBefore = turn.now.plus(turn.policy.wakeAfter(failures));
        turn.ledger = turn.ledger.with(new Reach.Resting(turn.now, notBefore, failures));
        note(turn, transport, address, outcome, cause);
        OrderFault fault = Faults.of(code, cause);
        for (OpenOrder order : waiting(turn)) {
            if (order.task() instanceof Connect) {
                Orders.fail(turn, order, null, fault);
            } else {
                turn.announce(new OrderRetrying(order.id(), fault, failures, notBefore));
                turn.ledger = turn.ledger.replacing(order.troubledBy(outcome + ": " + cause));
            }
        }
    }

    /** Calls the device if orders wait for it, it is not in a session, and nothing speaks against it. */
    static void call(Turn turn) {
        if (turn.ledger.orders().isEmpty() || turn.ledger.session() != null || goneForAWhile(turn)) {
            return;
        }
        List<OpenOrder> waiting = waiting(turn);
        if (waiting.isEmpty()) {
            return;
        }
        switch (turn.ledger.reach()) {
            case Reach.Quiet quiet -> request(turn, waiting, 0);
            case Reach.Resting resting -> {
                if (!resting.notBefore().isAfter(turn.now)) {
                    request(turn, waiting, resting.failures());
                }
            }
            case Reach.Calling calling -> {}
            case Reach.Expected expected -> {}
        }
    }

    private static void request(Turn turn, List<OpenOrder> waiting, int failures) {
        Known known = turn.ledger.known();
        if (known.connectionRequestUrl().isEmpty()) {
            String why =
                    "the device has not said where it takes connection requests; the order waits for its next session";
            for (OpenOrder order : waiting) {
                if (order.task() instanceof Connect) {
                    note(turn, List.of(order), "", "", "no-address", why);
                    Orders.fail(
                            turn,
                            order,
                            null,
                            Faults.of(0, "the device has not said where it takes connection requests"));
                } else if (!order.trouble().equals(why)) {
                    note(turn, List.of(order), "", "", "no-address", why);
                    turn.ledger = turn.ledger.replacing(order.troubledBy(why));
                }
            }
            return;
        }
        DeviceKey key = turn.ledger.key();
        WakeUpId id = new WakeUpId(
                UUID.nameUUIDFromBytes((key + "/" + turn.now + "/" + failures).getBytes(StandardCharsets.UTF_8))
                        .toString());
        Instant deadline = turn.now.plus(turn.policy.wakeDeadline());
        turn.ledger = turn.ledger.with(new Reach.Calling(id, deadline.plus(GRACE), failures));
        turn.effect(new Effect.Wake(new DeliverConnectionRequest(
                id,
                known.connectionRequestUrl(),
                known.connectionRequestUsername().isEmpty()
                        ? turn.secrets.username(key)
                        : known.connectionRequestUsername(),
                turn.secrets.sealedConnectionRequestPassword(key),
                known.lastAddress(),
                deadline)));
        for (OpenOrder order : waiting) {
            turn.announce(new OrderWaking(order.id(), HTTP));
        }
    }

    /** Whether the device reboots on our order; it calls by itself when it is back. */
    private static boolean goneForAWhile(Turn turn) {
        return turn.ledger
                .order(order -> order.progress() instanceof Progress.Awaiting
                        && order.task() instanceof Perform perform
                        && Proof.takesTheDeviceAway(perform.action()))
                .isPresent();
    }

    private static List<OpenOrder> waiting(Turn turn) {
        return Agenda.of(turn).stream().filter(OpenOrder::wake).toList();
    }

    private static void note(Turn turn, String transport, String address, String outcome, String cause) {
        note(turn, waiting(turn), transport, address, outcome, cause);
    }

    private static void note(
            Turn turn, List<OpenOrder> orders, String transport, String address, String outcome, String cause) {
        for (OpenOrder order : orders) {
            turn.effect(new Effect.Note(order.id(), new Effect.Attempt(turn.now, transport, address, outcome, cause)));
        }
    }

    private static String address(Turn turn) {
        try {
            String authority =
                    URI.create(turn.ledger.known().connectionRequestUrl()).getRawAuthority();
            return authority == null ? "" : authority;
        } catch (IllegalArgumentException e) {
            // a device may say what it likes; the connector tells what is wrong with it
            return "";
        }
    }
}
