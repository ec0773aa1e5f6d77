package org.homeward.stunconnector.binding;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.homeward.contracts.DeviceKey;
import org.homeward.stunconnector.binding.Whereabouts.Bound;
import org.homeward.stunconnector.binding.Whereabouts.Lapsed;
import org.homeward.stunconnector.binding.Whereabouts.Unheard;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BindingsTest {

    private static final DeviceKey DEVICE = DeviceKey.parse("default/001122-Box-1");
    private static final InetSocketAddress HERE = at("192.0.2.7", 40_000);
    private static final InetSocketAddress THERE = at("2001:db8::7", 50_000);

    private final List<String> told = new ArrayList<>();
    private boolean kafkaIsAway;
    private long seconds;
    private final Bindings bindings = new Bindings(
            new BindingTimes(Duration.ofMinutes(3), Duration.ofHours(1), Duration.ofMinutes(30)),
            () -> seconds * 1_000_000_000L);

    private static InetSocketAddress at(String literal, int port) {
        return new InetSocketAddress(InetAddress.ofLiteral(literal), port);
    }

    @BeforeEach
    void listen() {
        bindings.tell(new BindingNews() {
            @Override
            public CompletionStage<Void> changed(DeviceKey device, State state) {
                told.add((state.lapsed() ? "lapsed " : "at ") + state.address() + " for "
                        + state.since().toSeconds());
                return kafkaIsAway
                        ? CompletableFuture.failedStage(new IllegalStateException("away"))
                        : CompletableFuture.completedStage(null);
            }

            @Override
            public CompletionStage<Void> forgotten(DeviceKey device) {
                told.add("forgotten " + device);
                return CompletableFuture.completedStage(null);
            }
        });
    }

    private void heardEvery(int period, int times) {
        for (int i = 0; i < times; i++) {
            seconds += period;
            bindings.heard(DEVICE, HERE);
            bindings.sweep();
        }
    }

    @Test
    void knowsWhereADeviceWasLastHeard() {
        bindings.heard(DEVICE, HERE);
        seconds = 20;

        assertThat(bindings.of(DEVICE)).isEqualTo(new Bound(HERE, Duration.ofSeconds(20)));
        assertThat(bindings.of(DeviceKey.parse("default/001122-Box-2"))).isEqualTo(new Unheard());
    }

    @Test
    void tellsOfABindingOnceAndOfKeepAlivesRarely() {
        bindings.heard(DEVICE, HERE);
        heardEvery(30, 100);

        assertThat(told).containsExactly("at 192.0.2.7:40000 for 0", "at 192.0.2.7:40000 for 1800");
    }

    @Test
    void tellsOfAnotherAddressAtOnce() {
        bindings.heard(DEVICE, HERE);
        seconds = 30;
        bindings.heard(DEVICE, THERE);

        assertThat(told).containsExactly("at 192.0.2.7:40000 for 0", "at [2001:db8:0:0:0:0:0:7]:50000 for 0");
        assertThat(bindings.of(DEVICE)).isEqualTo(new Bound(THERE, Duration.ZERO));
    }

    @Test
    void letsABindingLapseWhenKeepAlivesStayAway() {
        bindings.heard(DEVICE, HERE);
        seconds = 180 + 40;

        assertThat(bindings.of(DEVICE)).isEqualTo(new Lapsed(HERE, Duration.ofSeconds(40)));
        bindings.sweep();
        bindings.sweep();
        assertThat(told).endsWith("lapsed 192.0.2.7:40000 for 220").hasSize(2);
        assertThat(bindings.alive()).isZero();
    }

    @Test
    void takesUpALapsedOneWithItsNextKeepAlive() {
        bindings.heard(DEVICE, HERE);
        seconds = 1_000;
        bindings.sweep();
        bindings.heard(DEVICE, HERE);

        assertThat(bindings.of(DEVICE)).isEqualTo(new Bound(HERE, Duration.ZERO));
        assertThat(told).endsWith("at 192.0.2.7:40000 for 0").hasSize(3);
    }

    @Test
    void forgetsADeviceInTheEnd() {
        bindings.heard(DEVICE, HERE);
        seconds = 3_601;
        bindings.sweep();

        assertThat(bindings.of(DEVICE)).isEqualTo(new Unheard());
        assertThat(told).endsWith("forgotten default/001122-Box-1");
        assertThat(bindings.size()).isZero();
    }

    @Test
    void tellsWithTheNextKeepAliveWhatCouldNotBeTold() {
        kafkaIsAway = true;
        bindings.heard(DEVICE, HERE);
        kafkaIsAway = false;
        heardEvery(30, 3);

        assertThat(told).containsExactly("at 192.0.2.7:40000 for 0", "at 192.0.2.7:40000 for 30");
    }

    @Test
    void tellsInTheEndThatABindingLapsedWhileKafkaWasAway() {
        bindings.heard(DEVICE, HERE);
        kafkaIsAway = true;
        seconds = 200;
        bindings.sweep();
        kafkaIsAway = false;
        seconds = 205;
        bindings.sweep();
        bindings.sweep();

        assertThat(told)
                .endsWith("lapsed 192.0.2.7:40000 for 200", "lapsed 192.0.2.7:40000 for 205")
                .hasSize(3);
    }

    @Test
    void takesABindingOverFromBeforeARestart() {
        seconds = 5_000;
        bindings.restore(DEVICE, HERE, Duration.ofMinutes(90), false, Duration.ofMinutes(20));

        assertThat(bindings.of(DEVICE)).isEqualTo(new Bound(HERE, Duration.ZERO));
        seconds += 200;
        bindings.sweep();
        assertThat(told).containsExactly("lapsed 192.0.2.7:40000 for 5600");
    }

    @Test
    void holdsWhatItHeardItselfAboveWhatWasTold() {
        bindings.heard(DEVICE, HERE);
        bindings.restore(DEVICE, THERE, Duration.ofMinutes(1), true, Duration.ofMinutes(1));

        assertThat(bindings.of(DEVICE)).isEqualTo(new Bound(HERE, Duration.ZERO));
    }

    @Test
    void letsGoOfADeviceThatAskedAnotherSince() {
        bindings.heard(DEVICE, HERE);
        seconds = 60;
        bindings.heldElsewhere(DEVICE, Duration.ofSeconds(60));
        assertThat(bindings.of(DEVICE)).isInstanceOf(Bound.class);

        bindings.heldElsewhere(DEVICE, Duration.ofSeconds(10));

        assertThat(bindings.of(DEVICE)).isEqualTo(new Unheard());
    }

    @Test
    void tellsOfAllOnceMoreWhenAsked() {
        bindings.heard(DEVICE, HERE);
        bindings.heard(DeviceKey.parse("acme/001122-Box-2"), THERE);
        told.clear();

        bindings.tellAll();

        assertThat(told).hasSize(2);
    }
}
