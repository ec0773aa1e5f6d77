package org.homeward.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.homeward.contracts.DeviceId;
import org.homeward.contracts.DeviceKey;
import org.homeward.contracts.Message;
import org.homeward.contracts.TenantId;
import org.homeward.contracts.Topic;
import org.homeward.contracts.wakeup.UdpBinding;
import org.homeward.contracts.wakeup.XmppWakeUp.OpenXmppAccount;
import org.homeward.kit.consumer.Consumers;
import org.homeward.kit.consumer.Delivery.Arrived;
import org.homeward.kit.consumer.TailSpec;
import org.homeward.kit.events.EventPublisher;
import org.homeward.kit.events.KafkaConfig;
import org.homeward.simulator.SimulatedCpe;
import org.homeward.simulator.model.BaseModel;
import org.homeward.simulator.model.Models;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** From a box that calls for the first time to one that can be reached behind NAT, and nobody does anything. */
@Timeout(300)
class HandsFreeIT {

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    /** A set-top box that knows of HTTP and XMPP. */
    private static final String SET_TOP_BOX = """
            object Device.DeviceInfo.
              ModelName ri string(64) STB-1
            object Device.ManagementServer.
              SupportedConnReqMethods r string HTTP,XMPP
              ConnReqXMPPConnection w string
              ConnReqAllowedJabberIDs w string
            object Device.XMPP.
              ConnectionNumberOfEntries r unsignedInt
            table Device.XMPP.Connection. w
              Enable w boolean false
              Username w string(256)
              Password wh string(256)
              Domain w string(64)
              Resource w string(64)
              UseTLS w boolean false
            """;

    @TempDir
    static Path data;

    /** What is told of a device, of each kind the latest. */
    private record Told(DeviceKey device, Class<?> type) {}

    private static final PortPlan PORTS = House.freePorts();
    private static final Map<Told, Message> HEARD = new ConcurrentHashMap<>();
    private static final SimpleMeterRegistry METERS = new SimpleMeterRegistry();
    private static House house;
    private static EventPublisher publisher;
    private static Consumers consumers;

    @BeforeAll
    static void start() throws Exception {
        house = House.up(Map.of("HOMEWARD_PROVISIONING_REACH_XMPP_DOMAIN", "example.net"), PORTS, data, "--open")
                .awaitReady();
        KafkaConfig kafka = KafkaConfig.forBroker("127.0.0.1:" + PORTS.kafka());
        publisher = new EventPublisher(kafka, METERS).start();
        publisher.ready().toCompletableFuture().get(60, TimeUnit.SECONDS);
        consumers = new Consumers(kafka, publisher, METERS);
        for (Topic topic : new Topic[] {Topic.WAKEUP_BINDINGS, Topic.WAKEUP_REQUESTS_XMPP}) {
            consumers.follow(TailSpec.fromBeginning(
                    topic.topicName(),
                    topic,
                    deliveries -> deliveries.forEach(delivery -> {
                        if (delivery instanceof Arrived arrived) {
                            Message data = arrived.event().data();
                            HEARD.put(new Told(arrived.key(), data.getClass()), data);
                        }
                    })));
        }
    }

    @AfterAll
    static void stop() throws Exception {
        try {
            consumers.close();
            publisher.close();
        } finally {
            house.kill();
            await().atMost(Duration.ofSeconds(30)).until(() -> {
                house.processes().forEach(ProcessHandle::destroy);
                return house.processes().isEmpty();
            });
        }
    }

    private static SimulatedCpe firstCallOf(BaseModel model, String serial) {
        return SimulatedCpe.builder("http://127.0.0.1:" + PORTS.cwmp() + "/")
                .model(model)
                .serial(serial)
                .start();
    }

    private static <T extends Message> T heardOf(SimulatedCpe cpe, Class<T> type) {
        var identity = cpe.identity();
        var key = new DeviceKey(
                TenantId.DEFAULT, new DeviceId(identity.oui(), identity.productClass(), identity.serial()));
        await().atMost(PATIENCE).until(() -> HEARD.containsKey(new Told(key, type)));
        return type.cast(Objects.requireNonNull(HEARD.get(new Told(key, type))));
    }

    static Stream<Arguments> gateways() {
        return Stream.of(
                Arguments.of("Device.", Models.tr181(), "HANDS181"),
                Arguments.of("InternetGatewayDevice.", Models.tr098(), "HANDS098"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("gateways")
    void aGatewayKeepsABindingOpenAfterItsFirstCall(String root, BaseModel model, String serial) {
        try (SimulatedCpe cpe = firstCallOf(model, serial)) {
            UdpBinding binding = heardOf(cpe, UdpBinding.class);

            assertThat(binding.lapsed()).isFalse();
            assertThat(binding.address())
                    .isEqualTo("127.0.0.1:"
                            + cpe.udpConnectionRequestPort().orElseThrow().getPort());
            assertThat(cpe.value(root + "ManagementServer.STUNServerPort")).isEqualTo(String.valueOf(PORTS.stun()));
            assertThat(cpe.value(root + "ManagementServer.STUNMaximumKeepAlivePeriod"))
                    .isEqualTo("60");
            // and the ACS hears of it, as of any value that changes
            await().atMost(PATIENCE)
                    .until(
                            () -> cpe.value(root + "ManagementServer.UDPConnectionRequestAddress"),
                            binding.address()::equals);
        }
    }

    @Test
    void aSetTopBoxGetsAnAccountAndAConnectionThatUsesIt() throws Exception {
        Path file = data.resolve("set-top-box.model");
        Files.writeString(file, SET_TOP_BOX);
        try (SimulatedCpe cpe = firstCallOf(Models.load(file), "HANDSTB1")) {
            OpenXmppAccount account = heardOf(cpe, OpenXmppAccount.class);

            await().atMost(PATIENCE)
                    .until(
                            () -> cpe.value("Device.ManagementServer.ConnReqXMPPConnection"),
                            "Device.XMPP.Connection.1"::equals);
            assertThat(cpe.value("Device.XMPP.Connection.1.Username")).isEqualTo(account.localpart());
            assertThat(cpe.value("Device.XMPP.Connection.1.Domain")).isEqualTo("example.net");
            assertThat(cpe.value("Device.XMPP.Connection.1.UseTLS")).isIn("1", "true");
            assertThat(cpe.value("Device.XMPP.Connection.1.Enable")).isIn("1", "true");
            assertThat(cpe.value("Device.ManagementServer.ConnReqAllowedJabberIDs"))
                    .isEqualTo("homeward@example.net");
            assertThat(account.toString()).doesNotContain(cpe.value("Device.XMPP.Connection.1.Password"));
        }
    }
}
