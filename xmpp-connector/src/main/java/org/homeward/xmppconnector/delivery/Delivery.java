package org.homeward.xmppconnector.delivery;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.homeward.contracts.wakeup.WakeUpResult;
import org.homeward.contracts.wakeup.WakeUpResult.ConnectionRequestDelivered;
import org.homeward.contracts.wakeup.WakeUpResult.ConnectionRequestRefused;
import org.homeward.contracts.wakeup.WakeUpResult.ConnectionRequestUnreachable;
import org.homeward.contracts.wakeup.XmppWakeUp.DeliverXmppConnectionRequest;
import org.homeward.xmppconnector.delivery.Outcome.Refused;
import org.homeward.xmppconnector.delivery.Outcome.Taken;
import org.homeward.xmppconnector.delivery.Outcome.Unreachable;
import org.homeward.xmppconnector.stream.Asking;
import org.homeward.xmppconnector.stream.XmlText;
import org.jxmpp.jid.BareJid;
import org.jxmpp.jid.DomainBareJid;
import org.jxmpp.jid.EntityFullJid;
import org.jxmpp.jid.Jid;
import org.jxmpp.jid.impl.JidCreate;
import org.jxmpp.stringprep.XmppStringprepException;

/** Asks devices to call. Never blocks, and holds nothing but the question while one thinks it over. */
public final class Delivery {

    /** Opens what another service sealed; empty when it was sealed with a key that we do not have. */
    @FunctionalInterface
    public interface Unsealer {
        Optional<String> open(String sealedText);
    }

    /** Where the server says that an account is signed in just now. */
    @FunctionalInterface
    public interface Whereabouts {
        Optional<EntityFullJid> of(BareJid account);
    }

    /**
     * How a request is sent.
     *
     * @param domains that a device may be signed in at
     * @param answerTimeout how long a device may take, if the request's deadline is not earlier
     */
    public record Rules(Set<DomainBareJid> domains, Duration answerTimeout) {
        public Rules {
            domains = Set.copyOf(domains);
        }
    }

    private static final int LONGEST_JID = 3_071;

    private final Asking stream;
    private final Whereabouts whereabouts;
    private final Unsealer unsealer;
    private final Rules rules;
    private final Clock clock;

    public Delivery(Asking stream, Whereabouts whereabouts, Unsealer unsealer, Rules rules, Clock clock) {
        this.stream = stream;
        this.whereabouts = whereabouts;
        this.unsealer = unsealer;
        this.rules = rules;
        this.clock = clock;
    }

    /** Asks now; the stage never fails, and ends at the deadline at the latest. */
    public CompletionStage<WakeUpResult> deliver(DeliverXmppConnectionRequest request) {
        Instant startedAt = clock.instant();
        long started = System.nanoTime();
        String address = request.jabberId()
                .substring(0, Math.min(LONGEST_JID, request.jabberId().length()));
        return ask(request, Duration.between(startedAt, request.deadline())).thenApply(outcome -> {
            long millis = (System.nanoTime() - started) / 1_000_000;
            return switch (outcome) {
                case Taken taken ->
                    new ConnectionRequestDelivered(request.request(), "xmpp", address, startedAt, millis);
                case Refused(int status, String cause) ->
                    new ConnectionRequestRefused(request.request(), "xmpp", address, startedAt, millis, status, cause);
                case Unreachable(String cause) ->
                    new ConnectionRequestUnreachable(request.request(), "xmpp", address, startedAt, millis, cause);
            };
        });
    }

    private CompletionStage<Outcome> ask(DeliverXmppConnectionRequest request, Duration left) {
        if (!left.isPositive()) {
            return failed("Not sent: the deadline had passed before its turn came, so nobody waits for it any more. If"
                    + " this happens often, the connector is behind: add an instance.");
        }
        Jid jid;
        try {
            jid = JidCreate.from(request.jabberId());
        } catch (XmppStringprepException | IllegalArgumentException e) {
            return failed("The device reports a ConnReqJabberID that is none. Its XMPP client is at fault, or"
                    + " XMPP.Connection is set wrongly.");
        }
        if (!XmlText.isLegal(request.jabberId())
                || !jid.isEntityJid()
                || !rules.domains().contains(jid.asDomainBareJid())) {
            return failed("Nothing is sent to this JID: it is not that of a device at "
                    + String.join(", ", rules.domains()) + ". If devices are signed in at another domain, list it in"
                    + " homeward.xmpp-connector.device-domains.");
        }
        Optional<? extends Jid> full = jid.hasResource() ? Optional.of(jid) : whereabouts.of(jid.asBareJid());
        if (full.isEmpty()) {
            return failed(
                    "The device has not told the JID that it is signed in with (ConnReqJabberID), and a request to"
                            + " its account alone ends at the XMPP server. Let it tell in its next session, once it has"
                            + " signed in.");
        }
        Optional<String> password = unsealer.open(request.sealedPassword());
        if (password.isEmpty()) {
            return failed("The device's connection request password cannot be opened: it was sealed with another key."
                    + " Give this connector the same field keys as the other services.");
        }
        if (password.get().isEmpty() || request.username().isEmpty()) {
            return failed("no credential: a connection request carries the device's ConnectionRequestUsername and"
                    + " ConnectionRequestPassword, and it has none. Set both in its next session.");
        }
        if (!XmlText.isLegal(password.get()) || !XmlText.isLegal(request.username())) {
            return failed(
                    "The device's ConnectionRequestUsername or ConnectionRequestPassword holds control characters,"
                            + " which XMPP cannot carry. Set others in its next session.");
        }
        return stream.ask(
                        new ConnectionRequestIq(full.get(), request.username(), password.get()),
                        left.compareTo(rules.answerTimeout()) < 0 ? left : rules.answerTimeout())
                .thenApply(Meaning::of);
    }

    private static CompletionStage<Outcome> failed(String cause) {
        return CompletableFuture.completedStage(new Unreachable(cause));
    }
}
