package org.homeward.provisioning.plan;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.homeward.contracts.order.OrderEvent.OrderRetrying;
import org.homeward.contracts.order.OrderEvent.OrderWaking;
import org.homeward.contracts.order.OrderFault;
import org.homeward.contracts.order.OrderTask.Connect;
import org.homeward.contracts.order.OrderTask.Perform;
import org.homeward.contracts.wakeup.WakeUpResult;
import org.homeward.contracts.wakeup.WakeUpResult.ConnectionRequestDelivered;
import org.homeward.contracts.wakeup.WakeUpResult.ConnectionRequestRefused;
import org.homeward.contracts.wakeup.WakeUpResult.ConnectionRequestUnreachable;
import org.homeward.provisioning.plan.Reach.Calling;
import org.homeward.provisioning.plan.Reach.Failure;
import org.homeward.provisioning.plan.Reach.Try;

/**
 * Makes a device call when orders wait for it: one effort at a time for all of them, with back-off. An effort takes the
 * ways to the device one after the other, each a moment after the one before, or at once when that came to nothing, until
 * the device calls. {@link Attempts} keeps the evidence.
 */
final class WakeUps {

    /** However long it rests, whoever asks anew is not made to wait longer than this after the last effort. */
    private static final Duration SHORTEST_REST = Duration.ofSeconds(5);

    /** After so many efforts for nobody in particular it is left to the device to call. */
    private static final int MOST_ANYWAY = 5;

    private static final String NO_WAY = "the device has not said where it takes connection requests";

    private WakeUps() {}

    /**
     * The device is there: whatever was done to make it call is over.
     *
     * @param asAsked whether it says that it calls because of a connection request
     */
    static void answered(Turn turn, boolean asAsked) {
        Map<String, Object> how = Map.of("outcome", "connected");
        if (turn.ledger.reach() instanceof Calling calling) {
            Optional<Try> led = asAsked ? calling.likeliest() : Optional.empty();
            if (led.isPresent()) {
                Attempts.worked(turn, led.get());
                how = Map.of(
                        "outcome",
                        "connected",
                        "transport",
                        led.get().transport().toString(),
                        "address",
                        led.get().address());
            }
            Requests.stop(turn, calling);
        }
        if (!(turn.ledger.reach() instanceof Reach.Quiet)) {
            turn.ledger = turn.ledger.with(new Reach.Quiet());
        }
        OpenSession session = turn.ledger.session();
        for (OpenOrder order : turn.ledger.orders()) {
            if (order.task() instanceof Connect && session != null) {
                Orders.succeed(turn, order, session.id(), how);
            }
        }
    }

    /** Somebody asks anew. */
    static void wanted(Turn turn, OpenOrder order) {
        switch (turn.ledger.reach()) {
            case Reach.Resting resting ->
                restUntil(
                        turn,
                        resting,
                        order.task() instanceof Connect
                                ? turn.now
                                : resting.since().plus(SHORTEST_REST));
            case Calling calling ->
                turn.announce(new OrderWaking(
                        order.id(), calling.tries().getLast().transport().toString()));
            case Reach.Quiet quiet -> {}
        }
    }

    /** There is a way that was not there before. */
    static void opened(Turn turn, Transport transport) {
        switch (turn.ledger.reach()) {
            case Reach.Resting resting ->
                restUntil(turn, resting, resting.since().plus(SHORTEST_REST));
            case Calling calling -> {
                if (!calling.tried(transport)) {
                    List<Transport> left = new ArrayList<>(calling.left());
                    left.add(transport);
                    turn.ledger = turn.ledger.with(calling.withLeft(left));
                }
            }
            case Reach.Quiet quiet -> {}
        }
    }

    private static void restUntil(Turn turn, Reach.Resting resting, Instant earliest) {
        if (earliest.isBefore(resting.notBefore())) {
            turn.ledger = turn.ledger.with(
                    new Reach.Resting(resting.since(), earliest, resting.failures(), resting.anyway()));
        }
    }

    /** A session broke off; the device is not called again at once, lest that be a loop. */
    static void restAfter(Turn turn, int attempts) {
        rest(turn, turn.now.plus(turn.policy.wakeAfter(attempts)), attempts, false);
    }

    /** Something is to be done with the device that nobody ordered: it is called as well, when its turn comes. */
    static void callAnyway(Turn turn, int attempts) {
        callAnyway(turn, attempts == 0 ? turn.now : turn.now.plus(turn.policy.wakeAfter(attempts)), attempts);
    }

    /** Likewise, but an order that waits for the device need not wait until then. */
    static void callAnyway(Turn turn, Instant earliest, int attempts) {
        Instant at = turn.pace.next(earliest);
        if (turn.ledger.reach() instanceof Reach.Resting resting
                && resting.notBefore().isBefore(at)
                && !turn.ledger.orders().isEmpty()) {
            at = resting.notBefore();
        }
        rest(turn, at, attempts, true);
    }

    private static void rest(Turn turn, Instant notBefore, int failures, boolean anyway) {
        turn.ledger = turn.ledger.with(new Reach.Resting(turn.now, notBefore, failures, anyway));
    }

    /** What a connector says. Of a request that nobody waits for any more it changes nothing. */
    static void ended(Turn turn, WakeUpResult result) {
        if (!(turn.ledger.reach() instanceof Calling calling)) {
            return;
        }
        calling.underWay(result.request()).ifPresent(each -> {
            Try after = switch (result) {
                case ConnectionRequestDelivered delivered -> each.acceptedAt(delivered.address(), turn.now);
                case ConnectionRequestRefused refused ->
                    each.failed(refused.address(), new Failure("refused", refused.status(), refused.cause()));
                case ConnectionRequestUnreachable unreachable ->
                    each.failed(unreachable.address(), new Failure("unreachable", 0, unreachable.cause()));
            };
            turn.ledger = turn.ledger.with(calling.with(after));
            Attempts.ended(turn, after, result.millis());
        });
    }

    /** Lets connectors be late that are, and the effort end that nothing is to be expected of. */
    static void letLateEnd(Turn turn) {
        if (turn.ledger.session() != null || !(turn.ledger.reach() instanceof Calling)) {
            return;
        }
        Calling calling = (Calling) turn.ledger.reach();
        if (!calling.silentAt().isAfter(turn.now)) {
            for (Try each : calling.tries()) {
                if (each.isUnderWay()) {
                    Try late = each.failed(each.address(), Attempts.unreported(each));
                    calling = calling.with(late);
                    Attempts.ended(
                            turn, late, Duration.between(each.at(), turn.now).toMillis());
                }
            }
        }
        if (!calling.deadline().isAfter(turn.now) && !calling.left().isEmpty()) {
            calling = calling.withLeft(List.of());
        }
        if (calling != turn.ledger.reach()) {
            turn.ledger = turn.ledger.with(calling);
        }
        if (calling.left().isEmpty() && !calling.until(turn.policy).isAfter(turn.now)) {
            giveUp(turn, calling);
        }
    }

    private static void giveUp(Turn turn, Calling effort) {
        Calling calling = effort;
        for (Try each : effort.tries()) {
            if (each.accepted() != null) {
                Try silent = each.failed(each.address(), Attempts.silent(turn, each));
                calling = calling.with(silent);
                Attempts.ended(
                        turn, silent, Duration.between(each.at(), turn.now).toMillis());
            }
        }
        int failures = calling.failures() + 1;
        Instant notBefore = turn.now.plus(turn.policy.wakeAfter(failures));
        rest(turn, notBefore, failures, calling.anyway() && failures < MOST_ANYWAY);
        OrderFault fault = Attempts.fault(calling.tries());
        String trouble = Attempts.trouble(calling.tries());
        for (OpenOrder order : waiting(turn)) {
            if (order.task() instanceof Connect) {
                Orders.fail(turn, order, null, fault);
            } else {
                turn.announce(new OrderRetrying(order.id(), fault, failures, notBefore));
                turn.ledger = turn.ledger.replacing(order.troubledBy(trouble));
            }
        }
    }

    /** Calls the device if somebody waits for it, it is not in a session, and nothing speaks against it. */
    static void call(Turn turn) {
        boolean anyway = turn.ledger.reach().anyway();
        if (turn.ledger.orders().isEmpty() && !anyway || turn.ledger.session() != null || goneForAWhile(turn)) {
            return;
        }
        List<OpenOrder> waiting = waiting(turn);
        if (waiting.isEmpty() && !anyway) {
            return;
        }
        switch (turn.ledger.reach()) {
            case Reach.Quiet quiet -> begin(turn, waiting, 0, false);
            case Reach.Resting resting -> {
                if (!resting.notBefore().isAfter(turn.now)) {
                    begin(turn, waiting, resting.failures(), resting.anyway());
                }
            }
            case Calling calling -> {
                if (!calling.left().isEmpty() && !calling.nextAt(turn.policy).isAfter(turn.now)) {
                    goOn(turn, waiting, calling);
                }
            }
        }
    }

    private static void begin(Turn turn, List<OpenOrder> waiting, int failures, boolean anyway) {
        List<Way> ways = Choice.of(turn.ledger.known(), turn.experience, turn.now);
        if (ways.isEmpty()) {
            noWay(turn, waiting);
            if (anyway) {
                turn.ledger = turn.ledger.with(new Reach.Quiet());
            }
            return;
        }
        Instant deadline = turn.now.plus(turn.policy.wakeDeadline());
        List<Transport> after = ways.stream().skip(1).map(Way::transport).toList();
        Try first = Requests.send(turn, ways.getFirst(), deadline, failures);
        turn.ledger = turn.ledger.with(new Calling(List.of(first), after, deadline, failures, anyway));
        announce(turn, waiting, first);
    }

    /** Takes the next way that is still there. */
    private static void goOn(Turn turn, List<OpenOrder> waiting, Calling calling) {
        List<Transport> left = calling.left();
        while (!left.isEmpty()) {
            Optional<Way> way = Choice.by(left.getFirst(), turn.ledger.known(), turn.experience);
            left = left.subList(1, left.size());
            if (way.isPresent()) {
                Try next = Requests.send(turn, way.get(), calling.deadline(), calling.failures());
                turn.ledger = turn.ledger.with(calling.trying(next, left));
                announce(turn, waiting, next);
                return;
            }
        }
        turn.ledger = turn.ledger.with(calling.withLeft(left));
        letLateEnd(turn);
    }

    private static void announce(Turn turn, List<OpenOrder> waiting, Try next) {
        for (OpenOrder order : waiting) {
            turn.announce(new OrderWaking(order.id(), next.transport().toString()));
        }
    }

    private static void noWay(Turn turn, List<OpenOrder> waiting) {
        String why = NO_WAY + "; the order waits for its next session";
        for (OpenOrder order : waiting) {
            if (order.task() instanceof Connect) {
                Attempts.noWay(turn, order, NO_WAY);
                Orders.fail(turn, order, null, Faults.of(0, NO_WAY));
            } else if (!order.trouble().equals(why)) {
                Attempts.noWay(turn, order, why);
                turn.ledger = turn.ledger.replacing(order.troubledBy(why));
            }
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

    static List<OpenOrder> waiting(Turn turn) {
        return Agenda.of(turn).stream().filter(OpenOrder::wake).toList();
    }
}
