package org.homeward.xmppconnector.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.homeward.xmppconnector.account.Opening.Opened;
import org.homeward.xmppconnector.account.Opening.Refused;
import org.homeward.xmppconnector.account.Opening.Stumbled;
import org.homeward.xmppconnector.account.Opening.Unavailable;
import org.homeward.xmppconnector.stream.Reply;
import org.homeward.xmppconnector.stream.Reply.NotSent;
import org.homeward.xmppconnector.stream.Reply.Refusal;
import org.homeward.xmppconnector.stream.Reply.Result;
import org.homeward.xmppconnector.stream.Reply.Silence;
import org.junit.jupiter.api.Test;
import org.jxmpp.jid.impl.JidCreate;

/** Service administration step by step, with a server that says what the test tells it to. */
class AccountsTest {

    private static final Reply FORM =
            new Result("<command xmlns='http://jabber.org/protocol/commands' status='executing'"
                    + " sessionid='s-1' node='n'><x xmlns='jabber:x:data' type='form'/></command>");
    private static final Reply DONE = new Result("<command xmlns='http://jabber.org/protocol/commands'"
            + " status='completed' sessionid='s-1'><note type='info'>Account successfully created</note></command>");
    private static final Reply NO = new Result("<command xmlns='http://jabber.org/protocol/commands'"
            + " status='completed' sessionid='s-1'><note type='error'>Account already\nexists</note></command>");

    private final List<String> asked = new ArrayList<>();
    private final Deque<Reply> replies = new ArrayDeque<>();
    private boolean admits;
    private boolean away;

    private final Accounts accounts = new Accounts(
            (question, within) -> {
                asked.add(question.toXML().toString());
                return CompletableFuture.completedStage(replies.remove());
            },
            (localpart, password) -> {
                if (away) {
                    throw new IOException("away");
                }
                return admits;
            },
            JidCreate.domainBareFromOrThrowUnchecked("xmpp.test"),
            password -> "print of " + password,
            Duration.ofSeconds(1));

    private Opening open(Reply... said) throws InterruptedException {
        replies.addAll(List.of(said));
        return accounts.open("cpe-1", "s3cret");
    }

    @Test
    void addsAnAccount() throws Exception {
        Opening opening = open(FORM, DONE);

        assertThat(opening).isInstanceOf(Opened.class);
        assertThat(asked.getFirst())
                .contains("node='http://jabber.org/protocol/admin#add-user'", "action='execute'", "to='xmpp.test'");
        assertThat(asked.getLast())
                .contains(
                        "sessionid='s-1'",
                        "type='submit'",
                        "<field var='accountjid'><value>cpe-1@xmpp.test</value></field>",
                        "<field var='password-verify'><value>s3cret</value></field>");
    }

    @Test
    void costsTheServerNothingTheSecondTime() throws Exception {
        open(FORM, DONE);

        Opening opening = open();

        assertThat(opening).isInstanceOf(Opened.class);
        assertThat(asked).hasSize(2);
    }

    @Test
    void asksAgainForAnotherPassword() throws Exception {
        open(FORM, DONE);
        replies.addAll(List.of(FORM, NO, FORM, DONE));

        Opening opening = accounts.open("cpe-1", "another");

        assertThat(opening).isInstanceOf(Opened.class);
        assertThat(asked.getLast())
                .contains("admin#change-user-password", "<field var='password'><value>another</value></field>");
    }

    @Test
    void leavesAnAccountAloneThatHasThePassword() throws Exception {
        admits = true;

        Opening opening = open(FORM, NO);

        assertThat(opening).isInstanceOf(Opened.class);
        assertThat(asked).hasSize(2);
    }

    @Test
    void takesAnErrorForAnAccountThatIsThereAsEjabberdHasIt() throws Exception {
        Opening opening = open(FORM, new Refusal("conflict", ""), FORM, DONE);

        assertThat(opening).isInstanceOf(Opened.class);
    }

    @Test
    void givesUpWhatTheServerNeitherAddsNorChanges() throws Exception {
        Opening opening = open(FORM, NO, FORM, NO);

        assertThat(opening)
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.cause()).contains("Account already exists"));
    }

    @Test
    void triesAgainLaterWhereTheConnectorIsNoAdministrator() throws Exception {
        Opening opening = open(new Refusal("forbidden", ""));

        assertThat(opening)
                .isInstanceOfSatisfying(
                        Unavailable.class,
                        unavailable -> assertThat(unavailable.cause()).contains("administrator", "mod_admin_adhoc"));
    }

    @Test
    void triesAgainLaterWithoutAStream() throws Exception {
        assertThat(open(new NotSent("no stream"))).isInstanceOf(Unavailable.class);
        away = true;
        assertThat(open(FORM, NO)).isInstanceOf(Unavailable.class);
    }

    @Test
    void tellsApartWhatTheServerStumblesOver() throws Exception {
        assertThat(open(FORM, new Silence(Duration.ofSeconds(1)))).isInstanceOf(Stumbled.class);
        assertThat(open(FORM, new Refusal("internal-server-error", ""))).isInstanceOf(Stumbled.class);
    }

    @Test
    void refusesWhatIsNoLocalpart() throws Exception {
        assertThat(accounts.open("a@b/c", "s3cret")).isInstanceOf(Refused.class);
        assertThat(accounts.open("", "s3cret")).isInstanceOf(Refused.class);
        assertThat(accounts.open("cpe-1", "")).isInstanceOf(Refused.class);
        assertThat(asked).isEmpty();
    }
}
