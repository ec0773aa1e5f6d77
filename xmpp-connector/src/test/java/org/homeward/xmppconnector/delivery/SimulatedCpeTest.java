package org.homeward.xmppconnector.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.homeward.contracts.DeviceId;
import org.homeward.contracts.DeviceKey;
import org.homeward.contracts.TenantId;
import org.homeward.contracts.WakeUpId;
import org.homeward.contracts.wakeup.WakeUpResult;
import org.homeward.contracts.wakeup.WakeUpResult.ConnectionRequestDelivered;
import org.homeward.contracts.wakeup.WakeUpResult.ConnectionRequestRefused;
import org.homeward.contracts.wakeup.WakeUpResult.ConnectionRequestUnreachable;
import org.homeward.contracts.wakeup.XmppWakeUp.DeliverXmppConnectionRequest;
import org.homeward.kit.security.DeviceSecrets;
import org.homeward.simulator.Pace;
import org.homeward.simulator.SimulatedCpe;
import org.homeward.simulator.acs.Rpcs;
import org.homeward.simulator.acs.ScriptedAcs;
import org.homeward.simulator.behaviour.Misbehaviour;
import org.homeward.xmppconnector.account.Accounts;
import org.homeward.xmppconnector.account.Opening.Opened;
import org.homeward.xmppconnector.server.Prosody;
import org.homeward.xmppconnector.stream.ServerPlace;
import org.homeward.xmppconnector.stream.Trust;
import org.homeward.xmppconnector.stream.XmppStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.jxmpp.jid.DomainBareJid;
import org.jxmpp.jid.impl.JidCreate;
import org.jxmpp.jid.parts.Resourcepart;

/** From the account that is opened for a device to the session that an IQ brings. */
@Timeout(300)
class SimulatedCpeTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final DeviceSecrets SECRETS = new DeviceSecrets("a fleet secret of tests, long enough");
    private static final DomainBareJid DOMAIN = JidCreate.domainBareFromOrThrowUnchecked(Prosody.DOMAIN);
    private static final String SERVER = "Device.ManagementServer.";
    private static final String CONNECTION = "Device.XMPP.Connection.1.";
    private static final String ACS = Prosody.CONNECTOR + '@' + Prosody.DOMAIN;

    private static Prosody server;
    private static XmppStream stream;
    private static SSLContext tls;
    private static int number;

    private final ScriptedAcs acs = ScriptedAcs.start();
    private final String serial = "XMPP%06d".formatted(++number);
    private SimulatedCpe cpe = born();
    private final DeviceKey device = keyOf(cpe);

    @BeforeAll
    static void start() throws Exception {
        server = Prosody.started();
        tls = server.certificates().believing();
        stream = new XmppStream(
                        new ServerPlace(
                                DOMAIN,
                                "127.0.0.1",
                                server.port(),
                                Prosody.CONNECTOR,
                                Prosody.CONNECTOR_PASSWORD,
                                Resourcepart.fromOrThrowUnchecked("test"),
                                Trust.in(server.certificates().ca()),
                                false,
                                new ServerPlace.Times(
                                        Duration.ofSeconds(20),
                                        Duration.ofSeconds(30),
                                        Duration.ofMillis(100),
                                        Duration.ofSeconds(1))),
                        presence -> {},
                        new SimpleMeterRegistry())
                .start();
        await().atMost(PATIENCE).until(stream::isUp);
    }

    @AfterAll
    static void stop() throws Exception {
        if (server != null) {
            stream.close();
            server.close();
        }
    }

    @AfterEach
    void close() {
        cpe.close();
        acs.close();
    }

    private SimulatedCpe born(Misbehaviour... ways) {
        return SimulatedCpe.builder(acs.uri())
                .serial(serial)
                .bootstrapped()
                .tls(tls)
                .pace(Pace.times(60))
                .misbehaves(ways)
                .build();
    }

    private static DeviceKey keyOf(SimulatedCpe cpe) {
        var identity = cpe.identity();
        return new DeviceKey(
                TenantId.DEFAULT, new DeviceId(identity.oui(), identity.productClass(), identity.serial()));
    }

    /** A device with an account, that was told of it in a session, and has signed in. */
    private void signedIn(String allowed, Misbehaviour... ways) throws Exception {
        if (ways.length > 0) {
            cpe.close();
            cpe = born(ways);
        }
        assertThat(new Accounts(stream, stream::admits, DOMAIN, SECRETS::fingerprint, Duration.ofSeconds(20))
                        .open(SECRETS.xmppLocalpart(device), SECRETS.xmppPassword(device)))
                .isInstanceOf(Opened.class);
        acs.ask(Rpcs.addObject(CONNECTION + "Server."));
        acs.ask(Rpcs.setTypedValues(
                "xmpp",
                new String[] {CONNECTION + "Username", "xsd:string", SECRETS.xmppLocalpart(device)},
                new String[] {CONNECTION + "Password", "xsd:string", SECRETS.xmppPassword(device)},
                new String[] {CONNECTION + "Domain", "xsd:string", Prosody.DOMAIN},
                new String[] {CONNECTION + "Resource", "xsd:string", "cwmp"},
                new String[] {CONNECTION + "UseTLS", "xsd:boolean", "true"},
                new String[] {CONNECTION + "ServerConnectAlgorithm", "xsd:string", "ServerTable"},
                new String[] {CONNECTION + "Server.1.ServerAddress", "xsd:string", "127.0.0.1"},
                new String[] {CONNECTION + "Server.1.Port", "xsd:unsignedInt", String.valueOf(server.port())},
                new String[] {CONNECTION + "Server.1.Enable", "xsd:boolean", "true"},
                new String[] {CONNECTION + "Enable", "xsd:boolean", "true"},
                new String[] {SERVER + "ConnectionRequestUsername", "xsd:string", "acs"},
                new String[] {SERVER + "ConnectionRequestPassword", "xsd:string", "s3cret"},
                new String[] {SERVER + "ConnReqAllowedJabberIDs", "xsd:string", allowed},
                new String[] {SERVER + "ConnReqXMPPConnection", "xsd:string", "Device.XMPP.Connection.1"}));
        assertThat(cpe.informNow("2 PERIODIC").get(60, TimeUnit.SECONDS).succeeded())
                .isTrue();
        await().atMost(PATIENCE)
                .until(() -> cpe.value(CONNECTION + "Status").equals("Up")
                        && !cpe.value(SERVER + "ConnReqJabberID").isEmpty());
    }

    private WakeUpResult wake(String password) {
        return new Delivery(
                        stream,
                        account -> Optional.empty(),
                        Optional::of,
                        new Delivery.Rules(Set.of(DOMAIN), Duration.ofSeconds(30)),
                        Clock.systemUTC())
                .deliver(new DeliverXmppConnectionRequest(
                        WakeUpId.random(),
                        cpe.value(SERVER + "ConnReqJabberID"),
                        "acs",
                        password,
                        Clock.systemUTC().instant().plusSeconds(30)))
                .toCompletableFuture()
                .join();
    }

    @Test
    void tellsTheJidThatItIsSignedInWith() throws Exception {
        signedIn(ACS);
        String jabberId = SECRETS.xmppLocalpart(device) + '@' + Prosody.DOMAIN + "/cwmp";

        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(acs.last("Inform").values()).containsEntry(SERVER + "ConnReqJabberID", jabberId));

        assertThat(cpe.value(CONNECTION + "JabberID")).isEqualTo(jabberId);
        assertThat(server.hasAccount(SECRETS.xmppLocalpart(device))).isTrue();
    }

    @Test
    void callsWhenItIsAsked() throws Exception {
        signedIn(ACS);
        var session = cpe.nextSessionWith("6 CONNECTION REQUEST");

        WakeUpResult result = wake("s3cret");

        assertThat(result).isInstanceOf(ConnectionRequestDelivered.class);
        assertThat(session.get(60, TimeUnit.SECONDS).succeeded()).isTrue();
    }

    @Test
    void refusesAWrongPassword() throws Exception {
        signedIn(ACS);

        WakeUpResult result = wake("guessed");

        assertThat(result).isInstanceOf(ConnectionRequestRefused.class);
        assertThat(cpe.pendingEvents()).noneMatch(event -> event.code().startsWith("6"));
    }

    @Test
    void refusesWhoIsNotAllowed() throws Exception {
        signedIn(ACS + "/another-connector, somebody@" + Prosody.DOMAIN);

        WakeUpResult result = wake("s3cret");

        assertThat(result).isInstanceOf(ConnectionRequestRefused.class);
    }

    @Test
    void somebodyWhoWantsTheOtherPasswordFallsSilent() throws Exception {
        signedIn(ACS, Misbehaviour.WANTS_XMPP_PASSWORD);

        assertThat(wake(SECRETS.xmppPassword(device))).isInstanceOf(ConnectionRequestDelivered.class);
    }

    @Test
    void signsInAgainWhenTheServerIsBack() throws Exception {
        signedIn(ACS);
        String before = cpe.value(SERVER + "ConnReqJabberID");
        server.stop();
        await().atMost(PATIENCE).until(() -> cpe.value(CONNECTION + "Status").equals("Error") && !stream.isUp());

        server.start();

        await().atMost(PATIENCE).until(() -> cpe.value(CONNECTION + "Status").equals("Up") && stream.isUp());
        assertThat(cpe.value(SERVER + "ConnReqJabberID")).isEqualTo(before);
        assertThat(wake("s3cret")).isInstanceOf(ConnectionRequestDelivered.class);
    }

    @Test
    void leavesWithItsPower() throws Exception {
        signedIn(ACS);

        cpe.powerOff();

        await().atMost(PATIENCE).until(() -> wake("s3cret") instanceof ConnectionRequestUnreachable);
    }
}
