package org.homeward.stunconnector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.homeward.backends.kafka.EmbeddedKafka;
import org.homeward.contracts.DeviceId;
import org.homeward.contracts.DeviceKey;
import org.homeward.contracts.TenantId;
import org.homeward.contracts.Topic;
import org.homeward.contracts.WakeUpId;
import org.homeward.contracts.wakeup.UdpWakeUp.DeliverUdpConnectionRequest;
import org.homeward.kit.events.EventFactory;
import org.homeward.kit.events.EventPublisher;
import org.homeward.kit.events.KafkaConfig;
import org.homeward.simulator.CpeIdentity;
import org.homeward.simulator.SimulatedCpe;
import org.homeward.simulator.acs.Rpcs;
import org.homeward.simulator.acs.ScriptedAcs;
import org.homeward.stunconnector.binding.Whereabouts;
import org.homeward.stunconnector.nat.CpeAtHome;
import org.homeward.stunconnector.nat.HomeNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A CPE behind a NAT of the Linux kernel: nobody gets in by HTTP, and a UDP connection request does. */
@Timeout(240)
class NatTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String SERVER = "Device.ManagementServer.";
    private static final String SERIAL = "NATTED01";

    private static DeviceKey device(ScriptedAcs acs) {
        try (SimulatedCpe same =
                SimulatedCpe.builder(acs.uri()).serial(SERIAL).bootstrapped().build()) {
            CpeIdentity identity = same.identity();
            return new DeviceKey(
                    TenantId.DEFAULT, new DeviceId(identity.oui(), identity.productClass(), identity.serial()));
        }
    }

    private static String settings(DeviceKey device, HomeNetwork home, int stunPort) {
        return Rpcs.setTypedValues(
                "stun",
                new String[] {
                    SERVER + "STUNServerAddress", "xsd:string", home.here().getHostAddress()
                },
                new String[] {SERVER + "STUNServerPort", "xsd:unsignedInt", String.valueOf(stunPort)},
                new String[] {SERVER + "STUNUsername", "xsd:string", RunningConnector.stunUsernameOf(device)},
                new String[] {SERVER + "STUNPassword", "xsd:string", RunningConnector.stunPasswordOf(device)},
                new String[] {SERVER + "STUNMinimumKeepAlivePeriod", "xsd:unsignedInt", "20"},
                new String[] {SERVER + "STUNMaximumKeepAlivePeriod", "xsd:int", "20"},
                new String[] {SERVER + "ConnectionRequestUsername", "xsd:string", "acs"},
                new String[] {SERVER + "ConnectionRequestPassword", "xsd:string", "s3cret"},
                new String[] {SERVER + "STUNEnable", "xsd:boolean", "true"});
    }

    private static void publish(String bootstrapServers, int partition, DeviceKey device) throws Exception {
        KafkaConfig kafka = KafkaConfig.forBroker(bootstrapServers);
        Clock clock = Clock.systemUTC();
        EventPublisher publisher = new EventPublisher(kafka, new SimpleMeterRegistry()).start();
        try {
            publisher.ready().toCompletableFuture().get(60, TimeUnit.SECONDS);
            publisher
                    .publish(
                            Topic.WAKEUP_REQUESTS_STUN,
                            partition,
                            new EventFactory(clock, "/test")
                                    .event(
                                            device,
                                            new DeliverUdpConnectionRequest(
                                                    WakeUpId.random(),
                                                    "acs",
                                                    "s3cret",
                                                    "",
                                                    "",
                                                    clock.instant().plusSeconds(30))))
                    .toCompletableFuture()
                    .get(60, TimeUnit.SECONDS);
        } finally {
            publisher.close();
        }
    }

    @Test
    void aRequestThatIsPublishedGoesThroughTheWayThatTheDeviceKeepsOpen() throws Exception {
        try (HomeNetwork home = HomeNetwork.build();
                EmbeddedKafka kafka = EmbeddedKafka.temporary().start();
                ScriptedAcs acs = ScriptedAcs.start(new InetSocketAddress(home.here(), 0));
                RunningConnector running = new RunningConnector(
                        kafka.bootstrapServers(),
                        "nat",
                        Clock.systemUTC(),
                        Map.of("homeward.stun-connector.host", home.here().getHostAddress()))) {
            DeviceKey device = device(acs);
            acs.ask(settings(device, home, running.connector.port()));
            Process cpe = home.start(CpeAtHome.class, acs.uri().toString(), HomeNetwork.INSIDE, SERIAL);
            await().atMost(PATIENCE)
                    .failFast(() -> !cpe.isAlive())
                    .until(() -> running.connector.bindings().of(device) instanceof Whereabouts.Bound);
            InetSocketAddress seen =
                    ((Whereabouts.Bound) running.connector.bindings().of(device)).address();

            // what it says of itself is of no use outside, and its router takes no calls for it
            await().atMost(PATIENCE).until(() -> acs.heard("Inform").size() >= 2);
            URI url = URI.create(acs.heard("Inform").getFirst().values().get(SERVER + "ConnectionRequestURL"));
            assertThat(url.getHost()).isEqualTo(HomeNetwork.INSIDE);
            assertThat(seen.getAddress()).isEqualTo(home.outside());
            assertThat(acs.last("Inform").values())
                    .containsEntry(
                            SERVER + "UDPConnectionRequestAddress",
                            home.outside().getHostAddress() + ':' + seen.getPort());
            assertThatThrownBy(() -> call(home, url.getPort())).isInstanceOf(IOException.class);

            publish(kafka.bootstrapServers(), running.connector.partition().orElseThrow(), device);

            await().atMost(PATIENCE)
                    .until(() -> acs.heard("Inform").stream()
                            .anyMatch(inform -> inform.events().contains("6 CONNECTION REQUEST")));
        }
    }

    private static void call(HomeNetwork home, int port) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(home.outside(), port), 3_000);
        }
    }
}
