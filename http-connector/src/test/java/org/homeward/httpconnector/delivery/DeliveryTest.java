package org.homeward.httpconnector.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.homeward.contracts.DeviceKey;
import org.homeward.contracts.WakeUpId;
import org.homeward.contracts.wakeup.DeliverConnectionRequest;
import org.homeward.contracts.wakeup.WakeUpResult;
import org.homeward.contracts.wakeup.WakeUpResult.ConnectionRequestDelivered;
import org.homeward.contracts.wakeup.WakeUpResult.ConnectionRequestRefused;
import org.homeward.contracts.wakeup.WakeUpResult.ConnectionRequestUnreachable;
import org.homeward.httpconnector.digest.Credential;
import org.homeward.httpconnector.egress.EgressRule;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class DeliveryTest {

    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
    private static final DeviceKey DEVICE = DeviceKey.parse("default/001122-Box-1");

    private final ConnectionRequestExchange exchange = new ConnectionRequestExchange(new ExchangeSettings(
            Duration.ofSeconds(1),
            Duration.ofMillis(50),
            Credential.Policy.DIGEST_ONLY,
            ExchangeSettings.tls(false),
            false,
            List.of()));
    private final Delivery delivery = new Delivery(
            new EgressRule(List.of(), List.of(), InetAddress::getByName),
            exchange,
            text -> text.equals("sealed") ? Optional.of(ScriptedCpe.PASSWORD) : Optional.empty(),
            Duration.ofSeconds(5),
            Duration.ofMillis(50),
            new NetworkPace(1_000, System::nanoTime),
            Clock.fixed(NOW, ZoneOffset.UTC));

    @AfterEach
    void close() {
        exchange.close();
    }

    private static DeliverConnectionRequest request(String id, String url, String lastAddress, Instant deadline) {
        return new DeliverConnectionRequest(
                new WakeUpId(id), url, ScriptedCpe.USERNAME, "sealed", lastAddress, deadline);
    }

    private static DeliverConnectionRequest request(String id, ScriptedCpe cpe) {
        return request(id, cpe.urlText(), "127.0.0.1", NOW.plusSeconds(10));
    }

    @Test
    void saysThatTheCpeTookIt() throws Exception {
        try (ScriptedCpe cpe = ScriptedCpe.wellBehaved()) {
            WakeUpResult result = delivery.deliver(DEVICE, request("w1", cpe));

            assertThat(result).isInstanceOfSatisfying(ConnectionRequestDelivered.class, delivered -> {
                assertThat(delivered.request()).isEqualTo(new WakeUpId("w1"));
                assertThat(delivered.transport()).isEqualTo("http");
                assertThat(delivered.address())
                        .isEqualTo("127.0.0.1:" + cpe.url().port());
                assertThat(delivered.startedAt()).isEqualTo(NOW);
                assertThat(delivered.millis()).isBetween(0L, 5_000L);
            });
        }
    }

    @Test
    void saysWithWhichStatusTheCpeRefused() throws Exception {
        try (ScriptedCpe cpe = ScriptedCpe.that(connection -> {
            connection.request();
            connection.send("HTTP/1.1 404 Not Found\r\n\r\n");
        })) {
            WakeUpResult result = delivery.deliver(DEVICE, request("w1", cpe));

            assertThat(result)
                    .isInstanceOfSatisfying(
                            ConnectionRequestRefused.class,
                            refused -> assertThat(refused.status()).isEqualTo(404));
        }
    }

    @Test
    void staysAtHomeWhenTheUrlLeadsElsewhere() throws Exception {
        try (ScriptedCpe cpe = ScriptedCpe.wellBehaved()) {
            WakeUpResult result =
                    delivery.deliver(DEVICE, request("w1", cpe.urlText(), "192.0.2.7", NOW.plusSeconds(10)));

            assertThat(result).isInstanceOf(ConnectionRequestUnreachable.class);
            assertThat(cpe.connections).hasValue(0);
        }
    }

    @Test
    void saysThatTheUrlIsNone() throws Exception {
        WakeUpResult result = delivery.deliver(DEVICE, request("w1", "file:///etc", "192.0.2.7", NOW.plusSeconds(10)));

        assertThat(result).isInstanceOfSatisfying(ConnectionRequestUnreachable.class, unreachable -> {
            assertThat(unreachable.address()).isEqualTo("unknown");
            assertThat(unreachable.cause()).contains("ConnectionRequestURL that is none");
        });
    }

    @Test
    void dropsWhatNobodyWaitsForAnyMore() throws Exception {
        try (ScriptedCpe cpe = ScriptedCpe.wellBehaved()) {
            WakeUpResult result = delivery.deliver(DEVICE, request("w1", cpe.urlText(), "127.0.0.1", NOW));

            assertThat(result)
                    .isInstanceOfSatisfying(
                            ConnectionRequestUnreachable.class,
                            unreachable -> assertThat(unreachable.cause()).contains("deadline had passed"));
            assertThat(cpe.connections).hasValue(0);
        }
    }

    @Test
    void goesNoFurtherThanTheDeadlineOfTheRequest() throws Exception {
        try (ScriptedCpe cpe = ScriptedCpe.that(ScriptedCpe.Connection::hang)) {
            WakeUpResult result =
                    delivery.deliver(DEVICE, request("w1", cpe.urlText(), "127.0.0.1", NOW.plusMillis(400)));

            assertThat(result)
                    .isInstanceOfSatisfying(
                            ConnectionRequestUnreachable.class,
                            unreachable -> assertThat(unreachable.millis()).isBetween(390L, 1_500L));
        }
    }

    @Test
    void saysThatThePasswordCannotBeOpened() throws Exception {
        try (ScriptedCpe cpe = ScriptedCpe.wellBehaved()) {
            DeliverConnectionRequest foreign = new DeliverConnectionRequest(
                    new WakeUpId("w1"), cpe.urlText(), "acs", "by another key", "127.0.0.1", NOW.plusSeconds(10));

            WakeUpResult result = delivery.deliver(DEVICE, foreign);

            assertThat(result)
                    .isInstanceOfSatisfying(
                            ConnectionRequestUnreachable.class,
                            unreachable -> assertThat(unreachable.cause()).contains("cannot be opened", "field keys"));
            assertThat(cpe.connections).hasValue(0);
        }
    }

    @Test
    void asksADeviceOnceForTwoWhoWantItAtTheSameTime() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch mayAnswer = new CountDownLatch(1);
        try (ScriptedCpe cpe = ScriptedCpe.that(connection -> {
                    connection.request();
                    asked.countDown();
                    awaitUninterrupted(mayAnswer);
                    connection.accept();
                });
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<WakeUpResult> first = threads.submit(() -> delivery.deliver(DEVICE, request("w1", cpe)));
            asked.await();
            Future<WakeUpResult> shared = threads.submit(() -> delivery.deliver(DEVICE, request("w2", cpe)));
            await().during(Duration.ofMillis(50)).until(() -> !shared.isDone());

            mayAnswer.countDown();

            assertThat(first.get().request()).isEqualTo(new WakeUpId("w1"));
            assertThat(shared.get())
                    .isInstanceOfSatisfying(
                            ConnectionRequestDelivered.class,
                            delivered -> assertThat(delivered.request()).isEqualTo(new WakeUpId("w2")));
            assertThat(cpe.accepted).hasValue(1);
        }
    }

    private static void awaitUninterrupted(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
