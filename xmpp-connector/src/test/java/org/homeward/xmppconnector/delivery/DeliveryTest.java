package org.homeward.xmppconnector.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.homeward.contracts.WakeUpId;
import org.homeward.contracts.wakeup.WakeUpResult;
import org.homeward.contracts.wakeup.WakeUpResult.ConnectionRequestDelivered;
import org.homeward.contracts.wakeup.WakeUpResult.ConnectionRequestRefused;
import org.homeward.contracts.wakeup.WakeUpResult.ConnectionRequestUnreachable;
import org.homeward.contracts.wakeup.XmppWakeUp.DeliverXmppConnectionRequest;
import org.homeward.xmppconnector.stream.Reply;
import org.homeward.xmppconnector.stream.Reply.NotSent;
import org.homeward.xmppconnector.stream.Reply.Refusal;
import org.homeward.xmppconnector.stream.Reply.Result;
import org.homeward.xmppconnector.stream.Reply.Silence;
import org.homeward.xmppconnector.stream.Reply.StreamLost;
import org.jivesoftware.smack.packet.IQ;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.jxmpp.jid.impl.JidCreate;

class DeliveryTest {

    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    private static final String JID = "cpe-1@xmpp.test/cwmp";

    private final List<IQ> asked = new ArrayList<>();
    private final List<Duration> patience = new ArrayList<>();
    private Reply reply = new Result("");

    private WakeUpResult deliver(String jabberId, String username, String password, Duration left) {
        Delivery delivery = new Delivery(
                (question, within) -> {
                    asked.add(question);
                    patience.add(within);
                    return CompletableFuture.completedStage(reply);
                },
                account -> Optional.empty(),
                locked -> locked.equals("foreign") ? Optional.empty() : Optional.of(locked),
                new Delivery.Rules(
                        Set.of(JidCreate.domainBareFromOrThrowUnchecked("xmpp.test")), Duration.ofSeconds(10)),
                Clock.fixed(NOW, ZoneOffset.UTC));
        return delivery.deliver(new DeliverXmppConnectionRequest(
                        WakeUpId.random(), jabberId, username, password, NOW.plus(left)))
                .toCompletableFuture()
                .join();
    }

    private WakeUpResult deliver() {
        return deliver(JID, "acs", "s3cret", Duration.ofSeconds(30));
    }

    @Test
    void asksAsTheSchemaHasIt() {
        deliver(JID, "a<b", "s&c", Duration.ofSeconds(30));

        assertThat(asked).hasSize(1);
        assertThat(asked.getFirst().toXML().toString())
                .contains("type='get'")
                .contains("to='" + JID + "'")
                .contains("<connectionRequest xmlns='urn:broadband-forum-org:cwmp:xmppConnReq-1-0'>"
                        + "<username>a&lt;b</username><password>s&amp;c</password></connectionRequest>");
    }

    @Test
    void waitsUntilTheDeadlineWhereThatIsEarlier() {
        deliver(JID, "acs", "s3cret", Duration.ofSeconds(30));
        deliver(JID, "acs", "s3cret", Duration.ofSeconds(3));

        assertThat(patience).containsExactly(Duration.ofSeconds(10), Duration.ofSeconds(3));
    }

    @Test
    void takesAResultForAYes() {
        assertThat(deliver()).isInstanceOf(ConnectionRequestDelivered.class);
    }

    @ParameterizedTest
    @CsvSource({
        "not-authorized, 401, wrong credential",
        "forbidden, 403, ConnReqAllowedJabberIDs",
        "feature-not-implemented, 501, in another way",
        "resource-constraint, 503, too many requests",
        "undefined-condition, 500, undefined-condition"
    })
    void saysWhyADeviceRefuses(String condition, int status, String said) {
        reply = new Refusal(condition, "");

        assertThat(deliver()).isInstanceOfSatisfying(ConnectionRequestRefused.class, refused -> {
            assertThat(refused.status()).isEqualTo(status);
            assertThat(refused.cause()).contains(said);
        });
    }

    @Test
    void saysWhyADeviceIsOutOfReach() {
        for (var each : Map.of(
                        new Refusal("service-unavailable", ""), "not signed in",
                        new Refusal("remote-server-not-found", ""), "cannot be reached from ours",
                        new Silence(Duration.ofSeconds(10)), "no answer within 10 s",
                        new StreamLost("it broke"), "it broke",
                        new NotSent("no stream"), "no stream")
                .entrySet()) {
            reply = each.getKey();

            assertThat(deliver())
                    .isInstanceOfSatisfying(
                            ConnectionRequestUnreachable.class,
                            unreachable -> assertThat(unreachable.cause()).contains(each.getValue()));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "@",
                "cpe@elsewhere.test/x",
                "xmpp.test",
                "xmpp.test/x",
                "cpe@xmpp.test.elsewhere.test/x",
                "cpe@xmpp.test@elsewhere.test/x",
                "cpe' from='x@xmpp.test/x",
                "cpe@xmpp.test",
                "a\u0000b@xmpp.test/x"
            })
    void asksNobodyWhoIsNoDeviceOfOurs(String jabberId) {
        WakeUpResult result = deliver(jabberId, "acs", "s3cret", Duration.ofSeconds(30));

        assertThat(result).isInstanceOf(ConnectionRequestUnreachable.class);
        assertThat(asked).isEmpty();
    }

    @Test
    void asksNobodyAfterTheDeadline() {
        WakeUpResult result = deliver(JID, "acs", "s3cret", Duration.ofSeconds(-1));

        assertThat(result).isInstanceOf(ConnectionRequestUnreachable.class);
        assertThat(asked).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"acs, foreign", "acs, ''", "'', s3cret", "a\u0001cs, s3cret", "acs, s3\u0000cret"})
    void asksNobodyWithoutACredential(String username, String password) {
        WakeUpResult result = deliver(JID, username, password, Duration.ofSeconds(30));

        assertThat(result).isInstanceOf(ConnectionRequestUnreachable.class);
        assertThat(asked).isEmpty();
    }
}
