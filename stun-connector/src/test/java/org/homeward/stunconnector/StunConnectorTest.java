package org.homeward.stunconnector;

import static io.restassured.RestAssured.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasItem;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.homeward.backends.testing.KafkaBackend;
import org.homeward.contracts.DeviceKey;
import org.homeward.contracts.Topic;
import org.homeward.contracts.WakeUpId;
import org.homeward.contracts.wakeup.UdpBinding;
import org.homeward.contracts.wakeup.UdpWakeUp.DeliverUdpConnectionRequest;
import org.homeward.contracts.wakeup.WakeUpResult.ConnectionRequestDelivered;
import org.homeward.contracts.wakeup.WakeUpResult.ConnectionRequestUnreachable;
import org.homeward.kit.consumer.Consumers;
import org.homeward.kit.consumer.Delivery.Arrived;
import org.homeward.kit.consumer.TailReader;
import org.homeward.kit.consumer.TailSpec;
import org.homeward.kit.events.EventFactory;
import org.homeward.kit.events.EventPublisher;
import org.homeward.kit.security.DeviceSecrets;
import org.homeward.kit.security.FieldCipher;
import org.homeward.stunconnector.codec.Integrity;
import org.homeward.stunconnector.codec.StunMessage;
import org.homeward.stunconnector.codec.StunWriter;
import org.homeward.stunconnector.server.udp.Question;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The whole service, as it starts with its defaults. */
@QuarkusTest
@TestProfile(StunConnectorTest.Keys.class)
@QuarkusTestResource(value = KafkaBackend.class, restrictToAnnotatedClass = true)
class StunConnectorTest {

    public static class Keys implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "homeward.secrets.key", "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
                    "homeward.secrets.fleet", "a fleet secret of tests, long enough",
                    "homeward.stun-connector.port", "0",
                    "homeward.stun-connector.alternate-port", "0",
                    "quarkus.oidc.tenant-enabled", "false",
                    "quarkus.http.test-port", "0");
        }
    }

    private static final DeviceKey DEVICE = DeviceKey.parse("default/001122-Box-1");

    @Inject
    StunConnector connector;

    @Inject
    EventPublisher publisher;

    @Inject
    Consumers consumers;

    @Inject
    FieldCipher cipher;

    @Inject
    DeviceSecrets secrets;

    private final Queue<Object> results = new ConcurrentLinkedQueue<>();
    private final Queue<UdpBinding> bindings = new ConcurrentLinkedQueue<>();
    private final EventFactory events = new EventFactory(Clock.systemUTC(), "/test");
    private TailReader reader;
    private TailReader places;

    @BeforeEach
    void follow() throws Exception {
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> get("/q/health/ready").then().statusCode(200));
        reader = consumers.follow(TailSpec.fromEnd(
                "results",
                Topic.WAKEUP_RESULTS,
                deliveries -> deliveries.forEach(delivery -> {
                    if (delivery instanceof Arrived arrived) {
                        results.add(arrived.event().data());
                    }
                })));
        places = consumers.follow(TailSpec.fromBeginning(
                "places",
                Topic.WAKEUP_BINDINGS,
                deliveries -> deliveries.forEach(delivery -> {
                    if (delivery instanceof Arrived arrived && arrived.event().data() instanceof UdpBinding binding) {
                        bindings.add(binding);
                    }
                })));
        reader.caughtUp().toCompletableFuture().get(60, TimeUnit.SECONDS);
    }

    @AfterEach
    void close() {
        reader.close();
        places.close();
    }

    private void wake(DeviceKey device, int partition) {
        publisher.publish(
                Topic.WAKEUP_REQUESTS_STUN,
                partition,
                events.event(
                        device,
                        new DeliverUdpConnectionRequest(
                                WakeUpId.random(),
                                "acs",
                                cipher.seal("s3cret"),
                                "",
                                "",
                                Clock.systemUTC().instant().plusSeconds(20))));
    }

    private Object result() {
        return await().atMost(Duration.ofSeconds(60)).until(results::poll, result -> result != null);
    }

    @Test
    void wakesADeviceThatKeepsItsBindingOpen() throws Exception {
        try (Question cpe = new Question("127.0.0.1")) {
            cpe.ask(
                    StunWriter.message(StunMessage.BINDING_REQUEST, new byte[16])
                            .connectionRequestBinding()
                            .username(secrets.stunUsername(DEVICE))
                            .integrity(Integrity.FILLED, secrets.stunPassword(DEVICE))
                            .bytes(),
                    connector.port());
            UdpBinding binding = await().atMost(Duration.ofSeconds(60)).until(bindings::poll, told -> told != null);
            wake(DEVICE, binding.partition());

            assertThat(result()).isInstanceOf(ConnectionRequestDelivered.class);
            Question.Got got = cpe.next(20_000).orElseThrow();
            assertThat(got.from().getPort()).isEqualTo(connector.port());
            assertThat(new String(got.bytes(), StandardCharsets.US_ASCII)).startsWith("GET http://127.0.0.1:");
            assertThat(binding.address()).isEqualTo("127.0.0.1:" + cpe.address().getPort());
        }
        get("/q/metrics")
                .then()
                .body(containsString("homeward_stun_requests_total{outcome=\"bound\"}"))
                .body(containsString("homeward_connection_requests_seconds_count{outcome=\"delivered\""));
    }

    @Test
    void saysThatADeviceHasNoBinding() {
        int partition = connector.connector().orElseThrow().partition().orElseThrow();

        wake(DeviceKey.parse("default/001122-Box-2"), partition);

        assertThat(result())
                .isInstanceOfSatisfying(
                        ConnectionRequestUnreachable.class,
                        unreachable -> assertThat(unreachable.cause()).startsWith("no binding"));
    }

    @Test
    void showsHowItIs() {
        get("/q/health/ready").then().body("checks.name", hasItem("stun-connector"));
        get("/q/metrics").then().body(containsString("homeward_stun_bindings"));
    }
}
