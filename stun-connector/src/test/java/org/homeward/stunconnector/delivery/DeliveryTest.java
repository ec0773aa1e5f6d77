package org.homeward.stunconnector.delivery;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.homeward.contracts.DeviceKey;
import org.homeward.contracts.WakeUpId;
import org.homeward.contracts.wakeup.UdpWakeUp.DeliverUdpConnectionRequest;
import org.homeward.contracts.wakeup.WakeUpResult;
import org.homeward.contracts.wakeup.WakeUpResult.ConnectionRequestDelivered;
import org.homeward.contracts.wakeup.WakeUpResult.ConnectionRequestUnreachable;
import org.homeward.stunconnector.binding.BindingTimes;
import org.homeward.stunconnector.binding.Bindings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeliveryTest {

    private static final DeviceKey DEVICE = DeviceKey.parse("default/001122-Box-1");
    private static final InetSocketAddress NAT = at("192.0.2.7", 40_000);
    private static final Instant START = Instant.parse("2026-11-21T12:00:00Z");

    private record Sent(String text, InetSocketAddress to) {}

    /** What would happen later is done when the test says so. */
    private static final class Wire implements Datagrams {
        final List<Sent> sent = new ArrayList<>();
        final List<Runnable> due = new ArrayList<>();
        boolean down;

        @Override
        public CompletionStage<Void> send(byte[] bytes, InetSocketAddress to) {
            if (down) {
                return CompletableFuture.failedStage(new IOException("Network is unreachable"));
            }
            sent.add(new Sent(new String(bytes, US_ASCII), to));
            return CompletableFuture.completedStage(null);
        }

        @Override
        public Future<?> later(Runnable task, long nanos) {
            due.add(task);
            return CompletableFuture.completedFuture(null);
        }

        void next() {
            due.removeFirst().run();
        }
    }

    private final Wire wire = new Wire();
    private Instant now = START;
    private long seconds;
    private final Bindings bindings = new Bindings(
            new BindingTimes(Duration.ofMinutes(3), Duration.ofHours(1), Duration.ofMinutes(30)),
            () -> seconds * 1_000_000_000L);
    private final Delivery delivery = new Delivery(
            bindings,
            wire,
            text -> text.equals("unreadable") ? Optional.empty() : Optional.of(text),
            new DeliverySettings(List.of(Duration.ZERO, Duration.ofMillis(20), Duration.ofSeconds(1))),
            clock(() -> now));

    private static Clock clock(InstantSource source) {
        return source.withZone(ZoneOffset.UTC);
    }

    private static InetSocketAddress at(String literal, int port) {
        return new InetSocketAddress(InetAddress.ofLiteral(literal), port);
    }

    private DeliverUdpConnectionRequest request(String password, String reported, String lastAddress) {
        return new DeliverUdpConnectionRequest(
                WakeUpId.random(), "acs", password, reported, lastAddress, now.plusSeconds(10));
    }

    private DeliverUdpConnectionRequest request() {
        return request("s3cret", "", "192.0.2.7");
    }

    private WakeUpResult deliver(DeliverUdpConnectionRequest request) {
        return delivery.deliver(DEVICE, request).toCompletableFuture().join();
    }

    private String cause(DeliverUdpConnectionRequest request) {
        assertThat(deliver(request)).isInstanceOf(ConnectionRequestUnreachable.class);
        return ((ConnectionRequestUnreachable) deliver(request)).cause();
    }

    private static String value(Sent sent, String name) {
        Matcher matcher = Pattern.compile("[?&]" + name + "=([^& ]*)").matcher(sent.text());
        assertThat(matcher.find()).isTrue();
        return matcher.group(1);
    }

    @Test
    void sendsASignedRequestToTheBinding() {
        bindings.heard(DEVICE, NAT);
        DeliverUdpConnectionRequest request = request();

        WakeUpResult result = deliver(request);

        assertThat(result).isInstanceOfSatisfying(ConnectionRequestDelivered.class, delivered -> {
            assertThat(delivered.request()).isEqualTo(request.request());
            assertThat(delivered.transport()).isEqualTo("stun");
            assertThat(delivered.address()).isEqualTo("192.0.2.7:40000");
            assertThat(delivered.startedAt()).isEqualTo(START);
        });
        assertThat(wire.sent).hasSize(1);
        Sent sent = wire.sent.getFirst();
        assertThat(sent.to()).isEqualTo(NAT);
        assertThat(value(sent, "ts")).isEqualTo(String.valueOf(START.getEpochSecond()));
        assertThat(value(sent, "sig"))
                .isEqualTo(SignedRequest.sign(
                                START.getEpochSecond(),
                                Long.parseLong(value(sent, "id")),
                                "acs",
                                value(sent, "cn"),
                                "s3cret")
                        .sig());
    }

    @Test
    void sendsTheSameAgainByItsTimetable() {
        bindings.heard(DEVICE, NAT);
        deliver(request());
        wire.next();
        wire.next();
        assertThat(delivery.underWay()).isEqualTo(1);

        wire.next();

        assertThat(wire.sent).hasSize(3).containsOnly(wire.sent.getFirst());
        assertThat(delivery.underWay()).isZero();
        assertThat(wire.due).isEmpty();
    }

    @Test
    void sendsNoMoreOnceTheDeviceHasCalled() {
        bindings.heard(DEVICE, NAT);
        DeliverUdpConnectionRequest request = request();
        deliver(request);
        delivery.stop(request.request());

        wire.next();

        assertThat(wire.sent).hasSize(1);
        assertThat(wire.due).isEmpty();
    }

    @Test
    void sendsNothingAfterTheDeadline() {
        bindings.heard(DEVICE, NAT);
        deliver(new DeliverUdpConnectionRequest(WakeUpId.random(), "acs", "s3cret", "", "", now.plusMillis(500)));
        wire.next();
        wire.next();

        assertThat(wire.sent).hasSize(2);
        assertThat(wire.due).isEmpty();
    }

    @Test
    void followsTheBindingWhenTheNatMovesIt() {
        bindings.heard(DEVICE, NAT);
        deliver(request());
        bindings.heard(DEVICE, at("192.0.2.7", 40_001));

        wire.next();

        assertThat(wire.sent.getLast().to()).isEqualTo(at("192.0.2.7", 40_001));
        assertThat(value(wire.sent.getLast(), "sig")).isEqualTo(value(wire.sent.getFirst(), "sig"));
    }

    @Test
    void staysAudibleWhenTheClockIsPutBack() {
        bindings.heard(DEVICE, NAT);
        deliver(request());
        now = START.minus(Duration.ofHours(2));

        deliver(request());

        assertThat(wire.sent).hasSize(2);
        assertThat(value(wire.sent.getLast(), "ts")).isEqualTo(value(wire.sent.getFirst(), "ts"));
        assertThat(value(wire.sent.getLast(), "id")).isNotEqualTo(value(wire.sent.getFirst(), "id"));
    }

    @Test
    void saysThatThereIsNoBinding() {
        assertThat(cause(request())).startsWith("no binding").contains("STUNEnable");
        assertThat(wire.sent).isEmpty();
    }

    @Test
    void saysSinceWhenTheBindingIsClosed() {
        bindings.heard(DEVICE, NAT);
        seconds = 180 + 40;

        assertThat(cause(request())).startsWith("binding expired 40 s ago").contains("STUNMaximumKeepAlivePeriod");
    }

    @ParameterizedTest
    @ValueSource(strings = {"192.0.2.7:5000", "192.0.2.7"})
    void sendsToWhatTheDeviceReportsIfItWasSeenThere(String reported) {
        WakeUpResult result = deliver(request("s3cret", reported, "192.0.2.7"));

        assertThat(result).isInstanceOf(ConnectionRequestDelivered.class);
        assertThat(wire.sent.getFirst().to()).isEqualTo(at("192.0.2.7", reported.contains(":") ? 5000 : 80));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"203.0.113.1:53", "127.0.0.1:6379", "intranet.example:80", "192.0.2.7:0", "192.0.2.7:99999", ":"
            })
    void sendsNothingToWhereTheDeviceWasNotSeen(String reported) {
        assertThat(cause(request("s3cret", reported, "192.0.2.7")))
                .startsWith("no binding")
                .contains(reported);
        assertThat(wire.sent).isEmpty();
    }

    @Test
    void prefersTheBindingToWhatIsReported() {
        bindings.heard(DEVICE, NAT);
        deliver(request("s3cret", "192.0.2.7:5000", "192.0.2.7"));

        assertThat(wire.sent.getFirst().to()).isEqualTo(NAT);
    }

    @Test
    void saysThatThereIsNoCredential() {
        bindings.heard(DEVICE, NAT);

        assertThat(cause(request("", "", ""))).startsWith("no credential");
    }

    @Test
    void saysThatItsKeyOpensNoPassword() {
        bindings.heard(DEVICE, NAT);

        assertThat(cause(request("unreadable", "", ""))).contains("sealed with another key");
    }

    @Test
    void saysThatNobodyWaitsAnyMore() {
        bindings.heard(DEVICE, NAT);
        DeliverUdpConnectionRequest late = request();
        now = now.plusSeconds(11);

        assertThat(cause(late)).startsWith("Not sent: the deadline had passed");
    }

    @Test
    void saysThatNothingLeaves() {
        bindings.heard(DEVICE, NAT);
        wire.down = true;

        assertThat(cause(request())).contains("Network is unreachable");
        assertThat(delivery.underWay()).isZero();
    }
}
