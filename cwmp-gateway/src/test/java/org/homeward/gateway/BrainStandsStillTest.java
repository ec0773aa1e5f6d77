package org.homeward.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.homeward.backends.testing.SharedBackends;
import org.homeward.contracts.PlanId;
import org.homeward.contracts.plan.GatewayCommand.SessionPlan;
import org.homeward.contracts.session.SessionEvent.SessionClosed;
import org.homeward.contracts.session.SessionEvent.SessionClosed.Reason;
import org.junit.jupiter.api.Test;

/** A brain that says nothing to some must not stop the gateway from serving others, nor cost it threads. */
class BrainStandsStillTest {

    private static final int PARKED = 500;

    @Test
    void fiveHundredParkedSessionsHoldNoThreadAndNobodyUp() {
        try (GatewayFixture fixture = new GatewayFixture(
                SharedBackends.kafkaBootstrapServers(), "open", "true", "plan-timeout", "8s", "latest-plan", "60s")) {
            fixture.brain.answers(inform -> inform.key().device().serialNumber().startsWith("PARKED")
                    ? List.of()
                    : List.of(new SessionPlan(inform.data().session(), PlanId.random(), List.of(), true)));
            int threads = Thread.activeCount();
            List<RawCpe> parked = new ArrayList<>();
            try {
                for (int i = 0; i < PARKED; i++) {
                    RawCpe cpe = new RawCpe(fixture.port(), "PARKED" + i);
                    parked.add(cpe);
                    assertThat(cpe.inform("2 PERIODIC").status()).isEqualTo(200);
                    cpe.send(new byte[0]);
                }
                List<Duration> others = new ArrayList<>();
                for (int i = 0; i < 50; i++) {
                    long began = System.nanoTime();
                    try (RawCpe other = new RawCpe(fixture.port(), "OTHER" + i)) {
                        assertThat(other.inform("2 PERIODIC").status()).isEqualTo(200);
                        assertThat(other.empty().status()).isEqualTo(204);
                    }
                    others.add(Duration.ofNanos(System.nanoTime() - began));
                }

                assertThat(others.stream().sorted().toList().get(45)).isLessThan(Duration.ofSeconds(1));
                assertThat(Thread.activeCount() - threads).as("threads more").isLessThan(20);
                for (RawCpe cpe : parked) {
                    assertThat(cpe.receive().status()).isEqualTo(204);
                }
                await().atMost(Duration.ofSeconds(20))
                        .untilAsserted(() -> assertThat(parked.stream()
                                        .flatMap(cpe -> fixture.brain.of(cpe.key(), SessionClosed.class).stream())
                                        .filter(closed -> closed.reason() == Reason.NO_PLAN))
                                .hasSize(PARKED));
            } finally {
                parked.forEach(RawCpe::close);
            }
        }
    }

    @Test
    void sessionsThatNobodyWaitsForAreTurnedAwayWhilePlansAreLate() {
        try (GatewayFixture fixture = new GatewayFixture(
                SharedBackends.kafkaBootstrapServers(), "open", "true", "plan-timeout", "1s", "latest-plan", "500ms")) {
            fixture.brain.stop();
            try (RawCpe first = new RawCpe(fixture.port(), "LATE1");
                    RawCpe second = new RawCpe(fixture.port(), "LATE2")) {
                first.inform("2 PERIODIC");
                assertThat(first.empty().status()).isEqualTo(204);

                // one is let through each second, to find out
                second.inform("2 PERIODIC");
                var turnedAway = second.cookie(null).reconnect().inform("2 PERIODIC", "4 VALUE CHANGE");
                var waitedFor = second.reconnect().inform("6 CONNECTION REQUEST");

                assertThat(turnedAway.status()).isEqualTo(503);
                assertThat(turnedAway.header("Retry-After")).isEqualTo("30");
                assertThat(waitedFor.status()).isEqualTo(200);
            }
        }
    }
}
