package org.homeward.stunconnector.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.homeward.contracts.DeviceId;
import org.homeward.contracts.DeviceKey;
import org.homeward.contracts.TenantId;
import org.homeward.contracts.WakeUpId;
import org.homeward.contracts.wakeup.UdpWakeUp.DeliverUdpConnectionRequest;
import org.homeward.contracts.wakeup.WakeUpResult;
import org.homeward.contracts.wakeup.WakeUpResult.ConnectionRequestDelivered;
import org.homeward.kit.security.DeviceSecrets;
import org.homeward.simulator.Pace;
import org.homeward.simulator.SimulatedCpe;
import org.homeward.simulator.acs.Rpcs;
import org.homeward.simulator.acs.ScriptedAcs;
import org.homeward.simulator.nat.UdpNat;
import org.homeward.stunconnector.binding.BindingTimes;
import org.homeward.stunconnector.binding.Bindings;
import org.homeward.stunconnector.binding.Whereabouts;
import org.homeward.stunconnector.server.Credentials;
import org.homeward.stunconnector.server.ProvenAddresses;
import org.homeward.stunconnector.server.RateLimit;
import org.homeward.stunconnector.server.ServerRules;
import org.homeward.stunconnector.server.StunServer;
import org.homeward.stunconnector.server.udp.PortTaken;
import org.homeward.stunconnector.server.udp.StunSockets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** From the settings that an ACS writes to the session that a datagram brings, through a NAT of real sockets. */
@Timeout(180)
class SimulatedCpeTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final DeviceSecrets SECRETS = new DeviceSecrets("a fleet secret of tests, long enough");
    private static final String SERVER = "Device.ManagementServer.";

    private final Bindings bindings = new Bindings(
            new BindingTimes(Duration.ofMinutes(3), Duration.ofHours(1), Duration.ofMinutes(30)), System::nanoTime);
    private final ScriptedAcs acs = ScriptedAcs.start();
    private final StunSockets sockets;
    private final UdpNat nat;
    private final DeviceKey device;
    private SimulatedCpe cpe = born(Pace.real());

    SimulatedCpeTest() throws PortTaken {
        var identity = cpe.identity();
        device = new DeviceKey(
                TenantId.DEFAULT, new DeviceId(identity.oui(), identity.productClass(), identity.serial()));
        sockets = new StunSockets(
                new StunSockets.Place("127.0.0.1", 0, 0, List.of()),
                new StunServer(
                        new ServerRules(true, false),
                        username -> DeviceSecrets.deviceOfStunUsername(username)
                                .map(known -> new Credentials.Known(known, SECRETS.stunPassword(known))),
                        bindings,
                        new RateLimit(1_000, 1_000, System::nanoTime),
                        new ProvenAddresses(Duration.ofMinutes(3), System::nanoTime)),
                new SimpleMeterRegistry());
        nat = UdpNat.before(
                new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), sockets.port()), Duration.ofMinutes(5));
    }

    @AfterEach
    void close() {
        cpe.close();
        acs.close();
        nat.close();
        sockets.close();
    }

    private SimulatedCpe born(Pace pace) {
        return SimulatedCpe.builder(acs.uri()).bootstrapped().pace(pace).build();
    }

    /** Its time goes by faster from now on. */
    private void hurry() {
        cpe.close();
        cpe = born(Pace.times(60));
    }

    private void enable(int minimum, int maximum, String password) throws Exception {
        acs.ask(Rpcs.setTypedValues(
                "stun",
                new String[] {SERVER + "STUNServerAddress", "xsd:string", "127.0.0.1"},
                new String[] {
                    SERVER + "STUNServerPort",
                    "xsd:unsignedInt",
                    String.valueOf(nat.inside().getPort())
                },
                new String[] {SERVER + "STUNUsername", "xsd:string", SECRETS.stunUsername(device)},
                new String[] {SERVER + "STUNPassword", "xsd:string", password},
                new String[] {SERVER + "STUNMinimumKeepAlivePeriod", "xsd:unsignedInt", String.valueOf(minimum)},
                new String[] {SERVER + "STUNMaximumKeepAlivePeriod", "xsd:int", String.valueOf(maximum)},
                new String[] {SERVER + "ConnectionRequestUsername", "xsd:string", "acs"},
                new String[] {SERVER + "ConnectionRequestPassword", "xsd:string", "s3cret"},
                new String[] {SERVER + "STUNEnable", "xsd:boolean", "true"}));
        assertThat(cpe.informNow("2 PERIODIC").get(60, TimeUnit.SECONDS).succeeded())
                .isTrue();
    }

    private void bound() throws Exception {
        enable(30, 30, SECRETS.stunPassword(device));
        await().atMost(PATIENCE).until(() -> bindings.of(device) instanceof Whereabouts.Bound);
    }

    private InetSocketAddress where() {
        return ((Whereabouts.Bound) bindings.of(device)).address();
    }

    private WakeUpResult wake(String password) {
        return new Delivery(
                        bindings,
                        sockets,
                        Optional::of,
                        new DeliverySettings(List.of(
                                Duration.ZERO, Duration.ofMillis(20), Duration.ofMillis(100), Duration.ofMillis(500))),
                        Clock.systemUTC())
                .deliver(
                        device,
                        new DeliverUdpConnectionRequest(
                                WakeUpId.random(),
                                "acs",
                                password,
                                "",
                                "",
                                Clock.systemUTC().instant().plusSeconds(30)))
                .toCompletableFuture()
                .join();
    }

    @Test
    void saysWhereItShowsUpBehindItsNat() throws Exception {
        bound();

        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(cpe.value(SERVER + "UDPConnectionRequestAddress")).isEqualTo("127.0.0.1:" + where().getPort());
            assertThat(acs.last("Inform").values())
                    .containsEntry(SERVER + "UDPConnectionRequestAddress", "127.0.0.1:" + where().getPort());
        });
        assertThat(cpe.value(SERVER + "NATDetected")).isEqualTo("true");
        assertThat(where())
                .isEqualTo(nat.outsideOf(cpe.udpConnectionRequestPort().orElseThrow()));
    }

    @Test
    void callsWhenADatagramComesThroughTheNat() throws Exception {
        bound();
        var session = cpe.nextSessionWith("6 CONNECTION REQUEST");

        WakeUpResult result = wake("s3cret");

        assertThat(result).isInstanceOf(ConnectionRequestDelivered.class);
        assertThat(session.get(60, TimeUnit.SECONDS).succeeded()).isTrue();
    }

    @Test
    void callsOnceHoweverManyCopiesCome() throws Exception {
        bound();
        var first = cpe.nextSessionWith("6 CONNECTION REQUEST");
        wake("s3cret");
        first.get(60, TimeUnit.SECONDS);
        var second = cpe.nextSessionWith("6 CONNECTION REQUEST");

        await().during(Duration.ofMillis(1_500)).atMost(PATIENCE).until(() -> !second.isDone());

        assertThat(acs.heard("Inform").stream().filter(inform -> inform.events().contains("6 CONNECTION REQUEST")))
                .hasSize(1);
    }

    @Test
    void callsAlthoughTheFirstCopiesAreLost() throws Exception {
        bound();
        nat.loseInbound(3);
        var session = cpe.nextSessionWith("6 CONNECTION REQUEST");

        wake("s3cret");

        assertThat(session.get(60, TimeUnit.SECONDS).succeeded()).isTrue();
    }

    @Test
    void doesNotCallForASignatureThatIsWrong() throws Exception {
        bound();
        var session = cpe.nextSessionWith("6 CONNECTION REQUEST");

        WakeUpResult result = wake("guessed");

        // Delivered means sent: nobody answers such a datagram.
        assertThat(result).isInstanceOf(ConnectionRequestDelivered.class);
        await().during(Duration.ofSeconds(1)).atMost(PATIENCE).until(() -> !session.isDone());
    }

    @Test
    void isNotBelievedWithAnotherPassword() throws Exception {
        enable(30, 30, "guessed");

        await().during(Duration.ofSeconds(1)).atMost(PATIENCE).until(() -> bindings.size() == 0);
        assertThat(cpe.value(SERVER + "UDPConnectionRequestAddress")).isEmpty();
    }

    @Test
    void isFoundAgainWhenItsNatRebooted() throws Exception {
        hurry();
        enable(30, 30, SECRETS.stunPassword(device));
        await().atMost(PATIENCE).until(() -> bindings.of(device) instanceof Whereabouts.Bound);
        InetSocketAddress before = where();

        nat.reboot();

        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(where()).isNotEqualTo(before);
            assertThat(cpe.value(SERVER + "UDPConnectionRequestAddress")).isEqualTo("127.0.0.1:" + where().getPort());
        });
    }

    @Test
    void findsOutForHowLongItMayBeSilent() throws Exception {
        // The NAT forgets after 2.5 s of ours: 150 s of the CPE's, which tries 20, 40, 80 and 160.
        nat.timeout(Duration.ofMillis(2_500));
        hurry();
        enable(20, 600, SECRETS.stunPassword(device));

        await().atMost(Duration.ofSeconds(90))
                .untilAsserted(() -> assertThat(cpe.stunKeepAlive())
                        .hasValueSatisfying(period ->
                                assertThat(period).isBetween(Duration.ofSeconds(40), Duration.ofSeconds(150))));
    }

    @Test
    void endsWithItsPower() throws Exception {
        bound();

        cpe.powerOff();

        assertThat(cpe.udpConnectionRequestPort()).isEmpty();
    }
}
