package org.homeward.xmppconnector.account;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.UnaryOperator;
import org.homeward.xmppconnector.account.Opening.Opened;
import org.homeward.xmppconnector.account.Opening.Refused;
import org.homeward.xmppconnector.account.Opening.Stumbled;
import org.homeward.xmppconnector.account.Opening.Unavailable;
import org.homeward.xmppconnector.stream.Asking;
import org.homeward.xmppconnector.stream.Reply;
import org.homeward.xmppconnector.stream.XmlText;
import org.jxmpp.jid.DomainBareJid;
import org.jxmpp.jid.EntityBareJid;
import org.jxmpp.jid.impl.JidCreate;
import org.jxmpp.jid.parts.Localpart;
import org.jxmpp.stringprep.XmppStringprepException;

/**
 * Opens accounts by service administration (XEP-0133 4.1 and 4.7), one step after the other; for a virtual thread.
 *
 * <p>An account that is there already gets its password only if it has another: a server signs out whoever's password
 * is set, were it the same again. Whether it has, is found out by signing in with it.
 */
public final class Accounts {

    private static final String ADMIN = "http://jabber.org/protocol/admin#";
    private static final String ADD_USER = ADMIN + "add-user";
    private static final String CHANGE_PASSWORD = ADMIN + "change-user-password";

    /** Signs in and out again; for passwords. */
    @FunctionalInterface
    public interface SignIn {
        /** @throws IOException when the server cannot be asked */
        boolean admits(String localpart, String password) throws IOException, InterruptedException;
    }

    private final Asking stream;
    private final SignIn signIn;
    private final DomainBareJid domain;
    private final UnaryOperator<String> fingerprint;
    private final Duration patience;
    private final KnownAccounts known = new KnownAccounts();

    /**
     * @param fingerprint by which a password is recognised again, and from which it cannot be learnt
     * @param patience for each step
     */
    public Accounts(
            Asking stream, SignIn signIn, DomainBareJid domain, UnaryOperator<String> fingerprint, Duration patience) {
        this.stream = stream;
        this.signIn = signIn;
        this.domain = domain;
        this.fingerprint = fingerprint;
        this.patience = patience;
    }

    /** See to it that the account is there and has this password. Blocks. */
    public Opening open(String localpart, String password) throws InterruptedException {
        EntityBareJid account;
        try {
            account = JidCreate.entityBareFrom(Localpart.from(localpart), domain);
        } catch (XmppStringprepException | IllegalArgumentException e) {
            return new Refused("this is no localpart of a JID: " + e.getMessage());
        }
        if (!XmlText.isLegal(localpart) || !XmlText.isLegal(password)) {
            return new Refused("its localpart or password holds control characters, which XMPP cannot carry");
        }
        if (password.isEmpty()) {
            return new Refused("an account without a password is one for everybody");
        }
        String print = fingerprint.apply(password);
        if (known.has(localpart, print)) {
            return new Opened();
        }
        Opening opening = make(account, password);
        if (opening instanceof Opened) {
            known.add(localpart, print);
        }
        return opening;
    }

    private Opening make(EntityBareJid account, String password) throws InterruptedException {
        return switch (run(ADD_USER, fields(account, password, true))) {
            case Step.Done done -> new Opened();
            case Step.Failed failed -> failed.why();
            case Step.No no -> renew(account, password, no.said());
        };
    }

    /** It is there, or cannot be made; servers say which in words of their own. */
    private Opening renew(EntityBareJid account, String password, String said) throws InterruptedException {
        try {
            if (signIn.admits(account.getLocalpart().toString(), password)) {
                return new Opened();
            }
        } catch (IOException e) {
            return new Unavailable("cannot find out whether the account has this password: " + e.getMessage());
        }
        return switch (run(CHANGE_PASSWORD, fields(account, password, false))) {
            case Step.Done done -> new Opened();
            case Step.Failed failed -> failed.why();
            case Step.No no ->
                new Refused("the XMPP server neither adds the account (" + said + ") nor sets its password ("
                        + no.said() + ")");
        };
    }

    private static Map<String, String> fields(EntityBareJid account, String password, boolean twice) {
        return twice
                ? Map.of(
                        "FORM_TYPE",
                        "http://jabber.org/protocol/admin",
                        "accountjid",
                        account.toString(),
                        "password",
                        password,
                        "password-verify",
                        password)
                : Map.of(
                        "FORM_TYPE",
                        "http://jabber.org/protocol/admin",
                        "accountjid",
                        account.toString(),
                        "password",
                        password);
    }

    /** How a command went. */
    private sealed interface Step {
        record Done() implements Step {}

        record No(String said) implements Step {}

        record Failed(Opening why) implements Step {}
    }

    private Step run(String node, Map<String, String> fields) throws InterruptedException {
        return switch (ask(CommandIq.begin(domain, node))) {
            case Reply.Result(String payload) -> {
                CommandAnswer begun = CommandAnswer.read(payload).orElse(new CommandAnswer("", false, List.of()));
                yield begun.session().isEmpty()
                        ? new Step.Failed(new Unavailable("the XMPP server's answer to " + node + " is not understood"))
                        : submit(node, begun.session(), fields);
            }
            // nothing was said about the account yet, so this is about us
            case Reply.Refusal refusal -> new Step.Failed(notSetUp(node, refusal));
            case Reply.Silence silence -> new Step.Failed(new Unavailable("the XMPP server does not answer " + node));
            case Reply.StreamLost(String why) -> new Step.Failed(new Unavailable(why));
            case Reply.NotSent(String why) -> new Step.Failed(new Unavailable(why));
        };
    }

    private Step submit(String node, String session, Map<String, String> fields) throws InterruptedException {
        return switch (ask(CommandIq.submit(domain, node, session, fields))) {
            case Reply.Result(String payload) ->
                CommandAnswer.read(payload)
                        .<Step>map(answer -> answer.errors().isEmpty()
                                ? new Step.Done()
                                : new Step.No(String.join(", ", answer.errors())))
                        .orElseGet(() -> new Step.No("an answer that is not understood"));
            case Reply.Refusal(String condition, String text) ->
                condition.equals("internal-server-error") || condition.equals("resource-constraint")
                        ? new Step.Failed(new Stumbled("the XMPP server stumbled: " + condition + ' ' + text))
                        : new Step.No(text.isEmpty() ? condition : condition + ": " + text);
            case Reply.Silence silence ->
                new Step.Failed(new Stumbled("the XMPP server does not answer " + node + " for this account"));
            case Reply.StreamLost(String why) -> new Step.Failed(new Unavailable(why));
            case Reply.NotSent(String why) -> new Step.Failed(new Unavailable(why));
        };
    }

    private static Unavailable notSetUp(String node, Reply.Refusal refusal) {
        return new Unavailable("the XMPP server does not let the connector open accounts (" + node + ": "
                + refusal.condition() + (refusal.text().isEmpty() ? "" : ", " + refusal.text())
                + "). Make the connector's account an administrator there, and load service administration"
                + " (Prosody: mod_admin_adhoc; ejabberd: mod_adhoc and mod_configure).");
    }

    private Reply ask(CommandIq command) throws InterruptedException {
        try {
            return stream.ask(command, patience).toCompletableFuture().get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("a question never fails", e);
        }
    }
}
