package org.homeward.xmppconnector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.homeward.backends.kafka.EmbeddedKafka;
import org.homeward.contracts.DeviceKey;
import org.homeward.contracts.WakeUpId;
import org.homeward.contracts.wakeup.WakeUpResult;
import org.homeward.contracts.wakeup.WakeUpResult.ConnectionRequestDelivered;
import org.homeward.contracts.wakeup.WakeUpResult.ConnectionRequestRefused;
import org.homeward.contracts.wakeup.WakeUpResult.ConnectionRequestUnreachable;
import org.homeward.contracts.wakeup.XmppPresence;
import org.homeward.contracts.wakeup.XmppWakeUp.OpenXmppAccount;
import org.homeward.simulator.xmpp.Stanza;
import org.homeward.xmppconnector.server.Certificates;
import org.homeward.xmppconnector.server.FakeFleet;
import org.homeward.xmppconnector.server.Prosody;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** From the request on Kafka to its result, through a Prosody that is set up as operators are told to. */
@Timeout(300)
class ConnectorTest {

    private static final String SECRET = "s3cret";

    private static EmbeddedKafka kafka;
    private static Prosody server;
    private static Desk desk;
    private static int number;

    private final List<AutoCloseable> opened = new ArrayList<>();
    private final DeviceKey device = Desk.device(++number);
    private final String localpart = RunningConnector.SECRETS.xmppLocalpart(device);

    @BeforeAll
    static void start() throws Exception {
        server = Prosody.started();
        kafka = EmbeddedKafka.temporary().start();
        desk = new Desk(kafka.bootstrapServers());
    }

    @AfterAll
    static void stop() throws Exception {
        if (server != null) {
            desk.close();
            kafka.close();
            server.close();
        }
    }

    @BeforeEach
    void account() throws Exception {
        server.account(localpart, "account's");
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable each : opened.reversed()) {
            each.close();
        }
    }

    private RunningConnector connector(String id, Map<String, String> more) {
        RunningConnector connector = new RunningConnector(kafka.bootstrapServers(), server, id, more);
        opened.add(connector);
        return connector;
    }

    private RunningConnector connector() {
        RunningConnector connector = connector("one", Map.of()).signedIn();
        // from here on it reads what is asked, so that short deadlines are met
        desk.wake(Desk.device(0), "nobody@elsewhere.test/x", SECRET);
        return connector;
    }

    private TestDevice signedIn(String password, String allowed) throws Exception {
        TestDevice cpe = new TestDevice(server, localpart, "account's", password, allowed);
        opened.add(cpe);
        cpe.jabberId();
        return cpe;
    }

    private FakeFleet fleet() throws Exception {
        FakeFleet fleet = FakeFleet.at(server);
        opened.add(fleet);
        return fleet;
    }

    private static void assertUnreachable(WakeUpResult result, String... said) {
        assertThat(result)
                .isInstanceOfSatisfying(
                        ConnectionRequestUnreachable.class,
                        unreachable -> assertThat(unreachable.cause()).contains(said));
    }

    @Test
    void tellsThatADeviceTookTheRequest() throws Exception {
        connector();
        TestDevice cpe = signedIn(SECRET, Prosody.CONNECTOR + '@' + Prosody.DOMAIN);

        WakeUpResult result = desk.wake(device, cpe.jabberId(), SECRET);

        assertThat(result)
                .isInstanceOfSatisfying(
                        ConnectionRequestDelivered.class,
                        delivered -> assertThat(delivered.address()).isEqualTo(cpe.jabberId()));
        assertThat(result.transport()).isEqualTo("xmpp");
        assertThat(cpe.requests).hasValue(1);
    }

    @Test
    void tellsOfAWrongCredential() throws Exception {
        connector();
        TestDevice cpe = signedIn(SECRET, "");

        WakeUpResult result = desk.wake(device, cpe.jabberId(), "another");

        assertThat(result).isInstanceOfSatisfying(ConnectionRequestRefused.class, refused -> {
            assertThat(refused.status()).isEqualTo(401);
            assertThat(refused.cause()).contains("wrong credential", "ConnReqAllowedJabberIDs");
        });
    }

    @Test
    void tellsWhenTheDeviceTakesRequestsOfOthersOnly() throws Exception {
        connector();
        TestDevice cpe = signedIn(SECRET, "somebody@" + Prosody.DOMAIN);

        WakeUpResult result = desk.wake(device, cpe.jabberId(), SECRET);

        assertThat(result)
                .isInstanceOfSatisfying(
                        ConnectionRequestRefused.class,
                        refused -> assertThat(refused.cause()).contains("ConnReqAllowedJabberIDs"));
    }

    @Test
    void tellsThatADeviceIsNotSignedIn() {
        connector();

        WakeUpResult result = desk.wake(device, localpart + '@' + Prosody.DOMAIN + "/cwmp", SECRET);

        assertUnreachable(result, "not signed in", "service-unavailable");
    }

    @Test
    void asksNobodyAtAnotherDomain() {
        connector();

        WakeUpResult result = desk.wake(device, "admin@elsewhere.test/cwmp", SECRET);

        assertUnreachable(result, Prosody.DOMAIN, "device-domains");
    }

    @Test
    void tellsThatAPasswordCannotBeOpened() {
        connector();

        WakeUpResult result = desk.wake(device, FakeFleet.jabberId(1), "foreign");

        assertUnreachable(result, "another key");
    }

    @Test
    void waitsNoLongerThanAnybodyElse() throws Exception {
        connector();
        FakeFleet fleet = fleet();
        fleet.hold();

        WakeUpResult result = desk.resultOf(desk.ask(device, FakeFleet.jabberId(1), SECRET, Duration.ofSeconds(10)));

        assertUnreachable(result, "no answer within");
        assertThat(result.millis()).isLessThan(60_000);
    }

    @Test
    void dropsAnswersOfOthersAndLateOnes() throws Exception {
        RunningConnector connector = connector();
        FakeFleet fleet = fleet();
        fleet.hold();
        WakeUpId request = desk.ask(device, FakeFleet.jabberId(1), SECRET, Duration.ofSeconds(10));
        await().atMost(Desk.PATIENCE).until(fleet::isHolding);
        Stanza asked = fleet.held();
        double before = connector.count("homeward.xmpp.answers.dropped");
        fleet.send("result", asked.attribute("id"), FakeFleet.jabberId(2), asked.attribute("from"));
        fleet.send("result", "unasked", FakeFleet.jabberId(1), asked.attribute("from"));
        await().atMost(Desk.PATIENCE).until(() -> connector.count("homeward.xmpp.answers.dropped") == before + 2);

        WakeUpResult result = desk.resultOf(request);

        assertUnreachable(result, "no answer within");
        fleet.answerAll();
        await().atMost(Desk.PATIENCE).until(() -> connector.count("homeward.xmpp.answers.dropped") == before + 3);
        assertThat(connector.connector.stream().isUp()).isTrue();
    }

    @Test
    void answersForWhatWasUnderWayWhenTheServerDiesAndGoesOnWhenItIsBack() throws Exception {
        RunningConnector connector = connector();
        FakeFleet fleet = fleet();
        fleet.hold();
        WakeUpId underWay = desk.ask(device, FakeFleet.jabberId(1), SECRET, Duration.ofSeconds(50));
        await().atMost(Desk.PATIENCE).until(() -> fleet.asked() > 0);
        TestDevice cpe = signedIn(SECRET, "");
        String jabberId = cpe.jabberId();

        server.stop();

        assertUnreachable(desk.resultOf(underWay), "broke before it answered", "try again");
        await().atMost(Desk.PATIENCE).until(() -> !connector.connector.stream().isUp());
        assertUnreachable(desk.wake(device, jabberId, SECRET), "no stream");
        server.start();
        connector.signedIn();
        await().atMost(Desk.PATIENCE).until(cpe::isSignedIn);
        assertThat(desk.wake(device, jabberId, SECRET)).isInstanceOf(ConnectionRequestDelivered.class);
        assertThat(connector.count("homeward.xmpp.streams.opened")).isEqualTo(2);
    }

    @Test
    void sharesTheWorkWithAnotherConnector() throws Exception {
        RunningConnector one = connector("one", Map.of()).signedIn();
        RunningConnector two = connector("two", Map.of()).signedIn();
        FakeFleet fleet = fleet();

        await().atMost(Desk.PATIENCE).until(() -> {
            List<WakeUpId> asked = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                asked.add(desk.ask(Desk.device(i), FakeFleet.jabberId(i), SECRET, Duration.ofSeconds(55)));
            }
            asked.forEach(each -> assertThat(desk.resultOf(each)).isInstanceOf(ConnectionRequestDelivered.class));
            return took(one) && took(two);
        });

        assertThat(fleet.asked()).isPositive();
    }

    private static boolean took(RunningConnector connector) {
        var timer = connector.meters.find("homeward.connection.requests").timer();
        return timer != null && timer.count() > 0;
    }

    @Test
    void refusesAServerThatAnotherAuthorityVouchesFor(@TempDir Path other) throws Exception {
        Path stranger = Certificates.forDomains(other, Prosody.DOMAIN).ca();
        RunningConnector connector = connector("one", Map.of("homeward.xmpp-connector.ca-file", stranger.toString()));

        await().atMost(Desk.PATIENCE)
                .untilAsserted(() -> assertThat(connector.connector.stream().trouble())
                        .contains("certificate is not believed", "ca-file"));

        assertUnreachable(desk.wake(device, FakeFleet.jabberId(1), SECRET), "certificate is not believed");
        assertThat(connector.connector.stream().isUp()).isFalse();
    }

    @Test
    void refusesAServerWhoseCertificateNamesAnotherDomain() throws Exception {
        Prosody other = Prosody.startedWithCertificateFor("elsewhere.test");
        opened.add(other);
        RunningConnector connector = new RunningConnector(kafka.bootstrapServers(), other, "one", Map.of());
        opened.add(connector);

        await().atMost(Desk.PATIENCE)
                .untilAsserted(() -> assertThat(connector.connector.stream().trouble())
                        .contains("certificate is not believed", "It has to name " + Prosody.DOMAIN));

        assertThat(connector.connector.stream().isUp()).isFalse();
    }

    @Test
    void saysWhatToDoWhenItsOwnPasswordIsWrong() {
        RunningConnector connector = connector("one", Map.of("homeward.xmpp-connector.password", "wrong"));

        await().atMost(Desk.PATIENCE)
                .untilAsserted(() -> assertThat(connector.connector.stream().trouble())
                        .contains("not-authorized", "homeward.xmpp-connector.username"));

        assertUnreachable(desk.wake(device, FakeFleet.jabberId(1), SECRET), "refuses the account");
    }

    // --- accounts --------------------------------------------------------------------------------------------------

    private TestDevice born(DeviceKey born, String password) throws Exception {
        TestDevice cpe = new TestDevice(server, RunningConnector.SECRETS.xmppLocalpart(born), password, SECRET, "");
        opened.add(cpe);
        return cpe;
    }

    @Test
    void opensAnAccountThatADeviceSignsInWith() throws Exception {
        connector();
        DeviceKey fresh = Desk.device(1_000);

        desk.publish(fresh, new OpenXmppAccount(RunningConnector.SECRETS.xmppLocalpart(fresh), "first"));

        TestDevice cpe = born(fresh, "first");
        assertThat(desk.wake(fresh, cpe.jabberId(), SECRET)).isInstanceOf(ConnectionRequestDelivered.class);
    }

    @Test
    void givesAnAccountThatIsThereItsNewPassword() throws Exception {
        connector();

        desk.publish(device, new OpenXmppAccount(localpart, "second"));

        assertThat(born(device, "second").jabberId()).startsWith(localpart);
    }

    @Test
    void leavesADeviceSignedInWhoseAccountIsAskedForAgain() throws Exception {
        RunningConnector connector = connector();
        TestDevice cpe = signedIn(SECRET, "");
        String before = cpe.jabberId();

        desk.publish(device, new OpenXmppAccount(localpart, "account's"));
        desk.publish(device, new OpenXmppAccount(localpart, "account's"));

        await().atMost(Desk.PATIENCE).until(() -> opened(connector) >= 1);
        assertThat(desk.wake(device, before, SECRET)).isInstanceOf(ConnectionRequestDelivered.class);
        assertThat(cpe.isSignedIn()).isTrue();
    }

    private static double opened(RunningConnector connector) {
        var counter = connector
                .meters
                .find("homeward.xmpp.accounts")
                .tag("outcome", "opened")
                .counter();
        return counter == null ? 0 : counter.count();
    }

    @Test
    void opensTheRestWhereOneAccountCannotBe() throws Exception {
        connector();
        DeviceKey fresh = Desk.device(1_001);

        desk.publish(fresh, new OpenXmppAccount("no localpart@", "x"));
        desk.publish(fresh, new OpenXmppAccount(RunningConnector.SECRETS.xmppLocalpart(fresh), "foreign key"));
        desk.publishNonsense();
        desk.publish(fresh, new OpenXmppAccount(RunningConnector.SECRETS.xmppLocalpart(fresh), "first"));

        assertThat(born(fresh, "first").jabberId()).isNotEmpty();
    }

    @Test
    void opensAccountsOnceTheServerIsBack() throws Exception {
        RunningConnector connector = connector();
        server.stop();
        await().atMost(Desk.PATIENCE).until(() -> !connector.connector.stream().isUp());
        DeviceKey fresh = Desk.device(1_002);
        desk.publish(fresh, new OpenXmppAccount(RunningConnector.SECRETS.xmppLocalpart(fresh), "first"));

        server.start();

        assertThat(born(fresh, "first").jabberId()).isNotEmpty();
    }

    // --- presence --------------------------------------------------------------------------------------------------

    @Test
    void tellsWhoIsSignedInWhereDevicesLetThemselvesBeSeen() throws Exception {
        connector("one", Map.of("homeward.xmpp-connector.presence", "true")).signedIn();
        DeviceKey fresh = Desk.device(1_003);
        String account = RunningConnector.SECRETS.xmppLocalpart(fresh);
        desk.publish(fresh, new OpenXmppAccount(account, "first"));
        TestDevice cpe = born(fresh, "first");
        String jabberId = cpe.jabberId();
        await().atMost(Desk.PATIENCE).until(() -> isTold(fresh, jabberId, true));

        WakeUpResult result = desk.wake(fresh, account + '@' + Prosody.DOMAIN, SECRET);

        assertThat(result).isInstanceOf(ConnectionRequestDelivered.class);
        cpe.close();
        await().atMost(Desk.PATIENCE).until(() -> isTold(fresh, jabberId, false));
    }

    private static boolean isTold(DeviceKey device, String jabberId, boolean online) {
        return desk.presences.stream()
                .anyMatch(event -> event.key().equals(device)
                        && event.data() instanceof XmppPresence told
                        && told.jabberId().equals(jabberId)
                        && told.online() == online);
    }

    @Test
    void needsTheWholeJidWhereNobodyTellsPresences() {
        connector();

        WakeUpResult result = desk.wake(device, localpart + '@' + Prosody.DOMAIN, SECRET);

        assertUnreachable(result, "ConnReqJabberID");
    }
}
