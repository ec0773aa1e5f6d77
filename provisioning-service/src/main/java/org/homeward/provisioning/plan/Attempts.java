package org.homeward.provisioning.plan;

import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.homeward.contracts.order.OrderFault;
import org.homeward.provisioning.plan.Reach.Failure;
import org.homeward.provisioning.plan.Reach.Try;

/**
 * The evidence of efforts to make a device call: with the orders that wait, for people; with the device and its network,
 * for the next choice of a way.
 */
final class Attempts {

    /** Connectors say in the first sentence what happened, and in those that follow what to do next. */
    private static final Pattern AFTER_FIRST_SENTENCE = Pattern.compile("(?<=\\.)\\s+(?=\\p{Lu})");

    private static final String UNREPORTED = "no connector reported on the connection request in time";

    private Attempts() {}

    /** It brought the session that begins now. */
    static void worked(Turn turn, Try led) {
        Known known = turn.ledger.known();
        String address = Choice.by(led.transport(), known, turn.experience)
                .map(Way::address)
                .orElse(led.address());
        learn(turn, known.contacts().worked(led.transport(), address, turn.now));
        turn.effect(new Effect.Learned(turn.ledger.known().lastAddress(), led.transport(), true));
        note(turn, led, Duration.between(led.at(), turn.now).toMillis(), "connected", "");
    }

    /** It was delivered, or came to nothing. */
    static void ended(Turn turn, Try each, long millis) {
        Failure failure = each.failure();
        if (failure == null) {
            note(turn, each, millis, "delivered", "");
            return;
        }
        learn(turn, turn.ledger.known().contacts().failed(each.transport(), turn.now, first(failure.cause())));
        // a wrong password says nothing about the way, nor does a connector that is not there
        if (!failure.outcome().equals("refused") && !failure.cause().startsWith(UNREPORTED)) {
            turn.effect(new Effect.Learned(turn.ledger.known().lastAddress(), each.transport(), false));
        }
        note(turn, each, millis, failure.outcome(), failure.cause());
    }

    private static void learn(Turn turn, Contacts contacts) {
        turn.ledger = turn.ledger.with(turn.ledger.known().with(contacts));
    }

    static Failure unreported(Try each) {
        return new Failure(
                "unreachable",
                0,
                UNREPORTED + ". See to it that the " + each.transport() + "-connector runs and reads its requests.");
    }

    static Failure silent(Turn turn, Try each) {
        long seconds = turn.policy.sessionWithin().toSeconds();
        return switch (each.transport()) {
            case HTTP, XMPP ->
                new Failure(
                        "silent",
                        0,
                        "accepted but no session within " + seconds + " s. Check that the ACS URL that the device"
                                + " holds leads here and that it resolves its name; if it does, reboot the device.");
            case STUN ->
                new Failure(
                        "silent",
                        0,
                        "sent but no session within " + seconds + " s. Nobody confirms a datagram: the NAT has closed"
                                + " the binding (make STUNMaximumKeepAlivePeriod shorter), the device holds another"
                                + " connection request password (its next session sets it), or it is off.");
        };
    }

    /** There is no way at all. */
    static void noWay(Turn turn, OpenOrder order, String why) {
        turn.effect(new Effect.Note(
                order.id(),
                new Effect.Attempt(
                        turn.now,
                        "",
                        "",
                        0,
                        "no-address",
                        why,
                        "Wait for its next Inform, which brings the address; behind NAT, set up STUN or XMPP.")));
    }

    /** The end of an effort, as the orders tell it that it was for. */
    static OrderFault fault(List<Try> tries) {
        int code = tries.stream()
                .map(Try::failure)
                .mapToInt(failure -> failure == null ? 0 : failure.code())
                .filter(each -> each != 0)
                .findFirst()
                .orElse(0);
        return Faults.of(code, tries.size() == 1 ? failure(tries.getFirst()).cause() : each(tries));
    }

    /** The same in one line. */
    static String trouble(List<Try> tries) {
        return tries.size() == 1
                ? failure(tries.getFirst()).outcome() + ": "
                        + failure(tries.getFirst()).cause()
                : each(tries);
    }

    private static String each(List<Try> tries) {
        return tries.stream()
                .map(each -> each.transport() + " " + failure(each).outcome() + ": "
                        + first(failure(each).cause()))
                .collect(Collectors.joining("; "));
    }

    /** Of a try of an effort that is over. */
    private static Failure failure(Try each) {
        Failure failure = each.failure();
        return failure == null ? unreported(each) : failure;
    }

    private static String first(String cause) {
        String sentence = AFTER_FIRST_SENTENCE.split(cause, 2)[0];
        return sentence.endsWith(".") ? sentence.substring(0, sentence.length() - 1) : sentence;
    }

    private static String rest(String cause) {
        String[] parts = AFTER_FIRST_SENTENCE.split(cause, 2);
        return parts.length > 1 ? parts[1] : "";
    }

    private static void note(Turn turn, Try each, long millis, String outcome, String cause) {
        for (OpenOrder order : WakeUps.waiting(turn)) {
            turn.effect(new Effect.Note(
                    order.id(),
                    new Effect.Attempt(
                            each.at(),
                            each.transport().toString(),
                            each.address(),
                            millis,
                            outcome,
                            first(cause),
                            rest(cause))));
        }
    }
}
