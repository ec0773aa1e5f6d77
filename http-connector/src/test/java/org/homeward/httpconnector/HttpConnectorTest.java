package org.homeward.httpconnector;

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
import org.homeward.contracts.wakeup.DeliverConnectionRequest;
import org.homeward.contracts.wakeup.WakeUpResult.ConnectionRequestDelivered;
import org.homeward.contracts.wakeup.WakeUpResult.ConnectionRequestRefused;
import org.homeward.contracts.wakeup.WakeUpResult.ConnectionRequestUnreachable;
import org.homeward.httpconnector.delivery.ScriptedCpe;
import org.homeward.kit.consumer.Consumers;
import org.homeward.kit.consumer.Delivery.Arrived;
import org.homeward.kit.consumer.TailReader;
import org.homeward.kit.consumer.TailSpec;
import org.homeward.kit.events.EventFactory;
import org.homeward.kit.events.EventPublisher;
import org.homeward.kit.security.FieldCipher;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The whole service, as it starts with its defaults. */
@QuarkusTest
@TestProfile(HttpConnectorTest.Keys.class)
@QuarkusTestResource(value = KafkaBackend.class, restrictToAnnotatedClass = true)
class HttpConnectorTest {

    public static class Keys implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "homeward.secrets.key",
                    "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
                    "quarkus.oidc.tenant-enabled",
                    "false",
                    "quarkus.http.test-port",
                    "0");
        }
    }

    private static final DeviceKey DEVICE = DeviceKey.parse("default/001122-Box-1");

    @Inject
    EventPublisher publisher;

    @Inject
    Consumers consumers;

    @Inject
    FieldCipher cipher;

    private final Queue<Object> results = new ConcurrentLinkedQueue<>();
    private final EventFactory events = new EventFactory(Clock.systemUTC(), "/test");
    private TailReader reader;

    @BeforeEach
    void followResults() throws Exception {
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> get("/q/health/ready").then().statusCode(200));
        reader = consumers.follow(TailSpec.fromEnd(
                "results",
                Topic.WAKEUP_RESULTS,
                deliveries -> deliveries.forEach(delivery -> {
                    if (delivery instanceof Arrived arrived) {
                        results.add(arrived.event().data());
                    }
                })));
        reader.caughtUp().toCompletableFuture().get(30, TimeUnit.SECONDS);
    }

    @AfterEach
    void close() {
        reader.close();
    }

    private void wake(ScriptedCpe cpe, String lastAddress, String sealedPassword) {
        publisher.publish(
                Topic.WAKEUP_REQUESTS_HTTP,
                events.event(
                        DEVICE,
                        new DeliverConnectionRequest(
                                WakeUpId.random(),
                                cpe.urlText(),
                                ScriptedCpe.USERNAME,
                                sealedPassword,
                                lastAddress,
                                Clock.systemUTC().instant().plusSeconds(20))));
    }

    private Object result() {
        return await().atMost(Duration.ofSeconds(20)).until(results::poll, result -> result != null);
    }

    @Test
    void wakesADeviceWithItsSealedPassword() throws Exception {
        try (ScriptedCpe cpe = ScriptedCpe.wellBehaved()) {
            wake(cpe, "127.0.0.1", cipher.seal(ScriptedCpe.PASSWORD));

            assertThat(result()).isInstanceOf(ConnectionRequestDelivered.class);
            assertThat(cpe.accepted).hasValue(1);
        }
    }

    @Test
    void saysThatTheCredentialIsWrong() throws Exception {
        try (ScriptedCpe cpe = ScriptedCpe.wellBehaved()) {
            wake(cpe, "127.0.0.1", cipher.seal("of yesterday"));

            assertThat(result())
                    .isInstanceOfSatisfying(
                            ConnectionRequestRefused.class,
                            refused -> assertThat(refused.cause()).startsWith("wrong credential"));
        }
    }

    @Test
    void callsNobodyButTheDeviceItself() throws Exception {
        try (ScriptedCpe cpe = ScriptedCpe.wellBehaved()) {
            wake(cpe, "192.0.2.7", cipher.seal(ScriptedCpe.PASSWORD));

            assertThat(result()).isInstanceOf(ConnectionRequestUnreachable.class);
            assertThat(cpe.connections).hasValue(0);
        }
    }

    @Test
    void saysThatItsKeyOpensNoPassword() throws Exception {
        try (ScriptedCpe cpe = ScriptedCpe.wellBehaved()) {
            wake(cpe, "127.0.0.1", "v1.c2VhbGVkIHdpdGggYW5vdGhlciBrZXkgdGhhbiBvdXJz");

            assertThat(result())
                    .isInstanceOfSatisfying(
                            ConnectionRequestUnreachable.class,
                            unreachable -> assertThat(unreachable.cause()).contains("cannot be opened"));
        }
    }

    @Test
    void showsHowItIs() throws Exception {
        try (ScriptedCpe cpe = ScriptedCpe.wellBehaved()) {
            wake(cpe, "127.0.0.1", cipher.seal(ScriptedCpe.PASSWORD));
            assertThat(result()).isInstanceOf(ConnectionRequestDelivered.class);
        }

        get("/q/health/ready").then().body("checks.name", hasItem("consumers")).body(containsString("http-connector"));
        get("/q/metrics")
                .then()
                .body(containsString("homeward_connection_requests_seconds_count{outcome=\"delivered\""))
                .body(containsString("homeward_connection_requests_in_flight"));
    }
}
